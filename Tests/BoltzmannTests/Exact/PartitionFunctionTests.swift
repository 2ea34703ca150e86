import Boltzmann
import Foundation
import Testing

struct PartitionFunctionTests {
  /// A table and a streamed sum have the same blocks and the same tree.
  @Test(arguments: [0, 3, 10, 14])
  func streamingGivesTheBitsOfTheTable(unitCount: Int) throws {
    let machine = try randomMachine(unitCount: unitCount, weightScale: 3, seed: 5)
    let table = try ExactDistribution(machine, temperature: 0.7).logZ
    #expect(try machine.logPartitionFunction(temperature: 0.7) == table)
    #expect(try machine.logPartitionFunction(temperature: 0.7, threads: 2) == table)
  }

  /// Independent units: ln Z = Σ ln(1 + exp(b/T)), clamped ones contributing b/T.
  @Test func independentUnitsBeyondTheTable() throws {
    let biases = (0..<24).map { Double($0 - 10) * 3.7 }
    let machine = try BoltzmannMachine(unitCount: 24, edges: [], biases: biases)
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
}
