import Testing

@testable import Boltzmann

struct HopfieldDescentTests {
  /// With a power of two of units the couplings are exact, and the machine goes the same way.
  @Test(arguments: [Descent.Order.sequential, .shuffled(RandomStream(key: 3)), .synchronous])
  func wholeNumbersGoAsTheMachineGoes(order: Descent.Order) throws {
    for seed in 0..<20 {
      let network = try HopfieldNetworkTests.random(1 + seed, units: 32, seed: UInt64(seed))
      let (machine, constant) = try network.isingModel().boltzmannMachine()
      let start = InitialState.random.state(
        chain: seed, unitCount: 32, stream: RandomStream(seed: 1, name: "start"))
      let fast = try HopfieldDescent(network, order: order).run(from: start, chain: seed)
      let plain = Descent(machine, order: order).run(from: start, chain: seed)
      #expect(fast.state == plain.state && fast.end == plain.end)
      #expect(fast.energies == plain.energies.map { $0 + constant })
    }
  }

  /// Couplings of 1/7 and 3/7 are rounded: the threshold of the machine makes its ties ties again.
  @Test func tiesAreTies() throws {
    var ties = 0
    for seed in 0..<40 {
      let network = try HopfieldNetworkTests.random(4, units: 7, seed: UInt64(seed))
      let rows = PatternRows(network.patterns)
      let machine = try network.isingModel().boltzmannMachine().machine
      for start in allStates(7) {
        let state = HebbState(network.patterns, rows, start)
        ties += (0..<7).count { state.preference(of: $0) == nil }
        #expect(
          try HopfieldDescent(network).run(from: start).state
            == Descent(machine).run(from: start).state)
      }
    }
    #expect(ties > 1000)
  }

  @Test(arguments: HopfieldNetwork.Rule.allCases) func energyNeverRises(
    rule: HopfieldNetwork.Rule
  ) throws {
    for seed in 0..<10 {
      let network = try HopfieldNetworkTests.random(12, units: 50, rule: rule, seed: UInt64(seed))
      let stream = RandomStream(seed: 2, name: "energies")
      for order in [Descent.Order.sequential, .shuffled(stream)] {
        let descent = try HopfieldDescent(network, order: order)
        let start = InitialState.random.state(chain: seed, unitCount: 50, stream: stream)
        let record = descent.run(from: start, chain: seed)
        #expect(record.end == .fixedPoint && descent.willingCount(in: record.state) == 0)
        #expect(zip(record.energies, record.energies.dropFirst()).allSatisfy { $0 > $1 })
        let each = descent.energies(from: start, chain: seed)
        #expect(zip(each, each.dropFirst()).allSatisfy { $0 > $1 })
        #expect(each.first == record.energies.first && each.last == record.energies.last)
        #expect(Set(record.energies).isSubset(of: each))
      }
    }
  }

  /// All at once, the two units of ++ change places for ever; one after the other they meet.
  @Test func allAtOnceTwoStatesAlternate() throws {
    let network = try HopfieldNetwork(patterns: [BitVector(ones: 2)])
    let start = BitVector([true, false])
    let record = try HopfieldDescent(network, order: .synchronous).run(from: start)
    #expect(record.end == .alternation(with: start.reversed))
    #expect(record.energies == [0.5, 0.5, 0.5])
    #expect(try HopfieldDescent(network).run(from: start).state == BitVector(zeros: 2))
  }

  /// Half of three neighbours on either side: the unit stays.
  @Test func aTiedUnitKeepsItsValue() throws {
    let network = try HopfieldNetwork(patterns: [BitVector(ones: 3)])
    let descent = try HopfieldDescent(network)
    #expect(descent.willingCount(in: BitVector([true, false, true])) == 1)
    #expect(descent.run(from: BitVector([true, false, true])).state == BitVector(ones: 3))
    #expect(descent.run(from: BitVector([true, false, false])).state == BitVector(zeros: 3))
  }

  @Test func recallPutsNoiseRight() throws {
    let network = try HopfieldNetworkTests.random(10, units: 300)
    let descent = try HopfieldDescent(network)
    for (number, pattern) in network.patterns.enumerated() {
      let noisy = pattern.flipping(60, stream: RandomStream(key: 1), chain: number)
      #expect(noisy.distance(to: pattern) == 60)
      #expect(descent.run(from: noisy).state == pattern)
    }
  }
}
