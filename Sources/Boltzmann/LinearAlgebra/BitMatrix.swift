/// A matrix of binary entries, 64 to a word, row by row; a value.
public struct BitMatrix: Sendable {
  private(set) var storage: BitRows

  /// The number of rows.
  public var rowCount: Int { storage.rows }
  /// The number of columns.
  public var columnCount: Int { storage.columns }

  /// All entries off.
  public init(rows: Int, columns: Int) {
    storage = BitRows(rows: rows, columns: columns)
  }

  /// The states given as rows, each of the same number of units.
  public init(rows: [BitVector]) {
    storage = BitRows(rows: rows.count, columns: rows.first?.count ?? 0)
    for (row, state) in rows.enumerated() {
      precondition(state.count == columnCount, "All rows have the same number of units.")
      for unit in 0..<state.count { storage[row, unit] = state[unit] }
    }
  }

  /// Entry (i, j) is on where isOn(i, j) says so.
  public init(rows: Int, columns: Int, isOn: (Int, Int) -> Bool) {
    storage = BitRows(rows: rows, columns: columns)
    for row in 0..<rows {
      for column in 0..<columns where isOn(row, column) { storage[row, column] = true }
    }
  }

  /// The matrix that holds these rows; the caller gives them up.
  init(_ storage: BitRows) {
    self.storage = storage
  }

  /// Whether entry (row, column) is on.
  public subscript(row: Int, column: Int) -> Bool {
    get { storage[row, column] }
    set {
      if !isKnownUniquelyReferenced(&storage) { storage = storage.copy() }
      storage[row, column] = newValue
    }
  }

  /// Row number `row` as a state.
  public func row(_ row: Int) -> BitVector {
    var state = BitVector(zeros: columnCount)
    for unit in 0..<columnCount where storage[row, unit] { state[unit] = true }
    return state
  }
}

extension BitMatrix: Hashable {
  /// Whether shapes and all entries are equal.
  public static func == (one: BitMatrix, other: BitMatrix) -> Bool {
    one.rowCount == other.rowCount && one.columnCount == other.columnCount
      && (0..<one.rowCount).allSatisfy { one.storage.words($0) == other.storage.words($0) }
  }

  /// Feeds the shape and all entries.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(rowCount)
    hasher.combine(columnCount)
    for row in 0..<rowCount { hasher.combine(storage.words(row)) }
  }
}
