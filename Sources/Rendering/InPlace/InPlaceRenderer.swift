internal import Markdown
package import Notebooks

/// Writes results into the notebook itself, each right behind its directive or in place of its role,
/// between markers that `Notebook` takes out again: see `OutputMarker`.
package struct InPlaceRenderer: Renderer {
  /// Whether results that somebody has edited by hand are written again.
  package var overwritesEdits: Bool

  package init(overwritesEdits: Bool = true) { self.overwritesEdits = overwritesEdits }

  package var fileExtension: String { "md" }

  package func render(_ report: Report) -> RenderedDocument { page(report).document }

  /// The notebook with its results.
  struct Page {
    var document: RenderedDocument
    /// What cannot be kept in the notebook, and results edited by hand.
    var diagnostics: [Diagnostic] = []
  }

  func page(_ report: Report) -> Page {
    precondition(report.isComplete, "Only a complete report can be rendered.")
    var page = Page(document: RenderedDocument(bytes: [], parts: []))
    let notebook = report.notebook
    let stored = Dictionary(
      notebook.stored.map { ($0.offset, $0) }, uniquingKeysWith: { first, _ in first })
    for result in report.results {
      switch result {
      case .prose(let range):
        let (line, column) = notebook.source.place(at: range.lowerBound)
        page.document.begin(
          "prose", Place(file: notebook.file, line: line, column: column), .prose)
        page.document.bytes += notebook.source.bytes[range]
      case .inline(let text, let role):
        append(text, of: role, stored[role.range.lowerBound], in: notebook, to: &page)
      case .outputs(let outputs, let call, _):
        append(outputs, of: call, stored[call.range.upperBound], in: notebook, to: &page)
      case .skipped(let range):
        let (line, column) = notebook.source.place(at: range.lowerBound)
        page.document.begin(
          "prose", Place(file: notebook.file, line: line, column: column), .frame)
        // What is kept stays: behind a directive, around a role.
        if let role = stored[range.lowerBound] {
          page.document.bytes += notebook.source.original[role.range]
          continue
        }
        page.document.bytes += notebook.source.bytes[range]
        if let block = stored[range.upperBound] {
          page.document.bytes += notebook.source.original[block.range]
        }
      case .failed: break
      }
    }
    return page
  }

  private func append(
    _ text: String, of role: RoleCall, _ stored: StoredOutput?, in notebook: Notebook,
    to page: inout Page
  ) {
    page.document.begin(role.label, role.content.place, .inline)
    let typed = notebook.source[role.range]
    if let obstacle = obstacle(to: role, typed, in: notebook) {
      page.diagnostics.append(obstacle)
      page.document.bytes += Array(typed.utf8)
      return
    }
    // Wrapped lines stay wrapped.
    let isFresh = stored.map { $0.isIntact && $0.lines == [text] } ?? false
    if isFresh || keeps(stored, against: [text], of: role.label, at: role.content.place, &page) {
      page.document.bytes += notebook.source.original[stored?.range ?? 0..<0]
    } else {
      page.document.bytes += Array(OutputMarker.inline(typed, value: text).utf8)
    }
  }

  /// What keeps a role from being hidden in a comment.
  private func obstacle(to role: RoleCall, _ typed: String, in notebook: Notebook) -> Diagnostic? {
    if typed.contains("--") {
      return Diagnostic(
        "not-in-place", at: role.content.place,
        "this formula has `--` in it, which cannot stand in a comment",
        hint: "write `- (-x)` for `--x`, or render into a folder")
    }
    let bars = typed.replacing("\\|", with: "")
    guard bars.contains("|"), notebook.source.isInTable(role.range.lowerBound) else { return nil }
    return Diagnostic(
      "not-in-place", at: role.content.place,
      "this formula has `|` in it, which ends a cell of the table",
      hint: "write `\\|`, as tables want it, or render into a folder")
  }

  private func append(
    _ outputs: [Output], of call: Call, _ stored: StoredOutput?, in notebook: Notebook,
    to page: inout Page
  ) {
    page.document.begin(call.label, call.place, .frame)
    page.document.bytes += notebook.source.bytes[call.range]
    let pieces = outputs.map { ($0.markdownLines.map(\.trimmingTrailingBlanks), $0) }
      .filter { !$0.0.isEmpty }
    let lines = Array(pieces.map(\.0).joined(separator: [""]))
    if lines.contains(where: { $0.contains(OutputMarker.end) }) {
      page.diagnostics.append(
        Diagnostic(
          "not-in-place", at: call.place, "its result has \(OutputMarker.end.quoted) in it",
          hint: "render into a folder"))
      return
    }
    if keeps(stored, against: lines, of: call.label, at: call.place, &page) {
      page.document.bytes += notebook.source.original[stored?.range ?? 0..<0]
      return
    }
    guard !lines.isEmpty else { return }
    let end = Array(notebook.source.lineEnding.utf8)
    func write(_ line: String) {
      page.document.bytes += end + Array((call.continuation + line).trimmingTrailingBlanks.utf8)
    }
    write("")
    write(OutputMarker.opening(for: lines))
    for (piece, output) in pieces {
      write("")
      let start = page.document.bytes.count + end.count + call.continuation.utf8.count
      page.document.parts.append(
        RenderedDocument.Part(
          start: start, label: call.label, place: call.place, content: .output(output)))
      for line in piece { write(line) }
    }
    page.document.begin(call.label, call.place, .frame)
    write("")
    write(OutputMarker.end)
  }

  /// Whether the stored lines stay: somebody edited them, and they are not what would be written.
  private func keeps(
    _ stored: StoredOutput?, against lines: [String], of label: String, at place: Place,
    _ page: inout Page
  ) -> Bool {
    guard let stored, !stored.isIntact, stored.lines != lines else { return false }
    page.diagnostics.append(
      Diagnostic(
        editedOutputOf: label, at: place,
        hint: "`harmonium update --force \(place.file)` writes it again"))
    return !overwritesEdits
  }
}
