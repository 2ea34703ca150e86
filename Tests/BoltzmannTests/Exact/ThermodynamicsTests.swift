import Boltzmann
import Foundation
import Testing

struct ThermodynamicsTests {
  /// Slide 35 from 40-digit arithmetic: T, F, U, S, C.
  @Test(arguments: [
    [0.05, -2.05493061453646317, -1.99999999793884636, 1.0986123319523362, 8.24461465968840903e-7],
    [1, -3.68109657652530658, -1.31321347589664207, 2.36788310062866451, 0.724239819611803537],
    [2.5, -7.59007535779430924, -0.82403496578277404, 2.70641615680461408, 0.136108418946158179],
    [
      100, -277.762628458196785, -0.507518686718223249, 2.77255109771478562, 7.53730937238643739e-5,
    ],
  ])
  func slide35(row: [Double]) throws {
    let at = try Thermodynamics(EnergyTable(BoltzmannTests.slide35()), temperature: row[0])
    let computed = [at.freeEnergy, at.meanEnergy, at.entropy, at.heatCapacity]
    for (value, expected) in zip(computed, row.dropFirst()) {
      #expect(isClose(value, expected, relative: 1e-14))
    }
  }

  /// T → 0: the three ground states. T → ∞: all sixteen.
  @Test func limits() throws {
    let table = try EnergyTable(BoltzmannTests.slide35())
    let cold = Thermodynamics(table, temperature: 1e-3)
    #expect(cold.meanEnergy == -2 && cold.heatCapacity == 0)
    #expect(isClose(cold.entropy, log(3), relative: 1e-15))
    #expect(isClose(Thermodynamics(table, temperature: 1e9).entropy, 4 * log(2), relative: 1e-15))
  }

  @Test(arguments: [0.2, 1, 7])
  func identitiesHoldOnRandomMachines(temperature: Double) throws {
    let machine = try randomMachine(unitCount: 12, seed: 3)
    let table = try EnergyTable(machine)
    let at = Thermodynamics(table, temperature: temperature)
    let exact = ExactDistribution(table, temperature: temperature)
    #expect(isClose(at.freeEnergy, at.meanEnergy - temperature * at.entropy, relative: 1e-13))
    #expect(isClose(at.freeEnergy, -temperature * exact.logZ, relative: 1e-14))
    #expect(isClose(at.meanEnergy, exact.meanEnergy, relative: 1e-13))
    let entropy = exact.probabilities.reduce(0) { $1 > 0 ? $0 - $1 * log($1) : $0 }
    #expect(isClose(at.entropy, entropy, relative: 1e-12))
    let step = temperature * 1e-4
    let (above, below) = (
      Thermodynamics(table, temperature: temperature + step),
      Thermodynamics(table, temperature: temperature - step)
    )
    let slope = (above.meanEnergy - below.meanEnergy) / (2 * step)
    #expect(isClose(at.heatCapacity, slope, relative: 1e-6))
  }
}
