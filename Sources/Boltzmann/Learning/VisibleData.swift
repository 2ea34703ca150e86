/// Samples of the visible layer, one per row.
public enum VisibleData: Sendable, Hashable {
  /// Binary units, packed.
  case binary(BitMatrix)
  /// Values taken as probabilities, 0 … 1: grey levels; any numbers for Gaussian units.
  case real(Matrix)

  /// The rows of a data set: binary if every value is 0 or 1, else rounded to Float.
  public init(_ data: Dataset) {
    if data.values.allSatisfy({ $0 == 0 || $0 == 1 }) {
      self = .binary(
        BitMatrix(rows: data.count, columns: data.unitCount) { row, column in
          data.values[row * data.unitCount + column] == 1
        })
    } else {
      self = .real(
        Matrix(rows: data.count, columns: data.unitCount) { row, column in
          Float(data.values[row * data.unitCount + column])
        })
    }
  }

  /// The number of samples.
  public var count: Int {
    switch self {
    case .binary(let bits): bits.rowCount
    case .real(let values): values.rowCount
    }
  }

  /// The number of visible units.
  public var unitCount: Int {
    switch self {
    case .binary(let bits): bits.columnCount
    case .real(let values): values.columnCount
    }
  }
}
