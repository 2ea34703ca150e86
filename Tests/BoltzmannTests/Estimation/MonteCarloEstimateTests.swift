import Boltzmann
import Testing

struct MonteCarloEstimateTests {
  @Test func errorOfChainMeans() {
    let estimate = MonteCarloEstimate(chainMeans: [1, 2, 3, 6])
    #expect(estimate.mean == 3)
    // Variance 14/3, over 4 chains.
    #expect(isClose(estimate.standardError ?? 0, (14 / 12.0).squareRoot(), relative: 1e-15))
  }

  @Test func oneChainGivesNoError() {
    #expect(MonteCarloEstimate(chainMeans: [4]) == MonteCarloEstimate(mean: 4, standardError: nil))
  }
}
