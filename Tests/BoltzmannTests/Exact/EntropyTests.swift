import Boltzmann
import Foundation
import Testing

struct EntropyTests {
  @Test func byHand() {
    #expect(entropy([0.5, 0.5]) == log(2))
    #expect(entropy([0, 1, 0]) == 0)
    #expect(isClose(entropy([0.25, 0.75]), 2 * log(2) - 0.75 * log(3), relative: 1e-15))
  }

  /// Same mean energy, less entropy, and by exactly KL less.
  @Test(arguments: [0.2, 1, 30])
  func rivalsHaveTheMeanEnergyAndLessEntropy(temperature: Double) throws {
    let exact = try ExactDistribution(
      randomMachine(unitCount: 6, seed: 3), temperature: temperature)
    let stream = RandomStream(seed: 1, name: "rivals")
    for number in 0..<5 {
      let rival = exact.rival(
        weights: exact.probabilities.indices.map {
          exponential(stream.normal(.weights, step: 0, chain: number, unit: $0))
        })
      let mean = zip(rival, exact.table.energies).reduce(0) { $0 + $1.0 * $1.1 }
      #expect(isClose(mean, exact.meanEnergy, relative: 1e-12))
      let divergence = kullbackLeiblerDivergence(rival, from: exact.probabilities)
      let difference = entropy(exact.probabilities) - entropy(rival)
      #expect(difference > 0)
      #expect(abs(difference - divergence) < 1e-11)
    }
  }

  /// Where only ground states are left, several of them, the rival shares out the same energy.
  @Test func rivalsOfTheColdAreOnTheGroundStates() throws {
    let edges = (0..<5).flatMap { i in (0..<i).map { Couplings.Edge(i, $0, -100) } }
    let machine = try BoltzmannMachine(
      unitCount: 5, edges: edges, biases: Array(repeating: 3.3, count: 5))
    let exact = try ExactDistribution(machine, temperature: 0.02)
    let weights = (0..<32).map { 1 + Double($0) }
    let rival = exact.rival(weights: weights)
    let ground = exact.probabilities.indices.filter { exact.probabilities[$0] > 0.1 }
    #expect(ground.count == 5)
    let total = ground.reduce(0) { $0 + weights[$1] }
    for state in ground { #expect(abs(rival[state] - weights[state] / total) < 1e-12) }
  }

  /// Equal weights give the Boltzmann distribution back; equal energies leave the weights.
  @Test func tiltsThatAreKnown() throws {
    let exact = try ExactDistribution(randomMachine(unitCount: 5, seed: 3), temperature: 2)
    let same = exact.rival(weights: Array(repeating: 3, count: 32))
    #expect(totalVariationDistance(same, exact.probabilities) < 1e-13)
    let flat = try ExactDistribution(BoltzmannMachine(unitCount: 1, edges: []))
    #expect(flat.rival(weights: [1, 3]) == [0.25, 0.75])
  }
}
