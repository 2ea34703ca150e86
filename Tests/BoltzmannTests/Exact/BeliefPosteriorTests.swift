import Boltzmann
import Testing

struct BeliefPosteriorTests {
  /// Hinton's example, computed by enumeration with independent code.
  @Test func truckAndQuakeAreKnown() throws {
    let net = try truckAndQuake()
    let posterior = try #require(try BeliefPosterior(net, given: [2: true]))
    func probability(truck: Bool, quake: Bool) throws -> Double {
      exponential(
        try net.logProbability(of: [0: truck, 1: quake, 2: true]) - posterior.logEvidence)
    }
    #expect(abs(try probability(truck: false, quake: false) - 4.539580773595e-5) < 1e-14)
    #expect(abs(try probability(truck: true, quake: true) - 4.539580773595e-5) < 1e-14)
    #expect(abs(try probability(truck: true, quake: false) - 0.499954604192264) < 1e-12)
    #expect(abs(try probability(truck: false, quake: true) - 0.499954604192264) < 1e-12)
    #expect(posterior.marginals()[2] == 1)
    for unit in [0, 1] { #expect(abs(posterior.marginals()[unit] - 0.5) < 1e-12) }
    // With the earthquake known: σ(−10) · σ(20) against σ(10) · σ(0).
    let explained = try #require(try BeliefPosterior(net, given: [1: true, 2: true]))
    let odds = exponential(-10) * logistic(20) / logistic(0)
    #expect(isClose(explained.marginals()[0], odds / (1 + odds), relative: 1e-13))
    #expect(abs(explained.marginals()[0] - 9.079e-5) < 5e-9)
  }

  @Test func agreesWithEnumeration() throws {
    for seed in 0..<40 as Range<UInt64> {
      let unitCount = 1 + Int(seed) % 12
      let net = try randomBeliefNet(unitCount: unitCount, weightScale: 3, seed: seed)
      let evidence = randomEvidence(Int(seed) % 4, of: unitCount, seed: seed)
      let expected = enumeratedPosterior(net, given: evidence)
      let posterior = try #require(try BeliefPosterior(net, given: evidence))
      #expect(abs(posterior.logEvidence - expected.logEvidence) < 1e-12)
      #expect(abs(try net.logProbability(of: evidence) - expected.logEvidence) < 1e-12)
      for (found, exact) in zip(posterior.marginals(), expected.marginals) {
        #expect(isClose(found, exact, relative: 1e-12))
      }
    }
  }

  /// A chain of copies, too long to enumerate, has a closed form: the difference halves at each step.
  @Test func longChain() throws {
    let units = (0..<200).map { unit in
      BeliefNet.Unit(
        parents: unit == 0 ? [] : [unit - 1],
        .table(unit == 0 ? [0.9] : [0.25, 0.75]))
    }
    let marginals = try #require(try BeliefPosterior(try BeliefNet(units))).marginals()
    var expected = 0.9
    for marginal in marginals {
      #expect(abs(marginal - expected) < 1e-14)
      expected = 0.5 + (expected - 0.5) / 2
    }
  }

  @Test func evidenceOfProbabilityZero() throws {
    let net = try BeliefNet([
      BeliefNet.Unit(parents: [], .table([0.5])), BeliefNet.Unit(parents: [0], .table([0, 1])),
    ])
    #expect(try BeliefPosterior(net, given: [0: true, 1: false]) == nil)
    #expect(try net.logProbability(of: [0: true, 1: false]) == -.infinity)
    // A certainty that the evidence brings, not one that it breaks.
    let sure = try #require(try BeliefPosterior(net, given: [1: true]))
    #expect(sure.marginals() == [1, 1])
    #expect(sure.logEvidence == naturalLogarithm(0.5))
  }

  /// However unlikely, as long as it is possible.
  @Test func evidenceBelowTheSmallestNumber() throws {
    let net = try BeliefNet([
      BeliefNet.Unit(parents: [], .sigmoid(bias: -2000, weights: [])),
      BeliefNet.Unit(parents: [0], .sigmoid(bias: -3000, weights: [3000])),
    ])
    let posterior = try #require(try BeliefPosterior(net, given: [1: true]))
    #expect(isClose(posterior.logEvidence, -2000 - naturalLogarithm(2), relative: 1e-15))
    #expect(posterior.marginals() == [1, 1])
  }

  /// A leaf with 22 parents needs 2²³ entries. Known, it needs half of them, but then as many again
  /// to sum its parents out, and a little more: counted in powers of two, 2²⁴.
  @Test func limits() throws {
    func star(_ parents: Int) throws -> BeliefNet {
      try BeliefNet.layered(
        [parents, 1], weights: .constant(1), biases: .constant(0),
        stream: RandomStream(seed: 1, name: "star"))
    }
    #expect(throws: PosteriorLimit(exponent: 23)) { try BeliefPosterior(try star(22)) }
    #expect(throws: PosteriorLimit(exponent: 24)) {
      try BeliefPosterior(try star(22), given: [22: true])
    }
    let posterior = try #require(try BeliefPosterior(try star(12), given: [12: true]))
    #expect(posterior.marginals()[..<12].allSatisfy { abs($0 - posterior.marginals()[0]) < 1e-14 })
    // The parents alone do not need their common child.
    #expect(try star(60).logProbability(of: [3: true]) == 0 - naturalLogarithm(2))
    #expect(
      PosteriorLimit(exponent: 23).description
        == "Exact sums would need tables of 2^23 entries; the limit is 2^22.")
  }

  /// 20,000 independent states against their exact probabilities.
  @Test func samplesAreExact() throws {
    let net = try randomBeliefNet(unitCount: 5, seed: 12)
    let evidence: Clamp = [2: true]
    let posterior = try #require(try BeliefPosterior(net, given: evidence))
    let stream = RandomStream(seed: 4, name: "posterior")
    let states = allStates(5).filter { evidence.holds(in: $0) }
    var counts = [Int](repeating: 0, count: states.count)
    for chain in 0..<20_000 {
      let state = posterior.state(chain: chain, stream: stream)
      counts[try #require(states.firstIndex(of: state))] += 1
    }
    let probabilities = states.map {
      exponential(net.logProbability(of: $0) - posterior.logEvidence)
    }
    #expect(ChiSquareTest(counts: counts, probabilities: probabilities).pValue > 1e-3)
  }
}
