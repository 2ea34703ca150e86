import Plots

/// A grid of ASCII characters, row 0 on top, that remembers which series drew each cell.
struct ASCIICanvas {
  let columns: Int
  let rows: Int
  private var cells: [UInt8]
  private var owners: [Int?]
  private var drawn: Set<Int> = []

  init(columns: Int, rows: Int) {
    self.columns = columns
    self.rows = rows
    cells = Array(repeating: UInt8(ascii: " "), count: columns * rows)
    owners = Array(repeating: nil, count: columns * rows)
  }

  mutating func put(_ glyph: Character, column: Int, row: Int, owner: Int? = nil) {
    put(code: glyph.asciiValue ?? UInt8(ascii: "?"), column: column, row: row, owner: owner)
  }

  private mutating func put(code: UInt8, column: Int, row: Int, owner: Int?) {
    guard (0..<columns).contains(column), (0..<rows).contains(row) else { return }
    cells[row * columns + column] = code
    owners[row * columns + column] = owner
    if let owner { drawn.insert(owner) }
  }

  mutating func write(_ text: String, column: Int, row: Int) {
    for (offset, code) in text.utf8.enumerated() {
      put(code: code, column: column + offset, row: row, owner: nil)
    }
  }

  /// A straight stroke of touching cells, by Bresenham (1965).
  mutating func stroke(
    _ glyph: Character, from start: (column: Int, row: Int), to end: (column: Int, row: Int),
    owner: Int? = nil
  ) {
    let steps = max(abs(end.column - start.column), abs(end.row - start.row))
    let code = glyph.asciiValue ?? UInt8(ascii: "?")
    for step in 0...steps {
      put(
        code: code, column: Self.between(start.column, end.column, step, of: steps),
        row: Self.between(start.row, end.row, step, of: steps), owner: owner)
    }
  }

  /// The nearest whole number to start + (end - start)·step/steps.
  private static func between(_ start: Int, _ end: Int, _ step: Int, of steps: Int) -> Int {
    guard steps > 0 else { return start }
    let doubled = 2 * (end - start) * step + steps
    let quotient = doubled / (2 * steps)
    return start + (doubled < 0 && doubled % (2 * steps) != 0 ? quotient - 1 : quotient)
  }

  /// Whether a series was drawn and later ones cover all of it.
  func isHidden(_ owner: Int) -> Bool {
    drawn.contains(owner) && !owners.contains(owner)
  }

  func isBlank(_ columns: Range<Int>, row: Int) -> Bool {
    columns.clamped(to: 0..<self.columns).allSatisfy {
      cells[row * self.columns + $0] == UInt8(ascii: " ")
    }
  }

  /// Row `row` as text, with its trailing blanks.
  subscript(row: Int) -> String {
    String(decoding: cells[(row * columns)..<((row + 1) * columns)], as: UTF8.self)
  }
}
