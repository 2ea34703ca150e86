import Foundation
import Testing

@testable import Boltzmann

struct PartitionFunctionTests {
  /// Against the compensated sum of all exponentials; 14 units are more than one block.
  @Test(arguments: [0, 1, 2, 3, 4, 5, 10, 14], [0.4, 1, 7])
  func agreesWithTheDirectSum(unitCount: Int, temperature: Double) throws {
    let machine = try randomMachine(unitCount: unitCount, weightScale: 2, seed: 5)
    let energies = try EnergyTable(machine).energies
    let lowest = try #require(energies.min())
    var sum = CompensatedSum()
    for energy in energies { sum.add(exponential((lowest - energy) / temperature)) }
    let logZ = try machine.logPartitionFunction(temperature: temperature)
    let expected = naturalLogarithm(sum.value) - lowest / temperature
    #expect(abs(logZ - expected) < 1e-13 * max(10, abs(expected)))
  }

  @Test(arguments: [0, 3, 13, 26])
  func neitherThreadsNorKernelsMatter(unitCount: Int) throws {
    let machine = try randomMachine(unitCount: unitCount, weightScale: 0.5, seed: 5)
    for temperature in unitCount < 20 ? [0.7, 1e-3] : [0.7] {
      let expected = try machine.logPartitionFunction(temperature: temperature)
      let threads = try machine.logPartitionFunction(temperature: temperature, threads: 2)
      #expect(threads == expected)
      for name in ["reference", "avx2", "avx512", "neon"] where unitCount < 20 {
        guard let kernels = try? Kernels(named: name) else { continue }
        let logZ = try machine.logPartitionFunction(temperature: temperature, kernels: kernels)
        #expect(logZ == expected)
      }
    }
  }

  /// Z = Z(s_i = 0) + Z(s_i = 1), for units inside and outside of the split; 26 and 25 units.
  @Test(arguments: [0, 9, 17, 24, 25])
  func aUnitIsOffOrOn(unit: Int) throws {
    let machine = try randomMachine(unitCount: 26, weightScale: 0.7, seed: 8)
    let logZ = try machine.logPartitionFunction(threads: 2)
    let (off, on) = (
      try machine.logPartitionFunction(clamp: [unit: false], threads: 2),
      try machine.logPartitionFunction(clamp: [unit: true], threads: 2)
    )
    #expect(abs(exp(off - logZ) + exp(on - logZ) - 1) < 1e-12)
  }

  /// Independent units: ln Z = Σ ln(1 + exp(b/T)), clamped ones contributing b/T.
  @Test func independentUnitsBeyondTheTable() throws {
    let biases = (0..<29).map { Double($0 - 10) * 3.7 }
    let machine = try BoltzmannMachine(unitCount: 29, edges: [], biases: biases)
    let clamp: Clamp = [1: true, 20: true, 4: false, 5: false]
    let expected = biases.indices.reduce(0.0) { sum, unit in
      let x = biases[unit] / 2
      return switch clamp[unit] {
      case true?: sum + x
      case false?: sum
      case nil: sum + max(x, 0) + log1p(exp(-abs(x)))
      }
    }
    let logZ = try machine.logPartitionFunction(temperature: 2, clamp: clamp, threads: 2)
    #expect(isClose(logZ, expected, relative: 1e-13))
  }

  /// Weights that overflow exp by far.
  @Test func largeEnergiesDoNotOverflow() throws {
    let machine = try BoltzmannMachine(
      unitCount: 12, edges: [], biases: Array(repeating: 1e5, count: 12))
    #expect(try machine.logPartitionFunction() == 1.2e6)
    #expect(try ExactDistribution(machine).probabilities[4095] == 1)
    #expect(
      isClose(try machine.logPartitionFunction(temperature: 1e9), 12 * log(2), relative: 1e-4))
  }

  /// The parts' best states contradict each other so strongly that no product of factors is left:
  /// without the sum over exponentials, ln Z would be −∞ or wrong.
  @Test(arguments: [1e-3, 1e-2, 0.05, 1e-290])
  func frustrationIsSummedDirectly(temperature: Double) throws {
    let machine = try randomMachine(unitCount: 13, weightScale: 3, seed: 17)
    let exact = try ExactDistribution(machine, temperature: temperature)
    let logZ = try machine.logPartitionFunction(temperature: temperature)
    #expect(isClose(logZ, exact.logZ, relative: 1e-14))
    let moments = try machine.exactMoments(temperature: temperature)
    for unit in 0..<13 {
      #expect(abs(moments.means[unit] - exact.marginal(over: [unit])[1]) < 1e-12)
    }
    let split = SplitMachine(
      machine, temperature: temperature, clamp: Clamp(), kernels: .standard
    ).total(outer: 0)
    if temperature < 0.005 { #expect(!(split.values[0] > SplitMachine.lost)) }
  }

  @Test func moreUnitsThanTheLimitAreRefused() throws {
    let machine = try BoltzmannMachine(unitCount: 38, edges: [])
    let error = try #require(throws: EnumerationLimit.self) {
      try machine.exactMoments(clamp: [3: true])
    }
    #expect(error.freeUnitCount == 37 && error.largestFreeUnitCount == 36)
  }
}
