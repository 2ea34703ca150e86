import Testing

@testable import Boltzmann

@Suite struct HelmholtzMachineTests {
  private static let shapes = [[3, 2], [4, 3, 2], [2, 3, 1, 2], [3, 1]]

  @Test(arguments: shapes)
  func likelihoodsAndBoundsAreThoseOfPlainSums(sizes: [Int]) throws {
    let machine = randomHelmholtzMachine(sizes, seed: 3)
    let states = allStates(sizes[0])
    let likelihoods = try machine.logLikelihoods(of: BitMatrix(rows: states), threads: 2)
    let bounds = try machine.bounds(of: BitMatrix(rows: states), threads: 2)
    var total = 0.0
    for (row, state) in states.enumerated() {
      let plain = PlainHelmholtz(machine, state)
      let probability = exponential(likelihoods[row])
      #expect(isClose(probability, plain.probability, relative: 1e-13))
      #expect(isClose(bounds[row], plain.bound, relative: 1e-12))
      #expect(bounds[row] < likelihoods[row])
      total += probability
    }
    #expect(isClose(total, 1, relative: 1e-13))
  }

  @Test(arguments: shapes)
  func divergencesAreThoseOfPlainSums(sizes: [Int]) throws {
    let machine = randomHelmholtzMachine(sizes, seed: 4)
    let states = allStates(sizes[0])
    let (ofRecognition, ofPosterior) = try machine.posteriorDivergences(
      on: BitMatrix(rows: states))
    let plain = states.map { PlainHelmholtz(machine, $0).divergences }
    let count = Double(states.count)
    let means = plain.reduce((0.0, 0.0)) { ($0.0 + $1.ofRecognition, $0.1 + $1.ofPosterior) }
    #expect(isClose(ofRecognition, means.0 / count, relative: 1e-12))
    #expect(isClose(ofPosterior, means.1 / count, relative: 1e-12))
  }

  /// With one hidden unit the posterior is logistic in v, and recognition can be perfect.
  @Test func theBoundIsTightWhereRecognitionIsExact() throws {
    let plain = randomHelmholtzMachine([4, 1], seed: 5)
    let (weights, biases) = (plain.generative[0].weights, plain.generative[0].biases)
    var bias = plain.generative[1].biases[0]
    for (weight, other) in zip(weights, biases) {
      bias -= softplus(other + weight) - softplus(other)
    }
    let machine = HelmholtzMachine(
      generative: plain.generative,
      recognition: [try AffineLayer(inputCount: 4, weights: weights, biases: [bias])])
    let data = BitMatrix(rows: allStates(4))
    for (bound, likelihood) in zip(
      try machine.bounds(of: data), try machine.logLikelihoods(of: data))
    {
      #expect(isClose(bound, likelihood, relative: 1e-14))
    }
  }

  /// Hinton's truck and earthquake: two rare causes, either of which shakes the house.
  @Test func explainingAway() throws {
    let machine = HelmholtzMachine(
      layerSizes: [1, 2], weights: .constant(20), visibleBiases: .constant(-20),
      hiddenBiases: .constant(-10), stream: RandomStream(key: 0))
    let plain = PlainHelmholtz(machine, BitVector(ones: 1))
    let posterior = plain.joint.map { $0 / plain.probability }
    #expect(isClose(posterior[0], 4.539581e-5, relative: 1e-6))
    #expect(isClose(posterior[1], 0.4999546, relative: 1e-6))
    #expect(isClose(posterior[3], 4.539581e-5, relative: 1e-6))
    let shaken = BitMatrix(rows: [BitVector(ones: 1)])
    let divergences = try machine.posteriorDivergences(on: shaken)
    // Two halves: about ln 2 of KL(p ‖ q), but half of q's mass is where p has next to none.
    let (none, one) = (4.539581e-5, 0.4999546)
    let lost = (naturalLogarithm(0.25 / none) + naturalLogarithm(0.25 / one)) / 2
    #expect(isClose(divergences.ofRecognition, lost, relative: 1e-6))
    #expect(isClose(divergences.ofPosterior, plain.divergences.ofPosterior, relative: 1e-12))
    #expect(abs(divergences.ofPosterior - naturalLogarithm(2)) < 2e-3)
  }

  @Test func theEstimateOfTheBoundIsWithinItsError() throws {
    let machine = randomHelmholtzMachine([4, 3, 2], seed: 6)
    let data = BitMatrix(rows: allStates(4))
    let estimate = machine.estimatedBound(
      of: data, draws: 400, stream: RandomStream(seed: 1, name: "draws"), threads: 2)
    let exact = try machine.bounds(of: data).reduce(0, +) / 16
    let error = try #require(estimate.standardError)
    #expect(error > 0 && error < 0.1)
    #expect(abs(estimate.mean - exact) < 4 * error)
    #expect(
      estimate
        == machine.estimatedBound(
          of: data, draws: 400, stream: RandomStream(seed: 1, name: "draws")))
  }

  @Test func largeLayersAreRefused() {
    let wide = HelmholtzMachine(
      layerSizes: [4, 17], weights: .constant(0), stream: RandomStream(key: 0))
    #expect(throws: EnumerationLimit(freeUnitCount: 17, largestFreeUnitCount: 16)) {
      try wide.bounds(of: BitMatrix(rows: allStates(4)))
    }
    let deep = HelmholtzMachine(
      layerSizes: [4, 11, 10], weights: .constant(0), stream: RandomStream(key: 0))
    #expect(throws: EnumerationLimit(freeUnitCount: 21, largestFreeUnitCount: 20)) {
      try deep.posteriorDivergences(on: BitMatrix(rows: allStates(4)))
    }
    let broad = HelmholtzMachine(
      layerSizes: [20, 5], weights: .constant(0), stream: RandomStream(key: 0))
    #expect(throws: EnumerationLimit(freeUnitCount: 25, largestFreeUnitCount: 24)) {
      try broad.expectedSleepStep()
    }
  }
}
