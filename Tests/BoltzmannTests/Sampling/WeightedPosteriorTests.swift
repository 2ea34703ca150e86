import Boltzmann
import Testing

struct WeightedPosteriorTests {
  /// 99 of 100 intervals are expected to hold, of 2000 draws each.
  @Test func likelihoodWeightingIsWithinItsError() throws {
    let found = try PosteriorCoverage { net, evidence, stream in
      WeightedPosterior(net, given: evidence, by: .likelihood, draws: 2000, stream: stream)
        .marginals
    }
    #expect(found.held >= 95, "\(found)")
    #expect(found.share > 0.92, "\(found)")
    #expect(found.meanSquare > 0.7 && found.meanSquare < 1.3, "\(found)")
    #expect(found.largestError < 0.1, "\(found)")
  }

  @Test func rejectionIsWithinItsError() throws {
    let found = try PosteriorCoverage { net, evidence, stream in
      WeightedPosterior(net, given: evidence, by: .rejection, draws: 2000, stream: stream)
        .marginals
    }
    #expect(found.held >= 95, "\(found)")
    #expect(found.share > 0.92, "\(found)")
    #expect(found.meanSquare > 0.7 && found.meanSquare < 1.3, "\(found)")
  }

  /// Without evidence every draw counts in full; with it, the mean weight estimates p(evidence).
  @Test(arguments: WeightedPosterior.Weighting.allCases)
  func evidence(weighting: WeightedPosterior.Weighting) throws {
    let net = try randomBeliefNet(unitCount: 8, seed: 21)
    let stream = RandomStream(seed: 2, name: "weights")
    let free = WeightedPosterior(net, given: [:], by: weighting, draws: 5000, stream: stream)
    #expect(free.effectiveDraws == 5000)
    #expect(free.logEvidence == 0)
    let evidence = randomEvidence(2, of: 8, seed: 21)
    let found = WeightedPosterior(
      net, given: evidence, by: weighting, draws: 10_000, stream: stream)
    let exact = try net.logProbability(of: evidence)
    #expect(abs(exponential(found.logEvidence) - exponential(exact)) < 0.02)
    #expect(found.effectiveDraws < 10_000)
    for unit in evidence.units {
      #expect(found.marginals[unit].mean == (evidence[unit] == true ? 1 : 0))
      #expect(found.marginals[unit].standardError == 0)
    }
    if weighting == .rejection {
      let kept = (0..<10_000).filter {
        evidence.holds(in: net.state(sample: $0, stream: stream))
      }
      #expect(isClose(found.effectiveDraws, Double(kept.count), relative: 1e-12))
    }
  }

  /// Of the truck and the earthquake, 1000 draws see neither: all weights are equal, and only the
  /// exact posterior shows how wrong the estimate is.
  @Test func rareCausesAreMissed() throws {
    let found = WeightedPosterior(
      try truckAndQuake(), given: [2: true], by: .likelihood, draws: 1000,
      stream: RandomStream(seed: 1, name: "truck"))
    #expect(isClose(found.effectiveDraws, 1000, relative: 1e-12))
    #expect(found.marginals[0].mean == 0)
    let error = try #require(found.marginals[0].standardError)
    #expect(error > 5e-4 && error < 2e-3)
  }

  @Test func nothingIsKept() throws {
    let found = WeightedPosterior(
      try truckAndQuake(), given: [2: true], by: .rejection, draws: 1000,
      stream: RandomStream(seed: 1, name: "truck"))
    #expect(found.effectiveDraws == 0)
    #expect(found.marginals.isEmpty)
    #expect(found.logEvidence == -.infinity)
  }

  /// Weights far below the smallest number are compared with each other.
  @Test func tinyWeights() throws {
    let net = try BeliefNet([
      BeliefNet.Unit(parents: [], .table([0.5])),
      BeliefNet.Unit(parents: [0], .sigmoid(bias: -2000, weights: [naturalLogarithm(3)])),
    ])
    let found = WeightedPosterior(
      net, given: [1: true], by: .likelihood, draws: 4000,
      stream: RandomStream(seed: 3, name: "tiny"))
    let error = try #require(found.marginals[0].standardError)
    #expect(abs(found.marginals[0].mean - 0.75) < 4 * error)
    #expect(abs(found.logEvidence - (-2000 + naturalLogarithm(2))) < 0.1)
  }

  @Test func threadsMakeNoDifference() throws {
    let net = try randomBeliefNet(unitCount: 10, seed: 6)
    let runs = [1, 3].map { threads in
      WeightedPosterior(
        net, given: [1: true], by: .likelihood, draws: 5000,
        stream: RandomStream(seed: 7, name: "threads"), threads: threads)
    }
    #expect(runs[0].marginals == runs[1].marginals)
    #expect(runs[0].logEvidence == runs[1].logEvidence)
  }
}
