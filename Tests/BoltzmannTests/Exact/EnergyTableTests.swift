import Boltzmann
import Testing

struct EnergyTableTests {
  /// Doubling unit by unit against the energy of each state computed directly.
  @Test(arguments: [0, 1, 9, 10, 11, 14], [Clamp(), [0: true], [0: true, 7: false, 8: true]])
  func energiesAreThoseOfTheStates(unitCount: Int, clamp: Clamp) throws {
    guard clamp.units.allSatisfy({ $0 < unitCount }) else { return }
    let machine = try randomMachine(unitCount: unitCount, weightScale: 4, seed: 12)
    let table = try EnergyTable(machine, clamp: clamp)
    #expect(table.count == 1 << (unitCount - clamp.units.count))
    for index in 0..<table.count {
      let state = table.state(at: index)
      #expect(clamp.holds(in: state))
      #expect(table.index(of: state) == index)
      #expect(abs(table.energies[index] - machine.energy(of: state)) < 1e-12)
    }
  }

  @Test func aStateThatBreaksTheClampHasNoNumber() throws {
    let table = try EnergyTable(slide35(), clamp: [1: true])
    #expect(table.index(of: BitVector(zeros: 4)) == nil)
    #expect(table.freeUnits == [0, 2, 3])
  }
}
