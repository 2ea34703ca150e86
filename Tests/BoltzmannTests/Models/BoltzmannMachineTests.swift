import Boltzmann
import Testing

struct BoltzmannMachineTests {
  @Test func energiesOfSlide35() throws {
    let machine = try slide35()
    let energies = allStates(4).map { machine.energy(of: $0) }
    // Numbered with v1 in the lowest bit.
    #expect(energies == [0, 0, 0, 0, 0, -2, 0, -2, 0, 0, -1, -1, 1, -1, 0, -2])
    #expect(energies[0].sign == .plus)
  }

  @Test func energyIsItsDefinition() throws {
    let machine = try randomMachine(unitCount: 9, seed: 1)
    for state in allStates(9) {
      var energy = 0.0
      for edge in machine.edges where state[edge.first] && state[edge.second] {
        energy -= edge.weight
      }
      for unit in 0..<9 where state[unit] { energy -= machine.biases[unit] }
      #expect(abs(machine.energy(of: state) - energy) < 1e-13)
    }
  }

  @Test func gapIsOffMinusOn() throws {
    let machine = try randomMachine(unitCount: 8, density: 0.5, seed: 2)
    for state in allStates(8) {
      for unit in 0..<8 {
        var (on, off) = (state, state)
        (on[unit], off[unit]) = (true, false)
        let gap = machine.energy(of: off) - machine.energy(of: on)
        #expect(abs(machine.energyGap(of: unit, in: state) - gap) < 1e-13)
      }
    }
  }

  @Test func scalingScalesEnergies() throws {
    let (machine, scaled) = (try slide35(), try slide35(scaledBy: 0.3))
    for state in allStates(4) {
      #expect(isClose(scaled.energy(of: state), 0.3 * machine.energy(of: state), relative: 1e-15))
    }
    #expect(scaled.visibleCount == 2)
    #expect(throws: ModelError.energyOverflow) { try machine.scaled(by: 1e308) }
    #expect(throws: ModelError.self) { try machine.scaled(by: .nan) }
  }

  @Test func wrongParametersAreNamed() throws {
    let couplings = try Couplings(matrix: [[0, 1], [1, 0]])
    #expect(throws: ModelError.biasCount(1, unitCount: 2)) {
      try BoltzmannMachine(couplings: couplings, biases: [1])
    }
    #expect(throws: ModelError.biasNotFinite(1, .infinity)) {
      try BoltzmannMachine(couplings: couplings, biases: [1, .infinity])
    }
    #expect(throws: ModelError.visibleCount(3, unitCount: 2)) {
      try BoltzmannMachine(couplings: couplings, visibleCount: 3)
    }
    #expect(throws: ModelError.energyOverflow) {
      try BoltzmannMachine(couplings: couplings, biases: [1e308, 1e308])
    }
    #expect(
      "\(ModelError.notSymmetric(0, 2, 5, 4))"
        == "Entry (0, 2) of the weight matrix is 5.0, but entry (2, 0) is 4.0.")
  }
}
