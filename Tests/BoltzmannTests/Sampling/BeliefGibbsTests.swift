import Boltzmann
import Testing

struct BeliefGibbsTests {
  /// 99 of 100 intervals are expected to hold, of 24 chains each.
  @Test func isWithinItsError() throws {
    let found = try PosteriorCoverage { net, evidence, stream in
      try BeliefGibbs(net, given: evidence).run(
        chains: 24, schedule: Schedule(warmUp: 20, sweeps: 100), stream: stream, threads: 2
      ).marginals
    }
    #expect(found.held >= 95, "\(found)")
    #expect(found.share > 0.92, "\(found)")
    #expect(found.meanSquare > 0.7 && found.meanSquare < 1.3, "\(found)")
    #expect(found.largestError < 0.1, "\(found)")
  }

  /// p(on | others) is the share of the state with the unit on.
  @Test func blanket() throws {
    for seed in 0..<10 as Range<UInt64> {
      let net = try randomBeliefNet(unitCount: 9, seed: seed)
      let gibbs = try BeliefGibbs(net)
      for index in stride(from: 0, to: 512, by: 37) {
        var state = BitVector(index: UInt64(index), count: 9)
        for unit in 0..<9 {
          let found = gibbs.probability(of: unit, given: state)
          state[unit] = true
          let on = net.logProbability(of: state)
          state[unit] = false
          let off = net.logProbability(of: state)
          #expect(abs(found - logistic(on - off)) < 1e-13)
        }
      }
    }
  }

  /// The chains of the truck and the earthquake stay where they first fall; their spread says so.
  @Test func stuckChainsDisagree() throws {
    let found = try BeliefGibbs(try truckAndQuake(), given: [2: true]).run(
      chains: 40, schedule: Schedule(warmUp: 50, sweeps: 100),
      stream: RandomStream(seed: 5, name: "truck"))
    let error = try #require(found.marginals[0].standardError)
    #expect(abs(found.marginals[0].mean - 0.5) < 4 * error)
    #expect(error > 0.05)
    #expect(found.rHat > 1.5)
    let effective = try #require(found.effectiveDraws[0])
    #expect(effective > 20 && effective < 80)
    #expect(found.marginals[2] == MonteCarloEstimate(mean: 1, standardError: 0))
    #expect(found.effectiveDraws[2] == nil)
  }

  @Test func certaintiesAreRefused() throws {
    let net = try BeliefNet([
      BeliefNet.Unit(parents: [], .table([0.5])), BeliefNet.Unit(parents: [0], .table([0, 0.5])),
    ])
    #expect(throws: CertaintyInTable(unit: 1)) { try BeliefGibbs(net) }
    #expect(
      CertaintyInTable(unit: 1).description
        == "The table of unit 1 holds 0 or 1; chains need probabilities strictly between.")
  }

  @Test func threadsMakeNoDifference() throws {
    let net = try randomBeliefNet(unitCount: 10, seed: 6)
    let runs = try [1, 3].map { threads in
      try BeliefGibbs(net, given: [1: true]).run(
        chains: 7, schedule: Schedule(warmUp: 3, sweeps: 20),
        stream: RandomStream(seed: 7, name: "threads"), threads: threads)
    }
    #expect(runs[0].marginals == runs[1].marginals)
    #expect(runs[0].rHat == runs[1].rHat)
  }
}
