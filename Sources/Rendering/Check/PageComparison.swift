internal import Notebooks
internal import Plots

/// What the committed page shows otherwise than the notebook: tables cell by cell, pictures by what
/// they draw, everything else number by number and word by word.
struct PageComparison {
  let document: RenderedDocument
  /// The committed file's path, for the places of differences.
  let output: String
  let tolerance: Tolerance
  let old: [PageLine]
  let new: [PageLine]
  /// For each line of the new page that is part of a table, the line of its heading.
  private let headings: [Int?]

  init(
    of stored: [UInt8], with document: RenderedDocument, output: String, tolerance: Tolerance
  ) {
    (self.document, self.output, self.tolerance) = (document, output, tolerance)
    old = PageLine.all(of: OutputMarker.masked(stored))
    new = PageLine.all(of: OutputMarker.masked(document.bytes))
    var headings: [Int?] = []
    for (index, line) in new.enumerated() {
      headings.append(line.cells == nil ? nil : headings.last.flatMap { $0 } ?? index)
    }
    self.headings = headings
  }

  /// A difference and what decides whether it is worth telling.
  struct Found {
    var difference: Difference
    /// The number of the part that it lies in.
    var part: Int
    /// Only blanks or line ends differ.
    var isLayout = false
    /// The table that it lies in.
    var table: Int?
  }

  /// All differences in the order of the page.
  func found() -> [Found] {
    var found: [Found] = []
    /// Tables in which some number differs, even if that is tolerated: their columns may be wider.
    var moved: Set<Int> = []
    let alignment = PageAlignment(old: old, new: new) { part(of: $0) }
    let pictures = PictureReader(self, alignment.pairs)
    for pair in alignment.pairs {
      guard let a = pair.old, let b = pair.new else {
        found.append(lone(pair))
        continue
      }
      if old[a].whole == new[b].whole { continue }
      if let cells = pictures.differences(b) {
        found += cells
        continue
      }
      var line = LineComparison(old[a], new[b], tolerance: tolerance)
      line.compare()
      let here = line.changes.map { change in self.found(change, a, b) }
      if let table = headings[b], line.hasNumbers || !here.isEmpty { moved.insert(table) }
      found += here
      if here.isEmpty, !line.hasNumbers { found.append(layout(a, b)) }
    }
    return found.filter { !($0.isLayout && $0.table.map(moved.contains) ?? false) }
  }

  /// The number of the part that gives most of a line: what stands behind an output's last line end
  /// belongs to the next part only if it has bytes in that line.
  func part(of line: Int) -> Int {
    document.partNumber(at: new[line].whole.startIndex) ?? 0
  }

  private func found(_ change: LineComparison.Change, _ a: Int, _ b: Int) -> Found {
    let offset = change.new.lowerBound
    let heading = headings[b]
    let row = heading.map { b == $0 ? 0 : b - $0 - 1 }
    let column = change.cell.flatMap { cell -> String? in
      guard let cells = heading.flatMap({ new[$0].cells }), cell < cells.count else { return nil }
      return heading.map { new[$0].text(cells[cell]) }
    }
    var spot: [String] = []
    if let row { spot.append(row == 0 ? "heading" : "row \(row)") }
    if let cell = change.cell {
      let name = column ?? ""
      spot.append("column \(name.isEmpty ? String(cell + 1) : name)")
    }
    return Found(
      difference: Difference(
        source: document.source(at: offset),
        output: Place(
          file: output, line: old[a].number, column: old[a].column(of: change.old.lowerBound)),
        spot: spot.joined(separator: ", "), row: row, column: column,
        stored: change.old.isEmpty ? nil : old[a].text(change.old),
        computed: change.new.isEmpty ? nil : new[b].text(change.new), distance: change.distance),
      part: document.partNumber(at: offset) ?? 0, table: heading)
  }

  /// What differs in the first `width` bytes of two lines: the labels of an axis.
  func gutterDifferences(_ a: Int, _ b: Int, width: Int) -> [Found] {
    var line = LineComparison(old[a], new[b], tolerance: tolerance)
    line.compare(first: width)
    return line.changes.map { found($0, a, b) }
  }

  /// A line that has no like on the other side.
  private func lone(_ pair: PageAlignment.Pair) -> Found {
    let line = pair.new ?? pair.at.new
    let start = line < new.count ? new[line].whole.startIndex : document.bytes.count
    let number = pair.old.map { old[$0].number } ?? pair.at.old + 1
    // A line that ends a table's part still belongs to it, not to the empty line behind.
    let row = pair.new.flatMap { b in headings[b].map { b - $0 - 1 } }.flatMap { $0 > 0 ? $0 : nil }
    return Found(
      difference: Difference(
        source: document.source(at: start), output: Place(file: output, line: number),
        spot: row.map { "row \($0)" } ?? "line", row: row,
        stored: pair.old.map { old[$0].visible }, computed: pair.new.map { new[$0].visible }),
      part: document.partNumber(at: start) ?? 0)
  }

  /// Two lines that say the same with other blanks or line ends.
  private func layout(_ a: Int, _ b: Int) -> Found {
    let start = new[b].whole.startIndex
    return Found(
      difference: Difference(
        source: document.source(at: start), output: Place(file: output, line: old[a].number),
        spot: "blanks or line end", stored: "`\(old[a].visible)`", computed: "`\(new[b].visible)`"),
      part: document.partNumber(at: start) ?? 0, isLayout: true, table: headings[b])
  }
}
