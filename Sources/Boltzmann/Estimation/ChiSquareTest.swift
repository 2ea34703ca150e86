/// χ² = Σ (count − expected)² / expected of counts against probabilities, and its p-value.
///
/// The counts must be of independent draws, such as one state per chain. Cells with an expected
/// count below 5 are pooled into one; while that one stays below 5, it takes in the cell with
/// the smallest expected count (of equals the first). With fewer than two cells left nothing is
/// tested and p is 1: `MultinomialTest` takes so few counts. A count in a cell of probability zero
/// makes χ² infinite and p zero.
public struct ChiSquareTest: Sendable, Hashable {
  /// χ².
  public let statistic: Double
  /// The number of cells after pooling, less one.
  public let degreesOfFreedom: Int
  /// The probability of a χ² at least as large, Q(df/2, χ²/2).
  public let pValue: Double
  /// The number of cells of positive probability in the pool; 0 where each stands for itself.
  public let pooledCells: Int

  /// The smallest expected count of a cell of its own.
  public static let smallestExpectedCount = 5.0

  /// The test of counts against probabilities of the same cells, which sum to 1 within 1e-9.
  public init(counts: [Int], probabilities: [Double]) {
    precondition(counts.count == probabilities.count, "Each count needs its probability.")
    var sum = CompensatedSum()
    for probability in probabilities { sum.add(probability) }
    precondition(abs(sum.value - 1) < 1e-9, "The probabilities of all cells sum to 1.")
    let total = Double(counts.reduce(0, +))
    let cells = Self.pooled(
      zip(counts, probabilities).map { (count: Double($0), expected: $1 * total) })
    var statistic = CompensatedSum()
    for cell in cells {
      let difference = cell.count - cell.expected
      statistic.add(difference * difference / cell.expected)
    }
    let possible = probabilities.count { $0 > 0 }
    pooledCells = possible > cells.count ? possible - cells.count + 1 : 0
    let isImpossible = zip(counts, probabilities).contains { $0 > 0 && $1 == 0 }
    self.statistic = isImpossible ? .infinity : statistic.value
    degreesOfFreedom = max(cells.count - 1, 0)
    pValue =
      isImpossible
      ? 0
      : degreesOfFreedom == 0
        ? 1 : regularizedUpperGamma(Double(degreesOfFreedom) / 2, self.statistic / 2)
  }

  private typealias Cell = (count: Double, expected: Double)

  private static func pooled(_ cells: [Cell]) -> [Cell] {
    let order = cells.indices.sorted {
      (cells[$0].expected, $0) < (cells[$1].expected, $1)
    }
    var pool: Cell = (0, 0)
    var rest = order[...]
    while let next = rest.first,
      cells[next].expected < smallestExpectedCount
        || (pool.expected > 0 && pool.expected < smallestExpectedCount)
    {
      pool = (pool.count + cells[next].count, pool.expected + cells[next].expected)
      rest = rest.dropFirst()
    }
    return (pool.expected > 0 ? [pool] : []) + rest.map { cells[$0] }
  }
}
