import Testing

@testable import Boltzmann

@Suite struct HelmholtzGradientTests {
  private static let shapes = [[3, 2], [4, 3, 2], [2, 3, 1, 2]]
  private let step = 1e-3

  private func rows(_ count: Int) -> BitMatrix {
    BitMatrix(rows: allStates(count).filter { $0.index % 3 != 1 })
  }

  /// (8 (f(h) − f(−h)) − (f(2h) − f(−2h))) / 12h along every parameter of a layer.
  private func derivatives(
    _ layer: AffineLayer, _ value: (AffineLayer) throws -> Double
  ) rethrows -> [Double] {
    try (0..<layer.parameterCount).map { place in
      let values = try [1, -1, 2, -2].map { steps in
        var moved = layer
        if place < layer.weights.count {
          moved.weights[place] += steps * step
        } else {
          moved.biases[place - layer.weights.count] += steps * step
        }
        return try value(moved)
      }
      return (8 * (values[0] - values[1]) - (values[2] - values[3])) / (12 * step)
    }
  }

  private func expect(_ gradient: AffineLayer, _ differences: [Double]) {
    for (entry, difference) in zip(gradient.parameters, differences) {
      #expect(abs(entry - difference) < 1e-10 + 1e-8 * abs(difference))
    }
    #expect(differences.contains { abs($0) > 1e-3 })
  }

  private func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }

  @Test(arguments: shapes)
  func theGradientOfTheLikelihood(sizes: [Int]) throws {
    let machine = randomHelmholtzMachine(sizes, seed: 11)
    let data = rows(sizes[0])
    let gradient = try machine.logLikelihoodGradient(on: data, threads: 2)
    for (layer, connections) in machine.generative.enumerated() {
      expect(
        gradient.generative[layer],
        try derivatives(connections) { moved in
          var machine = machine
          machine.generative[layer] = moved
          return mean(try machine.logLikelihoods(of: data))
        })
    }
    #expect(gradient.recognition == machine.recognition.map(\.zeros))
  }

  @Test(arguments: shapes)
  func theGradientOfTheBound(sizes: [Int]) throws {
    let machine = randomHelmholtzMachine(sizes, seed: 12)
    let data = rows(sizes[0])
    let gradient = try machine.boundGradient(on: data, threads: 2)
    for (layer, connections) in machine.generative.enumerated() {
      expect(
        gradient.generative[layer],
        try derivatives(connections) { moved in
          var machine = machine
          machine.generative[layer] = moved
          return mean(try machine.bounds(of: data))
        })
    }
    for (layer, connections) in machine.recognition.enumerated() {
      expect(
        gradient.recognition[layer],
        try derivatives(connections) { moved in
          var machine = machine
          machine.recognition[layer] = moved
          return mean(try machine.bounds(of: data))
        })
    }
  }

  /// The sleep phase climbs Σ p(v, h) ln q(h | v), v and h being fantasies.
  @Test(arguments: shapes)
  func theStepOfTheSleepPhase(sizes: [Int]) throws {
    let machine = randomHelmholtzMachine(sizes, seed: 13)
    let gradient = try machine.expectedSleepStep(threads: 2)
    for (layer, connections) in machine.recognition.enumerated() {
      expect(
        gradient.recognition[layer],
        derivatives(connections) { moved in
          var machine = machine
          machine.recognition[layer] = moved
          return allStates(sizes[0]).reduce(0) { sum, state in
            let plain = PlainHelmholtz(machine, state)
            return sum
              + zip(plain.joint, plain.recognised).reduce(0) {
                $0 + $1.0 * naturalLogarithm($1.1)
              }
          }
        })
    }
    #expect(gradient.generative == machine.generative.map(\.zeros))
  }
}
