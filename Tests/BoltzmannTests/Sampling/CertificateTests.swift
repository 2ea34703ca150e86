import Testing

@testable import Boltzmann

struct CertificateTests {
  let stream = RandomStream(seed: 17, name: "certificate")

  private func distribution(temperature: Double = 1) throws -> ExactDistribution {
    try ExactDistribution(randomMachine(unitCount: 6, seed: 4), temperature: temperature)
  }

  /// Fresh exact draws are the best sampler there is.
  @Test func exactDrawsStay() throws {
    let exact = try distribution()
    let sampler = ExactSampler(exact)
    var (multiples, alarms) = (Moments(), 0)
    for seed in 0..<200 {
      let stream = RandomStream(seed: UInt64(seed), name: "fresh")
      let certificate = Certificate(of: exact, chains: 500, stream: stream) { starts in
        starts.indices.map { sampler.state(chain: $0, stream: stream) }
      }
      #expect(certificate.verdict == .stays)
      multiples.add(try #require(certificate.multiple))
      if certificate.chance < 0.05 { alarms += 1 }
      for (changed, independent) in zip(
        certificate.changedShares, certificate.independentShares)
      {
        #expect(abs(changed - independent) < 5 * 0.5 / 500.0.squareRoot())
      }
    }
    let multiple = MonteCarloEstimate(multiples)
    #expect(abs(multiple.mean - 1) < 4 * (try #require(multiple.standardError)))
    // The bounds promise at most one in twenty.
    #expect(alarms <= 10)
  }

  @Test func aSamplerThatDoesNothingSaysNothing() throws {
    let exact = try distribution()
    let still = Certificate(of: exact, chains: 300, stream: stream) { $0 }
    #expect(still.verdict == .doesNotMove(Array(0..<6)))
    #expect(still.changedShares == Array(repeating: 0, count: 6))
    let lazy = Certificate(of: exact, chains: 300, stream: stream) { starts in
      starts.enumerated().map { chain, start in
        var state = ExactSampler(exact).state(chain: chain, stream: stream)
        state[2] = start[2]
        return state
      }
    }
    guard case .doesNotMove([2]) = lazy.verdict else {
      #expect(lazy.verdict == .drifts)
      return
    }
  }

  /// Where all draws are one state, nothing is a multiple of how far draws are out.
  @Test(arguments: [-100.0, -1e4])
  func certainStatesHaveNoFloor(bias: Double) throws {
    let machine = try BoltzmannMachine(unitCount: 2, edges: [], biases: [bias, bias])
    let exact = try ExactDistribution(machine)
    let certificate = Certificate(of: exact, chains: 1000, stream: stream) { $0 }
    #expect(certificate.verdict == .stays)
    #expect(certificate.multiple == nil && certificate.largestMultiple == nil)
    #expect(certificate.movedShare == nil)
  }

  /// A unit that is never on in thousands of draws may stay off.
  @Test func rareUnitsNeedNotMove() throws {
    let machine = try BoltzmannMachine(unitCount: 2, edges: [], biases: [0, -20])
    let exact = try ExactDistribution(machine)
    let certificate = Certificate(of: exact, chains: 1000, stream: stream) { starts in
      starts.map { state in
        var state = state
        state[0].toggle()
        return state
      }
    }
    #expect(certificate.verdict == .stays)
    #expect(certificate.changedShares == [1, 0])
  }

  /// Each quantity finds what it is made for.
  @Test(arguments: Certificate.Quantity.allCases)
  func everyQuantityAlarms(quantity: Certificate.Quantity) throws {
    let exact = try distribution(temperature: 2)
    let wrong: [BitVector]
    switch quantity {
    case .totalVariation, .energy:
      let hot = try ExactSampler(distribution(temperature: 4))
      wrong = (0..<4000).map { hot.state(chain: $0, stream: stream) }
    case .states:
      let one = ExactSampler(exact)
      wrong = (0..<4000).map { chain in
        chain % 20 == 0
          ? BitVector(index: 5, count: 6) : one.state(chain: chain, stream: stream)
      }
    case .units:
      let one = ExactSampler(exact)
      wrong = (0..<4000).map { chain in
        var state = one.state(chain: chain, stream: stream)
        if chain % 4 == 0 { state[3] = true }
        return state
      }
    }
    let certificate = Certificate(of: exact, chains: 4000, stream: stream) { _ in wrong }
    #expect(certificate.verdict == .drifts)
    let alone = try #require(certificate.logChances[quantity])
    #expect(alone < naturalLogarithm(1e-4 / 4))
    #expect(certificate.chance < 1e-4)
    #expect(try #require(certificate.multiple) > 1)
  }

  /// Cramér's bound of the mean energy is the divergence of the tilted distribution.
  @Test func energiesAreJudgedByTheirTemperature() throws {
    let (exact, hot) = try (distribution(temperature: 2), distribution(temperature: 3))
    let sampler = ExactSampler(hot)
    let ends = (0..<3000).map { sampler.state(chain: $0, stream: stream) }
    let certificate = Certificate(of: exact, chains: 3000, stream: stream) { _ in ends }
    let divergence = kullbackLeiblerDivergence(hot.probabilities, from: exact.probabilities)
    let chance = try #require(certificate.logChances[.energy])
    #expect(abs(-chance / 3000 / divergence - 1) < 0.25)
    #expect(certificate.exactMeanEnergy == exact.meanEnergy)
    #expect(certificate.meanEnergy.mean > certificate.exactMeanEnergy)
  }

  @Test func statesThatBreakTheClampAreDrift() throws {
    let machine = try randomMachine(unitCount: 5, seed: 4)
    let exact = try ExactDistribution(machine, clamp: [1: true])
    let sampler = ExactSampler(exact)
    let certificate = Certificate(of: exact, chains: 1000, stream: stream) { starts in
      starts.indices.map { chain in
        var state = sampler.state(chain: chain, stream: stream)
        if chain == 7 { state[1] = false }
        return state
      }
    }
    #expect(certificate.verdict == .drifts)
    #expect(certificate.changedShares.count == 4)
  }

  /// The multiple that is allowed is where total variation alone alarms.
  @Test func theLargestMultipleIsTheBound() throws {
    let exact = try distribution()
    let certificate = Certificate(of: exact, chains: 1000, falseAlarmRate: 0.01, stream: stream) {
      starts in starts.map { _ in BitVector(zeros: 6) }
    }
    let excess = (try #require(certificate.largestMultiple) - 1) * certificate.floor
    #expect(isClose(exponential(-2 * 1000 * excess * excess), 0.01 / 4, relative: 1e-9))
    #expect(certificate.falseAlarmRate == 0.01 && certificate.chainCount == 1000)
  }
}
