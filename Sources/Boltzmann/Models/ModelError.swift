/// What is wrong with the parameters of a model; units count from 0.
public enum ModelError: Error, Sendable, Hashable {
  /// A row of the weight matrix does not have as many columns as there are rows.
  case notSquare(row: Int, columns: Int, rows: Int)
  /// The entries (i, j) and (j, i) differ; both values follow.
  case notSymmetric(Int, Int, Double, Double)
  /// A unit is connected with itself: the diagonal entry or edge has this value.
  case selfConnection(Int, Double)
  /// The weight of a pair is NaN or infinite.
  case weightNotFinite(Int, Int, Double)
  /// The bias of a unit is NaN or infinite.
  case biasNotFinite(Int, Double)
  /// There are not as many biases as units.
  case biasCount(Int, unitCount: Int)
  /// A pair of units is given two weights.
  case repeatedEdge(Int, Int)
  /// A unit is named that the model does not have.
  case noSuchUnit(Int, unitCount: Int)
  /// There are more visible units than units, or fewer than none.
  case visibleCount(Int, unitCount: Int)
  /// The weights and biases are so large that an energy can exceed a Double.
  case energyOverflow
}

extension ModelError: CustomStringConvertible {
  /// The mistake in one sentence.
  public var description: String {
    switch self {
    case .notSquare(let row, let columns, let rows):
      "Row \(row) of the weight matrix has \(columns) entries, but there are \(rows) rows."
    case .notSymmetric(let i, let j, let upper, let lower):
      "Entry (\(i), \(j)) of the weight matrix is \(upper), but entry (\(j), \(i)) is \(lower)."
    case .selfConnection(let unit, let weight):
      "Unit \(unit) is connected with itself: entry (\(unit), \(unit)) is \(weight), not 0."
    case .weightNotFinite(let i, let j, let weight):
      "The weight between units \(i) and \(j) is \(weight)."
    case .biasNotFinite(let unit, let bias):
      "The bias of unit \(unit) is \(bias)."
    case .biasCount(let count, let unitCount):
      "There are \(count) biases for \(unitCount) units."
    case .repeatedEdge(let i, let j):
      "The weight between units \(i) and \(j) is given twice."
    case .noSuchUnit(let unit, let unitCount):
      "There is no unit \(unit) among \(unitCount)."
    case .visibleCount(let count, let unitCount):
      "\(count) of \(unitCount) units cannot be visible."
    case .energyOverflow:
      "The weights and biases are too large: an energy can exceed the largest number."
    }
  }
}
