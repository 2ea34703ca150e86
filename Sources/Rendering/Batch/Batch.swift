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
  /// Run only the cell of this name and what it needs.
  package var only: String?
  /// Start no further notebook once one has an error, a failure or stale output.
  package var stopsEarly = false
  /// How many seconds one cell may take.
  package var cellTimeout: Double?
  /// Whether the result lists the cells of every notebook, even of those of which nothing changed.
  package var listsCells = false
  /// What parameters are set to instead of their defaults.
  package var settings: [ParameterSetting] = []
  private let listener: CellProgress.Listener

  /// The most bytes that the results of one cell may have on the page.
  package static let cellLimit = 8 << 20

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
    /// What became of one notebook.
    package struct File: Sendable {
      package var path: String
      package var cells: [CellOutline] = []
      package var diagnostics: [Diagnostic] = []
    }
    package var files: [File]
    /// What belongs to no notebook.
    package var others: [Diagnostic] = []
    /// How many output files have new bytes.
    package var written = 0

    package init(files: [File] = [], others: [Diagnostic] = [], written: Int = 0) {
      (self.files, self.others, self.written) = (files, others, written)
    }

    package var diagnostics: [Diagnostic] { files.flatMap(\.diagnostics) + others }
    /// How many notebooks were run.
    package var notebooks: Int { files.count }
  }

  /// A notebook and what it gives.
  struct Computed {
    var plan: Plan
    var report: Report
    var file: Result.File
  }

  /// Reads and runs a notebook; nil with a diagnostic if it cannot be read.
  func computed(_ file: NotebookFile, by run: Run) -> (bytes: [UInt8], Computed)? {
    guard let data = FileManager.default.contents(atPath: file.path) else { return nil }
    let notebook = Notebook(Array(data), file: file.path, directives: registry.names)
    let plan = Plan(notebook, registry: registry, settings: settings)
    let report = run.report(on: plan, only: only)
    return (
      Array(data),
      Computed(
        plan: plan, report: report,
        file: Result.File(
          path: file.path, cells: plan.outline, diagnostics: report.diagnostics))
    )
  }

  /// What the store knows of whole pages; nil without a store, and where only one cell is asked for.
  func pages(of run: Run) -> CleanPages? {
    only == nil ? CleanPages(run: run, renderer: renderer, settings: settings) : nil
  }

  /// Whether nothing is wrong with the notebook and its page is what stands at `target`, which the
  /// store knows without running it.
  func isClean(_ file: NotebookFile, at target: String, by run: Run) -> Bool {
    guard !listsCells, let pages = pages(of: run),
      let page = FileManager.default.contents(atPath: target),
      let notebook = FileManager.default.contents(atPath: file.path)
    else { return false }
    return pages.knows(page, of: notebook, at: file.path)
  }

  /// What is said of a notebook that cannot be read.
  static func unreadable(_ file: NotebookFile) -> Result.File {
    Result.File(
      path: file.path,
      diagnostics: [
        Diagnostic("unreadable", at: Place(file: file.path), "the notebook cannot be read")
      ])
  }

  /// `body` of each file that nothing keeps from running, in the files' order, on up to `jobs`
  /// threads; notebooks that save models run before those that load them.
  func map(
    _ files: [NotebookFile], _ body: @escaping @Sendable (NotebookFile, Run) -> Result.File
  ) -> [Result.File] {
    let order = SavingOrder(files, registry: registry, settings: settings)
    var results = [Result.File?](repeating: nil, count: files.count)
    for stage in order.stages {
      let done = run(stage.map { files[$0] }, problems: stage.map { order.problems[$0] }, body)
      for (index, file) in zip(stage, done) { results[index] = file }
      guard stopsEarly, let bad = results.firstIndex(where: { $0?.diagnostics.isEmpty == false })
      else { continue }
      return results[...bad].compactMap { $0 }
    }
    return results.compactMap { $0 }
  }

  /// `body` of files that need nothing of each other. Each stage has a run of its own, which meets
  /// the files as the stages before have left them.
  ///
  /// Workers are queued and not applied: an application inside another runs on one thread only, and
  /// cells apply their own work.
  private func run(
    _ files: [NotebookFile], problems: [Diagnostic?],
    _ body: @escaping @Sendable (NotebookFile, Run) -> Result.File
  ) -> [Result.File] {
    let work = Work(count: files.count, stopsEarly: stopsEarly)
    let group = DispatchGroup()
    let workers = min(jobs, files.count)
    let permits = Permits(jobs - workers)
    let run = Run(
      threads: jobs, store: store, permits: permits, cellTimeout: cellTimeout, listener: listener)
    for _ in 0..<workers {
      DispatchQueue.global().async(group: group) {
        while let index = work.take() {
          let problem = problems[index].map {
            Result.File(path: files[index].path, diagnostics: [$0])
          }
          work.finish(index, with: problem ?? body(files[index], run))
        }
        // Cells of the notebooks that are left may run beside each other.
        permits.give()
      }
    }
    group.wait()
    return work.results
  }

  /// What is wrong with asking for one cell only: no notebook has it.
  func unknownName(in files: [Result.File]) -> [Diagnostic] {
    guard let only, !files.isEmpty,
      !files.contains(where: { $0.cells.contains { $0.name == only } })
    else { return [] }
    return [
      Diagnostic(
        "unknown-name", at: Place(file: files[0].path), "no cell is called \(only.quoted)",
        hint: Suggestion.hint(
          for: only, among: files.flatMap { $0.cells.map(\.name) }, called: "cells"))
    ]
  }
}

extension RenderedDocument {
  /// The cells whose parts have more than `limit` bytes.
  func tooLong(limit: Int = Batch.cellLimit) -> [Diagnostic] {
    var sizes: [Place: Int] = [:]
    var found: [Diagnostic] = []
    for (index, part) in parts.enumerated() where part.content != .prose {
      let end = index + 1 < parts.count ? parts[index + 1].start : bytes.count
      let before = sizes[part.place, default: 0]
      sizes[part.place] = before + end - part.start
      guard before <= limit, before + end - part.start > limit else { continue }
      found.append(
        Diagnostic(
          "output-limit", at: part.place, "what \(part.label) shows has more than \(limit) bytes",
          hint: "show less of it"))
    }
    return found
  }
}

/// What is left to do, and what was found, shared by the workers of a batch.
private final class Work: Sendable {
  private struct State {
    var next = 0
    var found: [Batch.Result.File?]
    var firstBad: Int?
  }

  private let state: Mutex<State>
  private let stopsEarly: Bool

  init(count: Int, stopsEarly: Bool) {
    self.stopsEarly = stopsEarly
    state = Mutex(State(found: [Batch.Result.File?](repeating: nil, count: count)))
  }

  func take() -> Int? {
    state.withLock { state in
      guard state.next < state.found.count, state.firstBad == nil else { return nil }
      state.next += 1
      return state.next - 1
    }
  }

  func finish(_ index: Int, with file: Batch.Result.File) {
    state.withLock { state in
      state.found[index] = file
      if stopsEarly, !file.diagnostics.isEmpty {
        state.firstBad = min(index, state.firstBad ?? index)
      }
    }
  }

  /// In order; those behind the first bad one are left out, whether some worker had begun them or
  /// not.
  var results: [Batch.Result.File] {
    state.withLock { state in
      let end = state.firstBad.map { $0 + 1 } ?? state.found.count
      return state.found[..<end].compactMap { $0 }
    }
  }
}
