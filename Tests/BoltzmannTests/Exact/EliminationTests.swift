import Foundation
import Testing

@testable import Boltzmann

struct EliminationTests {
  @Test func slide35() throws {
    let elimination = try Elimination(BoltzmannTests.slide35())
    #expect(abs(elimination.logPartitionFunction() - 3.6810965766) < 1e-10)
    let at = elimination.thermodynamics(temperature: 1)
    #expect(abs(at.freeEnergy + 3.68109658) < 1e-8 && abs(at.meanEnergy + 1.31321348) < 1e-8)
    #expect(abs(at.entropy - 2.36788310) < 1e-8 && abs(at.heatCapacity - 0.72423982) < 1e-8)
  }

  /// Against the sums over all states, dense and sparse, cold and hot.
  @Test(arguments: [0, 1, 2, 5, 12, 14], [0.02, 0.4, 1, 30])
  func agreesWithEnumeration(unitCount: Int, temperature: Double) throws {
    for density in [0.3, 1] {
      try agreeWithEnumeration(
        randomMachine(
          unitCount: unitCount, weightScale: 2, density: density, seed: UInt64(unitCount)),
        temperature)
    }
  }

  private func agreeWithEnumeration(_ machine: BoltzmannMachine, _ temperature: Double) throws {
    let table = try EnergyTable(machine)
    let expected = Thermodynamics(table, temperature: temperature)
    let elimination = try Elimination(machine)
    let logZ = elimination.logPartitionFunction(temperature: temperature)
    let exact = ExactDistribution(table, temperature: temperature)
    #expect(abs(logZ - exact.logZ) <= 1e-13 * max(1, abs(logZ)))
    let at = elimination.thermodynamics(temperature: temperature)
    // Where F is nearly 0, the sum over all states rounds it at the size of T.
    #expect(
      abs(at.freeEnergy - expected.freeEnergy)
        <= 1e-13 * max(abs(expected.freeEnergy), temperature))
    #expect(isClose(at.meanEnergy, expected.meanEnergy, relative: 1e-12))
    #expect(abs(at.entropy - expected.entropy) <= 1e-12 * max(expected.entropy, 1e-3))
    #expect(isClose(at.heatCapacity, expected.heatCapacity, relative: 1e-11))
    #expect(
      abs(at.freeEnergy - (at.meanEnergy - temperature * at.entropy))
        <= 1e-13 * max(abs(at.freeEnergy), temperature * at.entropy))
  }

  @Test func unitsAreHeld() throws {
    let machine = try randomMachine(unitCount: 14, density: 0.4, seed: 6)
    let clamp: Clamp = [0: true, 5: false, 13: true]
    let elimination = try Elimination(machine, clamp: clamp)
    let expected = try ExactDistribution(machine, temperature: 0.7, clamp: clamp)
    #expect(
      isClose(
        elimination.logPartitionFunction(temperature: 0.7), expected.logZ, relative: 1e-14))
    let all = try Elimination(machine, clamp: Clamp((0..<14).reduce(into: [:]) { $0[$1] = true }))
    #expect(
      all.logPartitionFunction(temperature: 0.5)
        == -machine.energy(of: BitVector(ones: 14)) / 0.5)
  }

  /// Two layers: the larger one is summed out unit by unit.
  @Test func restrictedMachines() throws {
    let rbm = RestrictedBoltzmannMachine(
      visibleCount: 40, hiddenCount: 7, weights: .normal(mean: 0, standardDeviation: 0.7),
      visibleBiases: .normal(mean: 0, standardDeviation: 1),
      hiddenBiases: .normal(mean: 0, standardDeviation: 1),
      stream: RandomStream(seed: 2, name: "rbm"))
    let elimination = try Elimination(BoltzmannMachine(rbm))
    #expect(elimination.order.width == 7)
    let expected = try rbm.logPartitionFunction()
    #expect(isClose(elimination.logPartitionFunction(), expected, relative: 1e-14))
  }

  /// ln Z of the ring of n units ±1: ln((2 cosh K)ⁿ + (2 sinh K)ⁿ).
  @Test(arguments: [3, 64, 1000])
  func theRing(n: Int) throws {
    let edges = (0..<n).map { Couplings.Edge($0, ($0 + 1) % n, 1) }
    let ring = try IsingModel(
      couplings: Couplings(unitCount: n, edges: edges)
    ).boltzmannMachine()
    let logZ = try Elimination(ring.machine).logPartitionFunction(temperature: 0.8)
    let k = 1 / 0.8
    let expected = Double(n) * log(2 * cosh(k)) + log1p(pow(tanh(k), Double(n)))
    #expect(isClose(logZ - ring.constant / 0.8, expected, relative: 1e-13))
  }

  /// 8 × 8 at the critical temperature, twice: by elimination and in closed form.
  @Test func theTorusAgreesWithKaufman() throws {
    let lattice = IsingSquareLattice()
    let temperature = lattice.criticalTemperature
    let (machine, constant) = try squareLattice(rows: 8, columns: 8)
    let elimination = try Elimination(machine)
    let logZ = elimination.logPartitionFunction(temperature: temperature, threads: 2)
    let closed = lattice.logPartitionFunction(rows: 8, columns: 8, temperature: temperature)
    #expect(isClose(logZ - constant / temperature, closed, relative: 1e-14))
  }

  @Test func derivativesOfTheTorusAgreeWithKaufman() throws {
    let lattice = IsingSquareLattice(coupling: 0.7)
    let (machine, constant) = try squareLattice(rows: 5, columns: 4, coupling: 0.7)
    let elimination = try Elimination(machine)
    for temperature in [0.4, lattice.criticalTemperature, 5] {
      let at = elimination.thermodynamics(temperature: temperature)
      let closed = lattice.thermodynamics(rows: 5, columns: 4, temperature: temperature)
      #expect(isClose(at.freeEnergy + constant, closed.freeEnergy, relative: 1e-13))
      #expect(isClose(at.meanEnergy + constant, closed.meanEnergy, relative: 1e-12))
      #expect(isClose(at.entropy, closed.entropy, relative: 1e-12))
      #expect(isClose(at.heatCapacity, closed.heatCapacity, relative: 1e-11))
    }
  }

  @Test func threadsDoNotMatter() throws {
    let elimination = try Elimination(randomMachine(unitCount: 14, seed: 3))
    let one = elimination.thermodynamics(temperature: 0.9)
    #expect(elimination.thermodynamics(temperature: 0.9, threads: 2) == one)
  }

  /// No energy over temperature is too large, and the ground states are counted.
  @Test func theLimitOfNoTemperature() throws {
    let (machine, constant) = try squareLattice(rows: 6, columns: 3, isTorus: false)
    let at = try Elimination(machine).thermodynamics(temperature: 1e-300)
    #expect(at.meanEnergy + constant == -27 && at.heatCapacity == 0)
    #expect(isClose(at.entropy, log(2), relative: 1e-14))
  }

  @Test func groundStates() throws {
    for seed in 0..<10 as Range<UInt64> {
      let machine = try randomMachine(unitCount: 13, density: 0.5, seed: seed)
      let state = try Elimination(machine).groundState()
      let best = try #require(try EnergyTable(machine).energies.min())
      #expect(isClose(machine.energy(of: state), best, relative: 1e-14))
    }
    let machine = try randomMachine(unitCount: 8, seed: 1)
    let held = try Elimination(machine, clamp: [2: true]).groundState()
    let exact = try ExactDistribution(machine, clamp: [2: true])
    #expect(held == exact.mostProbableStates(1)[0])
  }
}
