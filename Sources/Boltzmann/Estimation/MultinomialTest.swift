/// P(χ² ≥ observed) of counts against probabilities of the same cells, over all outcomes of as many
/// independent draws: what χ² says where the counts are too few for its distribution.
public struct MultinomialTest: Sendable, Hashable {
  /// χ² = Σ (count − expected)² / expected over the cells of positive probability.
  public let statistic: Double
  /// The probability of all outcomes with a χ² at least as large.
  public let pValue: Double

  /// The most outcomes that are looked at.
  public static let outcomeLimit = 1_000_000

  /// The test of counts against probabilities, which sum to 1; nil where the draws have more
  /// outcomes than the limit. Two cells or more have a positive probability, and only these a count.
  public init?(counts: [Int], probabilities: [Double]) {
    precondition(counts.count == probabilities.count, "Each count needs its probability.")
    precondition(
      zip(counts, probabilities).allSatisfy { $0 == 0 || $1 > 0 },
      "What cannot happen needs no test.")
    let cells = counts.indices.filter { probabilities[$0] > 0 }
    precondition(cells.count > 1, "What must happen needs no test.")
    let draws = counts.reduce(0, +)
    precondition(draws > 0, "A test takes at least one count.")
    guard Self.outcomeCount(cells: cells.count, draws: draws) <= Double(Self.outcomeLimit) else {
      return nil
    }
    let total = Double(draws)
    let expected = cells.map { probabilities[$0] * total }
    var observed = 0.0
    for (cell, mean) in zip(cells, expected) {
      let difference = Double(counts[cell]) - mean
      observed += difference * difference / mean
    }
    var outcomes = Outcomes(expected: expected, draws: draws, observed: observed)
    outcomes.add(draws, to: 0, share: 1 / gammaDensity(total, total), statistic: 0)
    statistic = observed
    pValue = min(1, outcomes.sum.value)
  }

  /// C(draws + cells − 1, cells − 1).
  private static func outcomeCount(cells: Int, draws: Int) -> Double {
    var count = 1.0
    for cell in 1..<cells where count <= Double(outcomeLimit) {
      count *= (Double(draws) + Double(cell)) / Double(cell)
    }
    return count
  }
}

/// The sum over outcomes, cell by cell: given their sum, independent Poisson counts are multinomial.
private struct Outcomes {
  /// P(n) of a cell's Poisson count.
  let shares: [[Double]]
  /// (n − expected)² / expected.
  let terms: [[Double]]
  /// What counts as the observed χ² but for rounding.
  let threshold: Double
  var sum = CompensatedSum()

  init(expected: [Double], draws: Int, observed: Double) {
    let counts = (0...draws).map(Double.init)
    shares = expected.map { mean in counts.map { gammaDensity($0, mean) } }
    terms = expected.map { mean in counts.map { ($0 - mean) * ($0 - mean) / mean } }
    threshold = observed * (1 - 1e-9)
  }

  mutating func add(_ draws: Int, to cell: Int, share: Double, statistic: Double) {
    guard cell < shares.count - 1 else {
      if statistic + terms[cell][draws] >= threshold { sum.add(share * shares[cell][draws]) }
      return
    }
    for count in 0...draws {
      add(
        draws - count, to: cell + 1, share: share * shares[cell][count],
        statistic: statistic + terms[cell][count])
    }
  }
}
