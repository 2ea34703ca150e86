import Boltzmann
import Foundation
import Testing

struct DistancesTests {
  @Test func byHand() {
    let (p, q) = ([0.5, 0.5, 0], [0.25, 0.5, 0.25])
    #expect(totalVariationDistance(p, q) == 0.25)
    #expect(isClose(kullbackLeiblerDivergence(p, from: q), 0.5 * log(2), relative: 1e-15))
    #expect(kullbackLeiblerDivergence(q, from: p) == .infinity)
  }

  @Test func aDistributionIsAtNoDistanceFromItself() {
    let p = [0.1, 0.2, 0.7]
    #expect(totalVariationDistance(p, p) == 0)
    #expect(kullbackLeiblerDivergence(p, from: p) == 0)
  }
}
