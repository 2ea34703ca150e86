package import Notebooks

extension RenderedDocument {
  /// Says how the committed `stored` differs from this document; nil if it does not.
  ///
  /// One diagnostic per document. Its detail is a unified diff, `-` what is stored and `+` what the
  /// notebook gives; each hunk names the cell that it lies in.
  package func staleness(
    against stored: [UInt8], at output: String, of notebook: String
  ) -> Diagnostic? {
    guard stored != bytes else { return nil }
    let diff = UnifiedDiff(old: Self.lines(of: stored), new: Self.lines(of: bytes))
    var detail = ["--- \(output)", "+++ \(notebook), rendered"]
    var places: [Int] = []
    for hunk in diff.hunks {
      let part = part(atLine: hunk.firstChange)
      let line = part?.notebookLine ?? 1
      places.append(line)
      let location = "\(part?.label ?? "prose") (\(notebook):\(line))"
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

  /// The lines of a document with what else a diff could not show: CR, and a missing final newline.
  private static func lines(of bytes: [UInt8]) -> [String] {
    var lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      .map { String(decoding: $0, as: UTF8.self) }
    if lines.last == "" {
      lines.removeLast()
    } else if let last = lines.popLast() {
      lines.append(last + " (no newline at the end)")
    }
    return lines.map { $0.utf8.last == 13 ? String($0.unicodeScalars.dropLast()) + "\\r" : $0 }
  }

  private static func span(_ range: Range<Int>) -> String {
    "\(range.isEmpty ? range.lowerBound : range.lowerBound + 1),\(range.count)"
  }
}
