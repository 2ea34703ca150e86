import Boltzmann
import Testing

struct ChiSquareTestTests {
  /// The three rows of article 2 against slide 35 × 0.3 given h = [1, 1].
  @Test(arguments: [
    ([164, 467, 369], 1.433879805624571, 0.4882440465174754),
    ([289, 512, 199], 208.7068891910664, 4.784921800762071e-46),
    ([160, 496, 344], 3.165932179890117, 0.2053650626945042),
  ])
  func rowsOfArticle2(counts: [Int], statistic: Double, pValue: Double) throws {
    let exact = try ExactDistribution(slide35(scaledBy: 0.3), clamp: [2: true, 3: true])
    let test = ChiSquareTest(
      counts: counts, probabilities: exact.distribution(of: .sum(of: [0, 1])).map(\.probability))
    #expect(isClose(test.statistic, statistic, relative: 1e-12))
    #expect(test.degreesOfFreedom == 2)
    #expect(isClose(test.pValue, pValue, relative: 1e-12))
  }

  /// Expected 1, 3, 40, 56: the pool of 4 is below 5 and takes in the 40.
  @Test func poolingGoesOnUntilTheExpectationSuffices() {
    let test = ChiSquareTest(counts: [0, 4, 46, 50], probabilities: [0.01, 0.03, 0.4, 0.56])
    #expect(test.degreesOfFreedom == 1 && test.pooledCells == 3)
    #expect(isClose(test.statistic, 36 / 44.0 + 36 / 56.0, relative: 1e-12))
  }

  /// Expected 2, 4, 34, 60: the pool of 6 stands alone.
  @Test func poolingStopsAtFive() {
    let test = ChiSquareTest(counts: [0, 3, 37, 60], probabilities: [0.02, 0.04, 0.34, 0.6])
    #expect(test.degreesOfFreedom == 2 && test.pooledCells == 2)
    #expect(isClose(test.statistic, 9 / 6.0 + 9 / 34.0, relative: 1e-12))
  }

  @Test func anImpossibleCountIsRefuted() {
    let test = ChiSquareTest(counts: [1, 99, 100], probabilities: [0, 0.5, 0.5])
    #expect(test.statistic == .infinity && test.pValue == 0)
    let possible = ChiSquareTest(counts: [0, 100, 100], probabilities: [0, 0.5, 0.5])
    #expect(possible.pValue == 1 && possible.degreesOfFreedom == 1 && possible.pooledCells == 0)
  }

  @Test func oneCellTestsNothing() {
    let test = ChiSquareTest(counts: [3, 2], probabilities: [0.5, 0.5])
    #expect(test.degreesOfFreedom == 0 && test.pValue == 1)
  }
}
