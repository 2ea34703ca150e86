import Testing

@testable import Boltzmann

struct AttractorsTests {
  /// One pattern: itself and its reverse, half of all starts each.
  @Test func onePatternHasTwoBasins() throws {
    let network = try HopfieldNetworkTests.random(1, units: 8)
    let found = try Attractors(network.isingModel().boltzmannMachine().machine)
    #expect(found.attractors.map(\.startCount) == [128, 128])
    #expect(
      Set(found.attractors.map { network.kind(of: $0.state) }) == [.stored(0), .reversed(0)])
    #expect(found.isComplete && found.startCount == 256)
  }

  /// Against one descent from each state.
  @Test(arguments: 0..<6) func basinsAreThoseOfDescent(seed: Int) throws {
    let machine =
      seed < 3
      ? try randomMachine(unitCount: 9, seed: UInt64(seed))
      : try HopfieldNetworkTests.random(3, units: 9, seed: UInt64(seed)).isingModel()
        .boltzmannMachine().machine
    var counts: [BitVector: Int] = [:]
    for start in allStates(9) { counts[Descent(machine).run(from: start).state, default: 0] += 1 }
    let found = try Attractors(machine)
    #expect(found.attractors.count == counts.count)
    for attractor in found.attractors {
      #expect(counts[attractor.state] == attractor.startCount)
      #expect(attractor.energy == machine.energy(of: attractor.state))
    }
    let energies = found.attractors.map(\.energy)
    #expect(zip(energies, energies.dropFirst()).allSatisfy { $0 <= $1 + 1e-9 })
  }

  /// Three orthogonal patterns: their eight mixtures are the only other minima.
  @Test func mixturesOfThree() throws {
    let patterns = (0..<3).map { bit in BitVector((0..<16).map { $0 >> bit & 1 == 1 }) }
    let network = try HopfieldNetwork(patterns: patterns)
    let found = try Attractors(network.isingModel().boltzmannMachine().machine)
    let kinds = found.attractors.map { network.kind(of: $0.state) }
    #expect(kinds.count { $0 == .mixture(of: 3) } == 8)
    #expect(kinds.count { !$0.isSpurious } == 6)
    #expect(found.attractors.reduce(0) { $0 + $1.startCount } == 1 << 16)
  }

  @Test func randomStartsFindWhatIsThere() throws {
    let network = try HopfieldNetworkTests.random(3, units: 14)
    let machine = try network.isingModel().boltzmannMachine().machine
    let all = try Attractors(machine)
    let stream = RandomStream(seed: 1, name: "starts")
    let some = Attractors(machine, randomStarts: 4000, stream: stream)
    #expect(some == Attractors(machine, randomStarts: 4000, stream: stream, threads: 3))
    #expect(!some.isComplete && some.startCount == 4000)
    for attractor in all.attractors {
      let share = Double(attractor.startCount) / Double(all.startCount)
      let count = some.attractors.first { $0.state == attractor.state }?.startCount ?? 0
      let error = (share * (1 - share) / 4000).squareRoot()
      #expect(abs(Double(count) / 4000 - share) < 4 * error + 1e-9)
    }
  }

  @Test func largeMachinesAreRefused() throws {
    let machine = try BoltzmannMachine(unitCount: 21, edges: [])
    #expect(throws: EnumerationLimit(freeUnitCount: 21, largestFreeUnitCount: 20)) {
      try Attractors(machine)
    }
  }
}
