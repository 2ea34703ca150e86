import Testing

@testable import Boltzmann

struct ScanOrderTests {
  let stream = RandomStream(seed: 3, name: "scan")

  @Test func neighboursDifferInColour() throws {
    for density in [0, 0.05, 0.3, 1] {
      let couplings = try randomMachine(unitCount: 40, density: density, seed: 7).couplings
      let colours = couplings.colouring()
      #expect(couplings.edges.allSatisfy { colours[$0.first] != colours[$0.second] })
      let most = (0..<40).map(couplings.degree).max() ?? 0
      #expect((colours.max() ?? 0) <= most)
    }
  }

  @Test func aLatticeIsACheckerboard() throws {
    let machine = try torus(side: 6) { _ in 1 }
    #expect(machine.couplings.colouring() == (0..<36).map { ($0 / 6 + $0 % 6) % 2 })
    let held = (0..<36).filter { ![0, 1, 2, 6, 7, 8].contains($0) }
    func order(_ scan: ScanOrder) -> [Int]? {
      SingleUnitKernel(machine, holding: held, scan: scan).fixedOrder
    }
    #expect(order(.coloured) == [0, 2, 7, 1, 6, 8])
    #expect(order(.sequential) == [0, 1, 2, 6, 7, 8])
    #expect(order(.shuffled) == nil && order(.withReplacement) == nil)
  }

  @Test func aFullMachineNeedsAllColours() throws {
    let couplings = try randomMachine(unitCount: 9, seed: 2).couplings
    #expect(couplings.colouring() == Array(0..<9))
    #expect(try Couplings(unitCount: 0, edges: []).colouring().isEmpty)
  }

  /// The units that each of some sweeps updates.
  private func visits(_ scan: ScanOrder, sweeps: Int) throws -> [Visits] {
    let kernel = SingleUnitKernel(
      try randomMachine(unitCount: 6, seed: 2), clamp: [2: true], holding: [4], scan: scan)
    return (0..<sweeps).map { kernel.visits(step: $0, stream: stream) }
  }

  /// Every permutation of the free units 0, 1, 3, 5 equally often, the words those of the units.
  @Test func shufflesAreUniformPermutations() throws {
    var counts: [[Int32]: Int] = [:]
    for visits in try visits(.shuffled, sweeps: 24_000) {
      #expect(visits.units.sorted() == [0, 1, 3, 5] && visits.counters == visits.units)
      counts[visits.units, default: 0] += 1
    }
    let test = ChiSquareTest(
      counts: Array(counts.values), probabilities: Array(repeating: 1.0 / 24, count: 24))
    #expect(test.pValue > 1e-3)
  }

  /// Every sequence equally often, a word for each place.
  @Test func replacementIsUniform() throws {
    var counts: [[Int32]: Int] = [:]
    for visits in try visits(.withReplacement, sweeps: 25_600) {
      #expect(Set(visits.units).isSubset(of: [0, 1, 3, 5]) && visits.counters == [0, 1, 2, 3])
      counts[visits.units, default: 0] += 1
    }
    let test = ChiSquareTest(
      counts: Array(counts.values), probabilities: Array(repeating: 1.0 / 256, count: 256))
    #expect(test.pValue > 1e-3)
  }

  /// Fixed orders with the Metropolis rule run in circles on the 4 × 4 torus at every temperature;
  /// a random order and the heat bath leave them.
  @Test func metropolisInAFixedOrderIsTrapped() throws {
    let machine = try torus(side: 4) { _ in 1 }
    let circle = try #require(self.circle(machine))
    func states(_ rule: UpdateRule, _ scan: ScanOrder) -> Set<UInt64> {
      let sampler = ChainSampler(machine, temperature: 5, rule: rule, scan: scan)
      let record = sampler.run(
        chains: 1, schedule: Schedule(sweeps: 400), from: .given(circle[0]),
        counting: [Statistic { Int($0.index) }], stream: stream)
      return Set(record.frequencies[0].cells.map { UInt64($0.value) })
    }
    #expect(states(.metropolis, .sequential) == Set(circle.map(\.index)))
    #expect(states(.metropolis, .shuffled).count > 100)
    #expect(states(.metropolis, .withReplacement).count > 100)
    #expect(states(.heatBath, .sequential).count > 100)
  }

  /// Some states that follow each other when units are updated in ascending order and every update
  /// is a flip that does not raise the energy.
  private func circle(_ machine: BoltzmannMachine) -> [BitVector]? {
    func next(_ state: BitVector) -> BitVector? {
      var state = state
      for unit in 0..<16 {
        let gap = machine.energyGap(of: unit, in: state)
        if (state[unit] ? gap : -gap) > 0 { return nil }
        state[unit].toggle()
      }
      return state
    }
    for first in allStates(16) {
      var seen = [first]
      while let state = next(seen[seen.count - 1]) {
        if state == first { return seen }
        if seen.contains(state) { break }
        seen.append(state)
      }
    }
    return nil
  }
}
