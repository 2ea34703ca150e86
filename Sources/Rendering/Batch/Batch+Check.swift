internal import Foundation
internal import Notebooks

extension Batch {
  /// How `check` compares.
  package struct Comparison: Sendable {
    package var tolerance: Tolerance
    /// Whether the whole difference is shown as text, too.
    package var showsDiff: Bool

    package init(tolerance: Tolerance = .exact, showsDiff: Bool = false) {
      (self.tolerance, self.showsDiff) = (tolerance, showsDiff)
    }
  }

  /// Compares what the notebooks give with the files in the folder `output`, or, without one, with
  /// the results that are kept in the notebooks themselves; and with the files that they save.
  /// Writes nothing but what the store keeps.
  package func check(
    _ inputs: [String], against output: String?, by comparison: Comparison = Comparison()
  ) -> Result {
    let (files, found) = NotebookSearch.files(inputs, into: output)
    guard found.isEmpty else { return Result(files: [], others: found) }
    let results = map(files) { file, run in
      let target = output.map { NotebookSearch.joined($0, file.outputName) }
      if let target, isClean(file, at: target, by: run) { return Result.File(path: file.path) }
      guard let (bytes, found) = computed(file, by: run) else { return Self.unreadable(file) }
      var computed = found
      guard computed.report.isComplete else { return computed.file }
      computed.file.diagnostics += SavedFiles(computed.report).staleness()
      guard let target else { return inPlace(bytes, computed, by: comparison) }
      let document = renderer.render(computed.report)
      pages(of: run)?.keep(document, of: bytes, computed.report)
      return against(target, document, computed, by: comparison)
    }
    var others = unknownName(in: results)
    if let output, inputs.contains(where: NotebookSearch.isFolder) {
      let (orphans, problems) = NotebookSearch.orphans(in: output, of: files)
      others += problems
      others += orphans.map {
        Diagnostic(
          "orphaned-output", at: Place(file: $0), "no notebook gives this file any more",
          hint: "delete it, or check all notebooks of the folder together", kind: .stale)
      }
    }
    return Result(files: results, others: others)
  }

  private func against(
    _ target: String, _ document: RenderedDocument, _ computed: Computed,
    by comparison: Comparison
  ) -> Result.File {
    var file = computed.file
    guard let stored = FileManager.default.contents(atPath: target).map(Array.init) else {
      file.diagnostics.append(
        Diagnostic(
          "stale-output", at: Place(file: file.path), "there is no \(target.quoted)",
          hint: "render the notebook and commit the result", kind: .stale))
      return file
    }
    file.diagnostics += document.tooLong()
    file.diagnostics += compare(
      document, with: stored, at: target, of: file, by: comparison,
      hint: "render the notebook and commit the result")
    return file
  }

  private func inPlace(
    _ bytes: [UInt8], _ computed: Computed, by comparison: Comparison
  ) -> Result.File {
    var file = computed.file
    let page = InPlaceRenderer().page(computed.report)
    let hint = "`harmonium update \(file.path)` writes what the notebook gives today"
    let edited = Set(page.diagnostics.filter { $0.id == "edited-output" }.map(\.place))
    file.diagnostics += page.diagnostics.filter { !edited.contains($0.place) }
    file.diagnostics += page.document.tooLong()
    if computed.plan.notebook.stored.isEmpty, page.document.bytes != bytes, only == nil {
      file.diagnostics.append(
        Diagnostic(
          "no-output", at: Place(file: file.path), "no results are kept in this notebook",
          hint:
            "`harmonium update \(file.path)` writes them; results in a folder are compared with "
            + "`--against FOLDER`", kind: .stale))
      return file
    }
    let stale = compare(
      page.document, with: bytes, at: file.path, of: file, by: comparison, hint: hint)
    let explained = Set(stale.map(\.place))
    // Where the difference is shown, what it comes from is said there.
    file.diagnostics += page.diagnostics.filter {
      edited.contains($0.place) && !explained.contains($0.place)
    }
    file.diagnostics += stale.map { stale in
      guard let edit = page.diagnostics.first(where: { $0.place == stale.place }) else {
        return stale
      }
      var both = edit
      both.differences = stale.differences
      both.detail = stale.detail
      return both
    }
    return file
  }

  private func compare(
    _ document: RenderedDocument, with stored: [UInt8], at target: String, of file: Result.File,
    by comparison: Comparison, hint: String
  ) -> [Diagnostic] {
    var stale = document.staleness(
      against: stored, at: target, of: file.path, tolerance: comparison.tolerance, hint: hint)
    if comparison.showsDiff, let last = stale.indices.last, stale[last].detail.isEmpty {
      stale[last].detail = document.unifiedDiff(against: stored, at: target, of: file.path)
    }
    guard let only else { return stale }
    let places = Set(file.cells.filter { $0.name == only }.map(\.place))
    return stale.filter { places.contains($0.place) }
  }
}
