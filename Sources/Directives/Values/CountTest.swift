internal import Boltzmann

/// Could counts be draws from probabilities? By the distribution of χ², or exactly where the counts
/// are too few for it.
struct CountTest {
  let statistic: Double
  /// Nil for the exact test.
  let degreesOfFreedom: Int?
  let pValue: Double
  /// How many cells stand together as one because so few counts are expected in them.
  let pooledCells: Int

  /// Nil where the counts are too few for χ² and have too many outcomes for the exact test.
  init?(counts: [Int], probabilities: [Double]) {
    let test = ChiSquareTest(counts: counts, probabilities: probabilities)
    let isCertain = probabilities.count { $0 > 0 } == 1
    if test.degreesOfFreedom > 0 || test.pValue == 0 || isCertain {
      (statistic, pValue) = (test.statistic, test.pValue)
      (degreesOfFreedom, pooledCells) = (test.degreesOfFreedom, test.pooledCells)
    } else if let exact = MultinomialTest(counts: counts, probabilities: probabilities) {
      (statistic, degreesOfFreedom, pValue) = (exact.statistic, nil, exact.pValue)
      pooledCells = 0
    } else {
      return nil
    }
  }

  /// How many counts leave two cells after pooling.
  static func neededCounts(_ probabilities: [Double]) -> Double {
    let ascending = probabilities.sorted()
    let rest = ascending.dropLast().reduce(0, +)
    return (ChiSquareTest.smallestExpectedCount / min(rest, ascending.last ?? 1)).rounded(.up)
  }
}
