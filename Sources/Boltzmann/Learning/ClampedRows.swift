/// Binary rows, one value per visible unit of a machine: what is clamped while it learns.
///
/// Inputs are visible units that are clamped in both phases. With inputs x and all other visible
/// units y, a machine learns p(y | x) and nothing about x.
public struct ClampedRows: Sendable, Hashable {
  /// The rows; every row has as many units.
  public let rows: [BitVector]
  /// The visible units that are clamped in both phases, ascending.
  public let inputs: [Int]

  /// At least one row; inputs are units of the rows.
  public init(_ rows: [BitVector], inputs: [Int] = []) {
    precondition(!rows.isEmpty, "There is nothing to learn without a row.")
    precondition(rows.allSatisfy { $0.count == rows[0].count }, "Every row has as many units.")
    precondition(
      inputs.allSatisfy { $0 >= 0 && $0 < rows[0].count }, "Inputs are units of the rows.")
    self.rows = rows
    self.inputs = Array(Set(inputs)).sorted()
  }

  /// The rows of a data set whose values are all 0 or 1.
  public init(_ data: Dataset, inputs: [Int] = []) throws(TrainingError) {
    if data.count == 0 { throw .noData }
    for row in 0..<data.count where !data[row].allSatisfy({ $0 == 0 || $0 == 1 }) {
      throw .notBinary(row: row)
    }
    self.init((0..<data.count).map { BitVector(data[$0].map { $0 == 1 }) }, inputs: inputs)
  }

  /// The number of visible units.
  public var unitCount: Int { rows[0].count }

  /// q(v): the share of the rows that are the visible state number v; at most 22 units.
  func distribution() -> [Double] {
    var counts = [Int](repeating: 0, count: 1 << unitCount)
    for row in rows { counts[Int(row.index)] += 1 }
    return counts.map { Double($0) / Double(rows.count) }
  }
}
