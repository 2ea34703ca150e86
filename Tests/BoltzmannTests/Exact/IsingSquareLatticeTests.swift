import Foundation
import Testing

@testable import Boltzmann

struct IsingSquareLatticeTests {
  private let lattice = IsingSquareLattice()

  @Test func theCriticalPoint() {
    let critical = lattice.criticalTemperature
    #expect(abs(critical - 2.269185314213) < 5e-13)
    let at = lattice.thermodynamicsPerUnit(temperature: critical)
    #expect(isClose(at.meanEnergy, -(2.0.squareRoot()), relative: 1e-14))
    // ln Z per unit = ½ ln 2 + 2G/π with Catalan's constant G.
    let expected = log(2) / 2 + 2 * 0.915965594177219015 / Double.pi
    #expect(isClose(-at.freeEnergy / critical, expected, relative: 1e-14))
    #expect(isClose(at.freeEnergy, at.meanEnergy - critical * at.entropy, relative: 1e-14))
    #expect(at.heatCapacity > 15)
    let twice = IsingSquareLattice(coupling: 2)
    #expect(isClose(twice.criticalTemperature, 2 * critical, relative: 1e-15))
  }

  /// U = F − T dF/dT and C = dU/dT by five-point differences, on both sides of T_c.
  @Test(arguments: [0.5, 1.2, 2, 2.26, 2.28, 3, 10])
  func derivativesOfTheInfiniteLattice(temperature: Double) {
    let lattice = IsingSquareLattice(coupling: 1.3)
    let t = 1.3 * temperature
    let h = 1e-4 * min(t, 10 * abs(t - lattice.criticalTemperature))
    func slope(_ f: (Thermodynamics) -> Double) -> Double {
      func at(_ steps: Double) -> Double {
        f(lattice.thermodynamicsPerUnit(temperature: t + steps * h))
      }
      return (at(-2) - 8 * at(-1) + 8 * at(1) - at(2)) / (12 * h)
    }
    let at = lattice.thermodynamicsPerUnit(temperature: t)
    #expect(abs(at.entropy + slope(\.freeEnergy)) < 1e-9)
    #expect(isClose(at.heatCapacity, slope(\.meanEnergy), relative: 1e-7))
  }

  @Test func limits() {
    let cold = lattice.thermodynamicsPerUnit(temperature: 0.02)
    #expect(isClose(cold.meanEnergy, -2, relative: 1e-15))
    #expect(isClose(cold.freeEnergy, -2, relative: 1e-15))
    let hot = lattice.thermodynamicsPerUnit(temperature: 1e6)
    #expect(isClose(hot.entropy, log(2), relative: 1e-11))
    #expect(lattice.spontaneousMagnetization(temperature: 0.02) == 1)
    #expect(lattice.spontaneousMagnetization(temperature: 2.3) == 0)
    let known = pow(1 - pow(sinh(2 / 2.0), -4), 0.125)
    #expect(
      isClose(lattice.spontaneousMagnetization(temperature: 2), known, relative: 1e-13))
  }

  /// Against all states; a side of two is not a simple lattice and is left out.
  @Test(arguments: [(3, 3), (3, 4), (4, 3), (4, 4), (3, 5)], [0.3, 1, 2.269185314213, 5])
  func smallTori(shape: (Int, Int), temperature: Double) throws {
    let (machine, constant) = try squareLattice(rows: shape.0, columns: shape.1)
    let table = try EnergyTable(machine)
    let expected = Thermodynamics(table, temperature: temperature)
    let at = lattice.thermodynamics(
      rows: shape.0, columns: shape.1, temperature: temperature)
    #expect(isClose(at.freeEnergy, expected.freeEnergy + constant, relative: 1e-13))
    #expect(isClose(at.meanEnergy, expected.meanEnergy + constant, relative: 1e-12))
    #expect(isClose(at.entropy, expected.entropy, relative: 1e-9))
    #expect(abs(at.heatCapacity - expected.heatCapacity) < 1e-11)
    let logZ = lattice.logPartitionFunction(
      rows: shape.0, columns: shape.1, temperature: temperature)
    #expect(isClose(logZ, -at.freeEnergy / temperature, relative: 1e-15))
  }

  /// The infinite lattice is the limit of tori, away from T_c exponentially fast.
  @Test(arguments: [1.5, 4])
  func largeToriApproachTheInfiniteLattice(temperature: Double) {
    let infinite = lattice.thermodynamicsPerUnit(temperature: temperature)
    let torus = lattice.thermodynamics(rows: 200, columns: 100, temperature: temperature)
    let degeneracy = temperature < 2 ? temperature * log(2) / 20_000 : 0
    #expect(
      isClose(torus.freeEnergy / 20_000 + degeneracy, infinite.freeEnergy, relative: 1e-13))
    #expect(isClose(torus.meanEnergy / 20_000, infinite.meanEnergy, relative: 1e-12))
    #expect(isClose(torus.heatCapacity / 20_000, infinite.heatCapacity, relative: 1e-9))
  }

  @Test func rowsAndColumnsAreAlike() {
    for temperature in [0.05, 0.8, lattice.criticalTemperature, 7] {
      let one = lattice.thermodynamics(rows: 5, columns: 16, temperature: temperature)
      let other = lattice.thermodynamics(rows: 16, columns: 5, temperature: temperature)
      #expect(isClose(one.freeEnergy, other.freeEnergy, relative: 1e-14))
      #expect(abs(one.heatCapacity - other.heatCapacity) < 1e-11)
    }
  }

  /// Two rows: the coupling between them counts twice.
  @Test func aSideOfTwo() throws {
    let ring = (0..<4).flatMap { column in
      [0, 4].map { Couplings.Edge($0 + column, $0 + (column + 1) % 4, 1) }
    }
    let rungs = (0..<4).map { Couplings.Edge($0, $0 + 4, 2) }
    let (machine, constant) = try IsingModel(
      couplings: Couplings(unitCount: 8, edges: ring + rungs)
    ).boltzmannMachine()
    let logZ = try machine.logPartitionFunction(temperature: 2) - constant / 2
    let closed = lattice.logPartitionFunction(rows: 2, columns: 4, temperature: 2)
    #expect(isClose(closed, logZ, relative: 1e-14))
  }
}
