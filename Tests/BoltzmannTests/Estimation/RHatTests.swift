import Boltzmann
import Testing

struct RHatTests {
  /// Values from arviz-stats 0.8.0, methods "rank" and "split"; the second pair has ties.
  @Test(arguments: [
    (
      [
        [0.3, 1.2, -0.7, 0.4, 2.1, -1.5, 0.2, 0.9, -0.3, 1.7],
        [1.1, 0.8, 2.4, 1.9, 0.6, 3.2, 1.4, 2.2, 0.1, 2.8],
      ], 1.1389114478908202, 1.1413819768166371
    ),
    (
      [[1, 2, 2, 3, 1, 2, 3, 3], [2, 2, 3, 1, 4, 1, 2, 2]], 0.89240589617506394, 0.87848684135551103
    ),
  ])
  func valuesOfAnotherImplementation(chains: [[Double]], rank: Double, split: Double) throws {
    #expect(isClose(try #require(rHat(chains)), rank, relative: 1e-12))
    #expect(isClose(try #require(splitRHat(chains)), split, relative: 1e-12))
  }

  @Test func chainsOfOneProcessAgree() throws {
    let chains = autoregressiveChains(0.5, chains: 4, length: 2000)
    #expect(abs(try #require(rHat(chains)) - 1) < 0.005)
    #expect(abs(try #require(splitRHat(chains)) - 1) < 0.005)
  }

  @Test func aShiftedChainStandsOut() throws {
    var chains = autoregressiveChains(0, chains: 4, length: 1000)
    chains[2] = chains[2].map { $0 + 1 }
    #expect(try #require(rHat(chains)) > 1.05)
  }

  /// Four chains of one mean, one of them three times as wide: the means agree, folding sees it.
  @Test func aWideChainStandsOutByFolding() throws {
    var chains = autoregressiveChains(0, chains: 4, length: 1000)
    chains[1] = chains[1].map { 3 * $0 }
    #expect(try #require(splitRHat(chains)) < 1.01)
    #expect(try #require(rHat(chains)) > 1.05)
  }

  /// A single chain that drifts differs from itself.
  @Test func aDriftShowsInOneChain() throws {
    let chain = autoregressiveChains(0, chains: 1, length: 1000)[0]
    let drifting = chain.enumerated().map { $1 + Double($0) / 300 }
    #expect(try #require(rHat([drifting])) > 1.3)
    #expect(try #require(rHat([chain])) < 1.01)
  }

  /// Ranks do not mind that the variance of Cauchy values is infinite.
  @Test func heavyTailsDoNotHideAShift() throws {
    let normal = autoregressiveChains(0, chains: 8, length: 500)
    let cauchy = (0..<4).map { chain -> [Double] in
      let shift = chain == 0 ? 2.0 : 0
      return zip(normal[chain], normal[chain + 4]).map { shift + $0 / $1 }
    }
    #expect(try #require(rHat(cauchy)) > 1.05)
    #expect(try #require(splitRHat(cauchy)) < 1.05)
  }

  /// By hand: halves 1 2, 3 4 and 1 2, 5 8 have W = (½ + ½ + ½ + 4.5)/4 = 1.5; their means 1.5, 3.5,
  /// 1.5, 6.5 have the variance 16.75/3. R̂² = (½ · 1.5 + 16.75/3)/1.5.
  @Test func theFormulaByHand() throws {
    let value = try #require(splitRHat([[1, 2, 3, 4], [1, 2, 5, 8]]))
    #expect(isClose(value, ((0.75 + 16.75 / 3) / 1.5).squareRoot(), relative: 1e-14))
    // The middle value of an odd chain belongs to neither half.
    #expect(splitRHat([[1, 2, 99, 3, 4], [1, 2, -99, 5, 8]]) == value)
  }

  @Test func standingStill() {
    #expect(rHat([[1, 1, 1, 1], [1, 1, 1, 1]]) == nil)
    #expect(rHat([[1, 1, 1, 1], [2, 2, 2, 2]]) == .infinity)
    #expect(rHat([[1, 2, 3]]) == nil)
    #expect(rHat([]) == nil)
  }
}
