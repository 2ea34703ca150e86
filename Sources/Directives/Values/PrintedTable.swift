internal import Notebooks

/// A Markdown table in the body of a cell: headings and rows of trimmed texts.
struct PrintedTable: Sendable {
  let headings: [Text]
  let rows: [[Text]]

  /// Reads a GFM table; throws where it is none or where a row has another number of cells.
  init(_ lines: [Text]) throws(Diagnostic) {
    let lines = lines.map(\.trimmed).filter { !$0.isEmpty }
    guard lines.count >= 3, Self.isRule(lines[1]) else {
      throw Diagnostic(
        "bad-table", at: lines.first?.place ?? Place(file: ""),
        "the body is not a table with a heading, a line of dashes and rows",
        hint: "| a | b |, then |---|---|, then the rows")
    }
    headings = Self.cells(lines[0])
    var rows: [[Text]] = []
    for line in lines.dropFirst(2) {
      let cells = Self.cells(line)
      guard cells.count == headings.count else {
        throw Diagnostic(
          "ragged", at: line.place,
          "this row has \(cells.count) cells for \(headings.count) headings")
      }
      rows.append(cells)
    }
    self.rows = rows
  }

  private static func cells(_ line: Text) -> [Text] {
    var parts = line.split(keepEmpty: true) { $0 == "|" }.map(\.trimmed)
    if line.string.hasPrefix("|") { parts.removeFirst() }
    if line.string.hasSuffix("|"), parts.count > 1 { parts.removeLast() }
    return parts
  }

  private static func isRule(_ line: Text) -> Bool {
    line.string.contains("-") && line.string.allSatisfy { "|-: \t".contains($0) }
  }
}
