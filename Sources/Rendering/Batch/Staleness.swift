package import Notebooks

extension RenderedDocument {
  /// Says how the committed `stored` differs from this document; nil if it does not.
  ///
  /// One diagnostic per document. Its detail is a unified diff, `-` what is stored and `+` what the
  /// notebook gives; each hunk names the cells that it lies in.
  package func staleness(
    against stored: [UInt8], at output: String, of notebook: String
  ) -> Diagnostic? {
    guard stored != bytes else { return nil }
    let old = Line.all(of: stored)
    let new = Line.all(of: bytes)
    let diff = UnifiedDiff(old: old, new: new, text: \.text)
    var detail = ["--- \(output)", "+++ \(notebook), rendered"]
    var places: [Int] = []
    for hunk in diff.hunks {
      let found = hunk.changes.compactMap { part(at: Self.offset(of: $0, old, new)) }
      places += found.map(\.notebookLine)
      var cells: [String] = []
      for part in found {
        let cell = "\(part.label) (\(notebook):\(part.notebookLine))"
        if cells.last != cell { cells.append(cell) }
      }
      let location = cells.joined(separator: ", ")
      detail.append("@@ -\(Self.span(hunk.old)) +\(Self.span(hunk.new)) @@ \(location)")
      detail += hunk.lines
    }
    let count = diff.hunks.count
    var diagnostic = Diagnostic(
      "stale-output", at: Place(file: notebook, line: places.first ?? 1),
      "\(output) is not what the notebook gives today (\(count) \(count == 1 ? "place" : "places"))",
      hint: "render the notebook and commit the result", kind: .stale)
    diagnostic.detail = detail
    return diagnostic
  }

  /// The offset in the new text at which the change begins; several cells can share a line.
  private static func offset(
    of change: UnifiedDiff<Line>.Change, _ old: [Line], _ new: [Line]
  ) -> Int {
    guard change.new < new.count else { return new.last?.bytes.endIndex ?? 0 }
    let line = new[change.new]
    let common = change.isReplacement ? line.commonPrefix(with: old[change.old]) : 0
    return line.bytes.startIndex + common
  }

  private static func span(_ range: Range<Int>) -> String {
    "\(range.isEmpty ? range.lowerBound : range.lowerBound + 1),\(range.count)"
  }
}

/// A line of a document with what ends it, so that lines that look alike but differ in a byte differ.
private struct Line: Hashable {
  let bytes: ArraySlice<UInt8>

  static func all(of bytes: [UInt8]) -> [Line] {
    var lines: [Line] = []
    var rest = bytes[...]
    while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
      lines.append(Line(bytes: rest[...end]))
      rest = rest[(end + 1)...]
    }
    return rest.isEmpty ? lines : lines + [Line(bytes: rest)]
  }

  /// The text with what a diff could not show: CR, a missing final newline, bytes that are no text.
  var text: String {
    let isEnded = bytes.last == UInt8(ascii: "\n")
    var content = isEnded ? bytes.dropLast() : bytes
    let hasReturn = content.last == UInt8(ascii: "\r")
    if hasReturn { content = content.dropLast() }
    return String(decoding: content, as: UTF8.self) + (hasReturn ? "\\r" : "")
      + (isEnded ? "" : " (no newline at the end)")
  }

  /// How many bytes both begin with.
  func commonPrefix(with other: Line) -> Int {
    zip(bytes, other.bytes).prefix { $0 == $1 }.count
  }
}
