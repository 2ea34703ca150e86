import Boltzmann
import Testing

struct PseudoLikelihoodTests {
  private func rbm(_ visible: Int, _ hidden: Int, scale: Double = 1) -> RestrictedBoltzmannMachine {
    let normal = ParameterDistribution.normal(mean: 0, standardDeviation: scale)
    return RestrictedBoltzmannMachine(
      visibleCount: visible, hiddenCount: hidden, weights: normal, visibleBiases: normal,
      hiddenBiases: normal, stream: RandomStream(key: 17))
  }

  /// Against conditionals from the exact distribution, at two temperatures.
  @Test(arguments: [1, 0.4])
  func machinesAgreeWithTheirConditionals(temperature: Double) throws {
    let machine = try randomMachine(unitCount: 7, density: 0.7, seed: 5)
    let exact = try ExactDistribution(machine, temperature: temperature)
    let states = allStates(7)
    let found = machine.logPseudoLikelihoods(
      of: BitMatrix(rows: states), temperature: temperature, threads: 3)
    for (state, value) in zip(states, found) {
      var sum = 0.0
      for unit in 0..<7 {
        var flipped = state
        flipped[unit].toggle()
        let p = exact.probability(of: state)
        sum += naturalLogarithm(p / (p + exact.probability(of: flipped)))
      }
      #expect(abs(value - sum) < 1e-12)
    }
    let alone = machine.logPseudoLikelihoods(
      of: BitMatrix(rows: [states[19]]), temperature: temperature)
    #expect(alone == [found[19]])
  }

  /// Against free energies, weights up to such sizes that their exponentials are out of range.
  @Test(arguments: [(5, 4, 1.0), (9, 17, 3.0), (4, 8, 40.0), (4, 9, 400.0)])
  func restrictedMachinesAgreeWithTheirFreeEnergies(shape: (Int, Int, Double)) {
    let machine = rbm(shape.0, shape.1, scale: shape.2)
    let states = allStates(shape.0)
    let found = machine.logPseudoLikelihoods(of: BitMatrix(rows: states), threads: 2)
    for (state, value) in zip(states, found) {
      var sum = 0.0
      for unit in 0..<shape.0 {
        var flipped = state
        flipped[unit].toggle()
        sum -= softplus(machine.freeEnergy(state) - machine.freeEnergy(flipped))
      }
      #expect(abs(value - sum) < 1e-11 * max(1, abs(sum)))
    }
  }

  /// One unit for each sample, drawn uniformly: the same mean, within the error.
  @Test func oneUnitHasTheMeanOfAll() throws {
    let machine = try randomMachine(unitCount: 10, seed: 2)
    let stream = RandomStream(seed: 4, name: "pseudo")
    let restricted = rbm(10, 6)
    for (all, single) in [
      (
        machine.logPseudoLikelihoods(of: many(10)),
        machine.stochasticLogPseudoLikelihoods(of: many(10), stream: stream)
      ),
      (
        restricted.logPseudoLikelihoods(of: many(10)),
        restricted.stochasticLogPseudoLikelihoods(of: many(10), stream: stream, threads: 2)
      ),
    ] {
      let differences = MonteCarloEstimate(chainMeans: zip(all, single).map { $0 - $1 })
      let error = try #require(differences.standardError)
      #expect(abs(differences.mean) < 4 * error)
      #expect(error > 0 && error < 0.5)
    }
  }

  /// Exact samples are explained best by the machine that they came from.
  @Test func theTrueWeightsWin() throws {
    let machine = try randomMachine(unitCount: 8, seed: 9)
    let sampler = ExactSampler(try ExactDistribution(machine))
    let stream = RandomStream(seed: 1, name: "exact")
    let samples = BitMatrix(rows: (0..<1500).map { sampler.state(chain: $0, stream: stream) })
    func mean(_ factor: Double) throws -> Double {
      try machine.scaled(by: factor).logPseudoLikelihoods(of: samples).reduce(0, +) / 1500
    }
    #expect(try mean(1) > mean(0.7) && mean(1) > mean(1.4))
  }

  @Test func noSamplesGiveNothing() throws {
    let none = BitMatrix(rows: 0, columns: 4)
    #expect(try slide35().logPseudoLikelihoods(of: none).isEmpty)
    #expect(rbm(4, 2).logPseudoLikelihoods(of: none).isEmpty)
  }

  private func many(_ units: Int) -> BitMatrix {
    let stream = RandomStream(seed: 8, name: "states")
    return BitMatrix(rows: 1500, columns: units) { row, unit in
      stream.bernoulli(0.5, .data, step: 0, chain: row, unit: unit)
    }
  }
}
