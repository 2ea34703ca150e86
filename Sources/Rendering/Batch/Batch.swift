internal import Dispatch
internal import Foundation
package import Notebooks
internal import Synchronization

/// Runs many notebooks and writes or compares what they give. Logic of the commands, without a
/// terminal: everything to say is in the result.
package struct Batch: Sendable {
  package let registry: Registry
  package let renderer: any Renderer
  /// How many notebooks, and how many threads of one cell, may run at once.
  package let jobs: Int
  /// Where results are kept; nil keeps none.
  package let store: Store?
  private let listener: CellProgress.Listener

  /// Long cells tell `listener` how far they are.
  package init(
    registry: Registry, renderer: any Renderer, jobs: Int, store: Store? = nil,
    listener: @escaping CellProgress.Listener = { _ in }
  ) {
    self.registry = registry
    self.renderer = renderer
    self.jobs = max(1, jobs)
    self.store = store
    self.listener = listener
  }

  /// What a command gave.
  package struct Result: Sendable {
    package var diagnostics: [Diagnostic]
    /// How many notebooks were run.
    package var notebooks: Int
    /// How many output files have new bytes.
    package var written = 0
  }

  /// Renders the notebooks into the folder `output`. A notebook with errors leaves its old output
  /// file as it was; files whose bytes would be the same are not touched.
  package func render(_ inputs: [String], into output: String) -> Result {
    let (files, found) = NotebookSearch.files(inputs, excluding: output)
    guard found.isEmpty else { return Result(diagnostics: found, notebooks: 0) }
    let written = Atomic(0)
    let diagnostics = map(files) { file in
      let target = NotebookSearch.joined(output, file.outputName)
      guard NotebookSearch.real(target) != NotebookSearch.real(file.path) else {
        return [
          Diagnostic(
            "overwrites-notebook", at: Place(file: file.path),
            "the output \(target.quoted) is the notebook itself",
            hint: "choose another folder with `-o`")
        ]
      }
      let (document, diagnostics) = document(of: file)
      guard let document else { return diagnostics }
      do throws(Diagnostic) {
        let isNew = try OutputFile(path: target).replace(with: document.bytes)
        if isNew { written.add(1, ordering: .relaxed) }
        return diagnostics
      } catch {
        return diagnostics + [error]
      }
    }
    return Result(
      diagnostics: Array(diagnostics.joined()), notebooks: files.count,
      written: written.load(ordering: .relaxed))
  }

  /// Compares what the notebooks give with the files in the folder `output`. Writes nothing but
  /// what the store keeps.
  package func check(_ inputs: [String], against output: String) -> Result {
    let (files, found) = NotebookSearch.files(inputs, excluding: output)
    guard found.isEmpty else { return Result(diagnostics: found, notebooks: 0) }
    let diagnostics = map(files) { file in
      let (document, diagnostics) = document(of: file)
      guard let document else { return diagnostics }
      let target = NotebookSearch.joined(output, file.outputName)
      guard let stored = FileManager.default.contents(atPath: target) else {
        return diagnostics + [
          Diagnostic(
            "stale-output", at: Place(file: file.path), "there is no \(target.quoted)",
            hint: "render the notebook and commit the result", kind: .stale)
        ]
      }
      let stale = document.staleness(against: Array(stored), at: target, of: file.path)
      return diagnostics + (stale.map { [$0] } ?? [])
    }
    let orphans = NotebookSearch.orphans(in: output, of: files).map {
      Diagnostic(
        "orphaned-output", at: Place(file: $0), "no notebook gives this file any more",
        hint: "delete it, or check all notebooks of the folder together", kind: .stale)
    }
    let hasFolder = inputs.contains { input in !files.contains { $0.path == input } }
    return Result(
      diagnostics: Array(diagnostics.joined()) + (hasFolder ? orphans : []),
      notebooks: files.count)
  }

  private func document(of file: NotebookFile) -> (RenderedDocument?, [Diagnostic]) {
    guard let data = FileManager.default.contents(atPath: file.path) else {
      let unreadable = Diagnostic(
        "unreadable", at: Place(file: file.path), "the notebook cannot be read")
      return (nil, [unreadable])
    }
    let notebook = Notebook(Array(data), file: file.path, directives: registry.names)
    let report = Run(threads: jobs, store: store, listener: listener)
      .report(on: Plan(notebook, registry: registry))
    return (report.isComplete ? renderer.render(report) : nil, report.diagnostics)
  }

  /// `body` of each file, in the files' order, on up to `jobs` threads.
  ///
  /// Workers are queued and not applied: an application inside another runs on one thread only, and
  /// cells apply their own work.
  private func map(
    _ files: [NotebookFile], _ body: @escaping @Sendable (NotebookFile) -> [Diagnostic]
  ) -> [[Diagnostic]] {
    let work = Work(count: files.count)
    let group = DispatchGroup()
    for _ in 0..<min(jobs, files.count) {
      DispatchQueue.global().async(group: group) {
        while let index = work.take() { work.finish(index, with: body(files[index])) }
      }
    }
    group.wait()
    return work.results
  }
}

/// What is left to do, and what was found, shared by the workers of a batch.
private final class Work: Sendable {
  private let next = Atomic(0)
  private let found: Mutex<[[Diagnostic]]>
  private let count: Int

  init(count: Int) {
    self.count = count
    found = Mutex([[Diagnostic]](repeating: [], count: count))
  }

  func take() -> Int? {
    let index = next.add(1, ordering: .relaxed).oldValue
    return index < count ? index : nil
  }

  func finish(_ index: Int, with diagnostics: [Diagnostic]) {
    found.withLock { $0[index] = diagnostics }
  }

  var results: [[Diagnostic]] { found.withLock { $0 } }
}
