internal import Notebooks
internal import Numerals
internal import Plots

/// Reads the curves of stored pictures back: which character stands at which x and y.
///
/// Data themselves are not in a page. What a place of the picture stands for is known from the new
/// plot, as long as both pictures have the same axes.
struct PictureReader {
  /// What differs, for each line of a frame; lines outside frames are not among the keys.
  private var found: [Int: [PageComparison.Found]] = [:]

  init(_ page: PageComparison, _ pairs: [PageAlignment.Pair]) {
    var olds: [Int: Int] = [:]
    for pair in pairs { if let new = pair.new, let old = pair.old { olds[new] = old } }
    for (number, part) in page.document.parts.enumerated() {
      guard case .output(.plot(let plot)) = part.content,
        let first = page.line(at: part.start), let window = ASCIIPlotter().window(of: plot)
      else { continue }
      let lines = window.lines.map { first + 1 + $0 }
      let stored = lines.compactMap { olds[$0] }
      guard stored.count == lines.count, lines.last.map({ $0 < page.new.count }) ?? false,
        zip(stored, lines).contains(where: { page.old[$0].content != page.new[$1].content })
      else { continue }
      let picture = Picture(
        page: page, part: number, window: window, old: stored, new: lines,
        indent: page.indent(of: first, at: part.start))
      guard let differences = picture.differences() else { continue }
      for line in lines { found[line] = [] }
      for (line, difference) in differences { found[line, default: []].append(difference) }
    }
  }

  /// What differs in a line of a frame; nil for other lines.
  func differences(_ new: Int) -> [PageComparison.Found]? { found[new] }
}

extension PageComparison {
  /// The line of the new page, from 0, that holds the byte.
  fileprivate func line(at offset: Int) -> Int? {
    new.firstIndex { $0.whole.indices.contains(offset) }
  }

  /// How many bytes stand before the picture's lines: those of its list item or quotation.
  fileprivate func indent(of line: Int, at offset: Int) -> Int {
    offset - new[line].content.startIndex
  }
}

/// The frame of one picture on both pages.
private struct Picture {
  let page: PageComparison
  let part: Int
  let window: PictureWindow
  /// Lines of the pages.
  let old: [Int]
  let new: [Int]
  let indent: Int

  /// The differences with the lines of the new page at which they begin; nil if the frames are not
  /// alike.
  func differences() -> [(line: Int, PageComparison.Found)]? {
    let start = indent + window.columns.lowerBound
    var result: [(line: Int, PageComparison.Found)] = []
    var columns = [Int: [Cell]]()
    for (a, b) in zip(old, new) {
      let (x, y) = (page.old[a].content, page.new[b].content)
      let gutter = min(start, y.count)
      // The axis must stand in the same column.
      guard [x, y].allSatisfy({ "|+".utf8.contains($0.byte(start - 2)) }) else { return nil }
      for found in page.gutterDifferences(a, b, width: gutter) { result.append((b, found)) }
      for column in window.columns {
        let cell = Cell(
          old: x.byte(indent + column), new: y.byte(indent + column), oldLine: a, newLine: b)
        columns[column, default: []].append(cell)
      }
    }
    for (column, cells) in columns.sorted(by: { $0.key < $1.key }) {
      guard let first = cells.first(where: { $0.old != $0.new }),
        let found = found(cells, first, column)
      else { continue }
      result.append((first.newLine, found))
    }
    return result
  }

  private struct Cell {
    let old: UInt8
    let new: UInt8
    let oldLine: Int
    let newLine: Int
  }

  /// What differs in a column; nil if it is tolerated.
  private func found(_ cells: [Cell], _ first: Cell, _ column: Int) -> PageComparison.Found? {
    let blank = UInt8(ascii: " ")
    let changed = cells.filter { $0.old != $0.new }
    let marks = Set(changed.flatMap { [$0.old, $0.new] }).subtracting([blank])
    let stored = reading(cells, marks, \.old)
    let computed = reading(cells, marks, \.new)
    var distance: String?
    if let a = stored, let b = computed, a.marks == b.marks {
      let size = abs(a.y - b.y)
      if isTolerated(size, from: b.y, at: first) { return nil }
      distance = "about " + NumberFormat.significant(2).string(size)
    }
    return PageComparison.Found(
      difference: Difference(
        source: page.document.parts[part].place,
        output: Place(
          file: page.output, line: page.old[first.oldLine].number, column: indent + column + 1),
        spot: "x = \(text(window.x(at: column)))", stored: stored?.text, computed: computed?.text,
        distance: distance),
      part: part)
  }

  /// A picture shows no less than a line: where numbers may be off, a mark may stand one line off.
  private func isTolerated(_ distance: Double, from computed: Double, at cell: Cell) -> Bool {
    guard page.tolerance != .exact, let top = new.first else { return false }
    let line = min(window.lines.lowerBound + cell.newLine - top, window.lines.upperBound - 2)
    let height = abs(window.y(at: line) - window.y(at: line + 1))
    return page.tolerance.accepts(max(0, distance - 1.01 * height), from: computed)
  }

  /// Where the marks stand in the column, on average.
  private func reading(
    _ cells: [Cell], _ marks: Set<UInt8>, _ side: KeyPath<Cell, UInt8>
  ) -> (marks: Set<UInt8>, y: Double, text: String)? {
    let drawn = cells.filter { marks.contains($0[keyPath: side]) }
    guard !drawn.isEmpty, let top = new.first else { return nil }
    let heights = drawn.map { window.y(at: window.lines.lowerBound + $0.newLine - top) }
    let mean = heights.reduce(0, +) / Double(heights.count)
    let found = Set(drawn.map { $0[keyPath: side] })
    let shown = found.sorted().map { String(decoding: [$0], as: UTF8.self) }.joined()
    return (found, mean, "`\(shown)` at y = \(text(mean))")
  }

  private func text(_ value: Double) -> String { NumberFormat.significant(3).string(value) }
}

extension ArraySlice<UInt8> {
  /// The byte that many places after the first; a blank behind the end.
  fileprivate func byte(_ index: Int) -> UInt8 {
    index < count ? self[startIndex + index] : UInt8(ascii: " ")
  }
}
