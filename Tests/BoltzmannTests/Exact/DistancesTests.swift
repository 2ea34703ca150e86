import Boltzmann
import Foundation
import Testing

struct DistancesTests {
  @Test func byHand() {
    let (p, q) = ([0.5, 0.5, 0], [0.25, 0.5, 0.25])
    #expect(totalVariationDistance(p, q) == 0.25)
    #expect(isClose(kullbackLeiblerDivergence(p, from: q), 0.5 * log(2), relative: 1e-15))
    #expect(kullbackLeiblerDivergence(q, from: p) == .infinity)
  }

  @Test func aDistributionIsAtNoDistanceFromItself() {
    let p = [0.1, 0.2, 0.7]
    #expect(totalVariationDistance(p, p) == 0)
    #expect(kullbackLeiblerDivergence(p, from: p) == 0)
  }
}

struct ExactDistancesTests {
  /// KL by hand: q is one unit at p = σ(b'), p one at σ(b).
  @Test func oneUnit() throws {
    let p = try ExactDistribution(BoltzmannMachine(unitCount: 1, edges: [], biases: [0.7]))
    let q = try ExactDistribution(BoltzmannMachine(unitCount: 1, edges: [], biases: [-3]))
    let (on, other) = (logistic(0.7), logistic(-3))
    #expect(isClose(p.totalVariationDistance(to: q), on - other, relative: 1e-14))
    let divergence = on * log(on / other) + (1 - on) * log((1 - on) / (1 - other))
    #expect(isClose(p.kullbackLeiblerDivergence(from: q), divergence, relative: 1e-13))
    #expect(p.kullbackLeiblerDivergence(from: p) == 0)
  }

  /// KL(p ‖ q) of two temperatures T and T′ is (⟨E⟩/T′ + ln Z′) − (⟨E⟩/T + ln Z),
  /// also where the colder one underflows.
  @Test(arguments: [0.01, 0.5, 3])
  func betweenTemperatures(other: Double) throws {
    let table = try EnergyTable(randomMachine(unitCount: 9, weightScale: 3, seed: 2))
    let (p, q) = (
      ExactDistribution(table, temperature: 1), ExactDistribution(table, temperature: other)
    )
    let expected = (p.meanEnergy / other + q.logZ) - (p.meanEnergy + p.logZ)
    #expect(isClose(p.kullbackLeiblerDivergence(from: q), expected, relative: 1e-11))
    #expect(q.probabilities.contains(0) == (other == 0.01))
    let plain = totalVariationDistance(p.probabilities, q.probabilities)
    #expect(p.totalVariationDistance(to: q) == plain)
  }

  /// Any distribution with the mean energy of p has S(q) + KL(q ‖ p) = S(p), also where p underflows.
  @Test(arguments: [0.01, 0.5, 3])
  func fromRivals(temperature: Double) throws {
    let table = try EnergyTable(randomMachine(unitCount: 6, weightScale: 3, seed: 2))
    let p = ExactDistribution(table, temperature: temperature)
    let rival = p.rival(weights: (1...64).map(Double.init))
    let divergence = p.kullbackLeiblerDivergence(of: rival)
    #expect(p.probabilities.contains(0) == (temperature == 0.01))
    #expect(abs(entropy(rival) + divergence - entropy(p.probabilities)) < 1e-9)
    #expect(p.kullbackLeiblerDivergence(of: p.probabilities) < 1e-14)
    let plain = kullbackLeiblerDivergence(rival, from: p.probabilities)
    if temperature > 0.1 { #expect(isClose(divergence, plain, relative: 1e-9)) }
  }

  /// A conditional of the free machine is a marginal of the clamped one.
  @Test func conditionals() throws {
    let machine = try randomMachine(unitCount: 8, seed: 4)
    let free = try ExactDistribution(machine)
    let given: Clamp = [1: true, 6: false]
    let clamped = try ExactDistribution(machine, clamp: given).marginal(over: [7, 0])
    let conditional = try #require(free.conditional(over: [7, 0], given: given))
    for (one, two) in zip(conditional, clamped) { #expect(isClose(one, two, relative: 1e-12)) }
    let contradiction = try ExactDistribution(machine, clamp: [1: false])
    #expect(contradiction.conditional(over: [0], given: given) == nil)
  }

  /// A restricted machine as a machine of all its units: p(v) = exp(−F(v))/Z.
  @Test func restrictedMachines() throws {
    let rbm = RestrictedBoltzmannMachine(
      visibleCount: 6, hiddenCount: 4, weights: .normal(mean: 0, standardDeviation: 1),
      visibleBiases: .normal(mean: 0, standardDeviation: 1),
      hiddenBiases: .normal(mean: 0, standardDeviation: 1),
      stream: RandomStream(seed: 5, name: "rbm"))
    let machine = try BoltzmannMachine(rbm)
    #expect(machine.visibleCount == 6 && machine.unitCount == 10)
    let exact = try ExactDistribution(machine)
    let logZ = try rbm.logPartitionFunction()
    #expect(isClose(exact.logZ, logZ, relative: 1e-13))
    let visible = exact.marginal(over: Array(0..<6))
    for (index, state) in allStates(6).enumerated() {
      #expect(isClose(visible[index], exp(-rbm.freeEnergy(state) - logZ), relative: 1e-11))
    }
  }
}
