import Boltzmann
import Testing

struct IsingModelTests {
  /// Two spins by hand: J = 2, fields 0.5 and −1, constant 3.
  @Test func energiesByHand() throws {
    let model = try IsingModel(
      couplings: Couplings(matrix: [[0, 2], [2, 0]]), fields: [0.5, -1], constant: 3)
    let energies = [[false, false], [true, false], [false, true], [true, true]].map {
      model.energy(of: BitVector($0))
    }
    #expect(energies == [0.5, 3.5, 6.5, 1.5])
  }

  @Test(arguments: [1, 2, 3] as [UInt64])
  func machineAndModelHaveTheSameEnergies(seed: UInt64) throws {
    let machine = try randomMachine(unitCount: 7, density: 0.6, seed: seed)
    let model = IsingModel(machine)
    let (back, constant) = try model.boltzmannMachine()
    for state in allStates(7) {
      let energy = machine.energy(of: state)
      #expect(abs(model.energy(of: state) - energy) < 1e-13)
      #expect(abs(back.energy(of: state) + constant - energy) < 1e-13)
    }
  }

  /// Dyadic parameters come back to the bit.
  @Test func conversionIsExact() throws {
    let machine = try slide35()
    let (back, constant) = try IsingModel(machine).boltzmannMachine()
    #expect(back.couplings == machine.couplings)
    #expect(back.biases == machine.biases)
    #expect(constant == 0)
  }

  @Test func aLoneConstantSurvives() throws {
    let model = try IsingModel(
      couplings: Couplings(unitCount: 2, edges: []), fields: [1, 0], constant: 5)
    let (machine, constant) = try model.boltzmannMachine()
    #expect(machine.biases == [2, 0])
    #expect(constant == 6)
  }
}
