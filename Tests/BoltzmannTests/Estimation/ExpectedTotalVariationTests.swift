import Testing

@testable import Boltzmann

struct ExpectedTotalVariationTests {
  /// One coin, N throws: ½ (⟨|X/N − p|⟩ + ⟨|(N − X)/N − q|⟩), by the sum over X.
  @Test(arguments: [0.5, 0.3, 0.04, 0x1p-30], [1, 2, 7, 30])
  func coinsAgreeWithTheirSum(p: Double, draws: Int) {
    var (sum, mass) = (0.0, 1.0)
    for _ in 0..<draws { mass *= 1 - p }
    for x in 0...draws {
      sum += mass * abs(Double(x) / Double(draws) - p)
      mass *= Double(draws - x) / Double(x + 1) * p / (1 - p)
    }
    #expect(isClose(expectedTotalVariation(of: [p, 1 - p], draws: draws), sum, relative: 1e-12))
  }

  /// For many draws ½ Σ √(2p(1 − p)/(πN)).
  @Test func manyDrawsAreNormal() {
    let p = [0.5, 0.25, 0.125, 0.0625, 0.0625]
    let normal = p.reduce(0) { $0 + (2 * $1 * (1 - $1) / (.pi * 1e5)).squareRoot() / 2 }
    #expect(isClose(expectedTotalVariation(of: p, draws: 100_000), normal, relative: 1e-5))
    let more = expectedTotalVariation(of: p, draws: 100_000_000_000_000)
    #expect(isClose(more, normal / 31_622.776601683792, relative: 1e-5))
  }

  /// Of equal states with Np < 1, each with ½ ⟨|X/N − p|⟩ = p (1 − p)ᴺ, all together (1 − p)ᴺ.
  @Test func fewDrawsFromManyStates() {
    let p = [Double](repeating: 1 / 4096.0, count: 4096)
    #expect(
      isClose(expectedTotalVariation(of: p, draws: 10), 0.9975612742135309, relative: 1e-9))
  }

  @Test func exactDrawsAreThereOnAverage() throws {
    let exact = try ExactDistribution(randomMachine(unitCount: 8, weightScale: 2, seed: 5))
    let sampler = ExactSampler(exact)
    var moments = Moments()
    for seed in 0..<200 {
      let stream = RandomStream(seed: UInt64(seed), name: "draws")
      var shares = [Double](repeating: 0, count: 256)
      for draw in 0..<500 {
        shares[Int(sampler.state(chain: draw, stream: stream).index)] += 1.0 / 500
      }
      moments.add(totalVariationDistance(shares, exact.probabilities))
    }
    let estimate = MonteCarloEstimate(moments)
    let error = try #require(estimate.standardError)
    let floor = expectedTotalVariation(of: exact.probabilities, draws: 500)
    #expect(abs(estimate.mean - floor) < 4 * error && error < 0.02 * floor)
  }

  @Test func certainCellsHaveNoFloor() {
    #expect(expectedTotalVariation(of: [1, 0], draws: 10) == 0)
  }
}
