/// A matrix of Floats, row-major; a value.
///
/// Each row begins on a cache line, so a row of n columns takes memory for n rounded up to a
/// multiple of 16.
public struct Matrix: Sendable {
  private(set) var storage: FloatRows

  /// The number of rows.
  public var rowCount: Int { storage.rows }
  /// The number of columns.
  public var columnCount: Int { storage.columns }

  /// All entries 0.
  public init(rows: Int, columns: Int) {
    storage = FloatRows(rows: rows, columns: columns)
  }

  /// The entries given row by row, each of the same length.
  public init(rows: [[Float]]) {
    storage = FloatRows(rows: rows.count, columns: rows.first?.count ?? 0)
    for (row, values) in rows.enumerated() { storage.setRow(row, to: values) }
  }

  /// Entry (i, j) is entry(i, j).
  public init(rows: Int, columns: Int, entry: (Int, Int) -> Float) {
    storage = FloatRows(rows: rows, columns: columns)
    for row in 0..<rows {
      for column in 0..<columns { storage[row, column] = entry(row, column) }
    }
  }

  /// The matrix that holds these rows; the caller gives them up.
  init(_ storage: FloatRows) {
    self.storage = storage
  }

  /// Entry (row, column).
  public subscript(row: Int, column: Int) -> Float {
    get { storage[row, column] }
    set {
      makeUnique()
      storage[row, column] = newValue
    }
  }

  /// The entries of a row.
  public func row(_ row: Int) -> [Float] { storage.row(row) }

  /// √Σ wᵢⱼ² in Double, each row summed over ascending columns, then the rows in order.
  public var frobeniusNorm: Double {
    var sum = 0.0
    for row in 0..<rowCount {
      var rowSum = 0.0
      for value in storage.row(row) { rowSum += Double(value) * Double(value) }
      sum += rowSum
    }
    return sum.squareRoot()
  }

  /// The storage for writing: a copy where another value shares it.
  mutating func makeUnique() {
    if !isKnownUniquelyReferenced(&storage) { storage = storage.copy() }
  }
}

extension Matrix: Hashable {
  /// Whether shapes and all entries are equal.
  public static func == (one: Matrix, other: Matrix) -> Bool {
    one.rowCount == other.rowCount && one.columnCount == other.columnCount
      && (0..<one.rowCount).allSatisfy { one.row($0) == other.row($0) }
  }

  /// Feeds the shape and all entries.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(rowCount)
    hasher.combine(columnCount)
    for row in 0..<rowCount { hasher.combine(self.row(row)) }
  }
}
