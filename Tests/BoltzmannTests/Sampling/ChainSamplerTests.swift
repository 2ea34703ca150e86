import Boltzmann
import Testing

struct ChainSamplerTests {
  let stream = RandomStream(seed: 35, name: "sample")

  /// First way of article 2: h clamped to [1, 1]; the last states of the chains are independent.
  @Test func clampedChainsGiveTheConditional() throws {
    let machine = try slide35(scaledBy: 0.3)
    let clamp: Clamp = [2: true, 3: true]
    let record = ChainSampler(machine, clamp: clamp).run(
      chains: 6000, schedule: Schedule(warmUp: 4, sweeps: 1), counting: [.sum(of: [0, 1])],
      stream: stream)
    let exact = try ExactDistribution(machine, clamp: clamp).distribution(of: .sum(of: [0, 1]))
    let test = ChiSquareTest(
      counts: record.frequencies[0].counts(of: 0...2), probabilities: exact.map(\.probability))
    #expect(test.pValue > 1e-3)
    #expect(record.lastStates.allSatisfy { clamp.holds(in: $0) })
  }

  /// Second way: free chains from random states give the joint distribution.
  @Test func freeChainsGiveTheJoint() throws {
    let machine = try slide35()
    let exact = try ExactDistribution(machine)
    let record = ChainSampler(machine).run(
      chains: 400, schedule: Schedule(warmUp: 30, sweeps: 100),
      counting: [.states(of: [0, 1, 2, 3])], stream: stream)
    for (index, probability) in exact.probabilities.enumerated() {
      let cell = record.frequencies[0][index]
      let error = try #require(cell.frequency.standardError)
      #expect(abs(cell.frequency.mean - probability) < 5 * error)
      #expect(error < 0.005)
    }
    let energy = try #require(record.meanEnergy)
    #expect(abs(energy.mean - exact.meanEnergy) < 5 * (energy.standardError ?? 0))
  }

  /// Third way: h held where a uniform start puts it. The chains follow ¼ Σ p(v | h), which is
  /// not p(v).
  @Test func heldChainsGiveTheMixture() throws {
    let machine = try slide35()
    let record = ChainSampler(machine, holding: [2, 3]).run(
      chains: 6000, schedule: Schedule(sweeps: 3, thinning: 3),
      counting: [.states(of: [0, 1])], stream: stream)
    var mixture = [Double](repeating: 0, count: 4)
    for h in 0..<4 {
      let clamp: Clamp = [2: h & 1 == 1, 3: h & 2 == 2]
      let conditional = try ExactDistribution(machine, clamp: clamp).marginal(over: [0, 1])
      for v in 0..<4 { mixture[v] += conditional[v] / 4 }
    }
    let counts = record.frequencies[0].counts(of: 0..<4)
    #expect(ChiSquareTest(counts: counts, probabilities: mixture).pValue > 1e-3)
    let marginal = try ExactDistribution(machine).marginal(over: [0, 1])
    #expect(ChiSquareTest(counts: counts, probabilities: marginal).pValue < 1e-9)
  }

  @Test(arguments: [1, 7, 64, 65, 200])
  func threadsDoNotMatter(chains: Int) throws {
    let sampler = ChainSampler(try randomMachine(unitCount: 9, seed: 3), temperature: 1.3)
    let records = [1, 2, 3].map { threads in
      sampler.run(
        chains: chains, schedule: Schedule(warmUp: 3, sweeps: 20, thinning: 2),
        counting: [.states(of: [0, 4]), Statistic { $0.onCount }], tracingEnergy: true,
        stream: stream, threads: threads)
    }
    #expect(records[0] == records[1] && records[0] == records[2])
    #expect(records[0].energyTrace.count == 23)
    #expect(records[0].frequencies.allSatisfy { $0.sampleCount == 10 * chains })
  }

  /// A chain depends on its number alone, and on the stream.
  @Test func chainsDoNotSeeEachOther() throws {
    let sampler = ChainSampler(try randomMachine(unitCount: 70, density: 0.1, seed: 3))
    func lastStates(_ chains: Int, _ stream: RandomStream) -> [BitVector] {
      sampler.run(chains: chains, schedule: Schedule(sweeps: 5), stream: stream).lastStates
    }
    let many = lastStates(150, stream)
    #expect(Array(many.prefix(3)) == lastStates(3, stream))
    #expect(Set(many).count == 150)
    #expect(lastStates(3, stream.substream(named: "other")) != lastStates(3, stream))
  }

  @Test func startsAreWhatTheyAreCalled() throws {
    let sampler = ChainSampler(try slide35(), clamp: [3: true])
    func start(_ initial: InitialState) -> [UInt64] {
      sampler.run(chains: 3, schedule: Schedule(sweeps: 0), from: initial, stream: stream)
        .lastStates.map(\.index)
    }
    #expect(start(.zeros) == [8, 8, 8])
    #expect(start(.ones) == [15, 15, 15])
    #expect(start(.given(BitVector(index: 5, count: 4))) == [13, 13, 13])
    #expect(start(.perChain([1, 2, 12].map { BitVector(index: $0, count: 4) })) == [9, 10, 12])
    #expect(start(.random).allSatisfy { $0 >= 8 })
    let none = sampler.run(chains: 3, schedule: Schedule(sweeps: 0), stream: stream)
    #expect(none.meanEnergy == nil && none.energyTrace.isEmpty)
  }

  /// Chains that start exactly have the exact mean energy at every sweep.
  @Test func theTraceOfExactStartsIsFlat() throws {
    let machine = try randomMachine(unitCount: 8, seed: 13)
    let exact = try ExactDistribution(machine, temperature: 0.6)
    let record = ChainSampler(machine, temperature: 0.6).run(
      chains: 2000, schedule: Schedule(sweeps: 10), from: .exact(ExactSampler(exact)),
      tracingEnergy: true, stream: stream)
    for estimate in record.energyTrace {
      let error = try #require(estimate.standardError)
      #expect(abs(estimate.mean - exact.meanEnergy) < 5 * error)
    }
  }
}
