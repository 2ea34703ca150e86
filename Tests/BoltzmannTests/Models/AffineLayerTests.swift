import Testing

@testable import Boltzmann

@Suite struct AffineLayerTests {
  @Test func outputsAndTheWayBack() throws {
    let layer = try AffineLayer(
      inputCount: 2, weights: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10], biases: [0.5, 0, 0, 0, -1])
    #expect(layer.outputs(of: [1, 0]) == [1.5, 2, 3, 4, 4])
    #expect(layer.outputs(of: [2, -1]) == [-3.5, -3, -2, -1, -1])
    var back = [0.0, 0.0]
    layer.applyTransposed(to: [1, 0, 2, 0, 1], into: &back)
    #expect(back == [12, 32])
  }

  @Test func aSampleAddsItsProducts() throws {
    var layer = AffineLayer(inputCount: 2, outputCount: 3)
    layer.addProduct([2, 0], [1, 2, 3])
    layer.addProduct([1, 1], [0, 0, 1])
    #expect(layer.weights == [2, 4, 7, 0, 0, 1])
    #expect(layer.biases == [1, 2, 4])
  }

  @Test func parametersMustBeFinite() {
    #expect(throws: ModelError.weightNotFinite(1, 0, .infinity)) {
      try AffineLayer(inputCount: 2, weights: [1, 2, .infinity, 4], biases: [0, 0])
    }
    #expect(throws: ModelError.biasNotFinite(1, -.infinity)) {
      try AffineLayer(inputCount: 1, weights: [1, 2], biases: [0, -.infinity])
    }
  }

  @Test func aMixtureOfTwoComponents() {
    let mixture = BernoulliMixture([
      (naturalLogarithm(0.25), [0, naturalLogarithm(3)]), (naturalLogarithm(0.75), [0, 0]),
    ])
    // ¼ · ½ · ¾ + ¾ · ½ · ½ for a second unit that is on, ¼ · ½ · ¼ + ¾ · ¼ for one that is off.
    let on = exponential(mixture.logProbability(BitVector([true, true])))
    let off = exponential(mixture.logProbability(BitVector([false, false])))
    #expect(isClose(on, 0.28125, relative: 1e-14))
    #expect(isClose(off, 0.21875, relative: 1e-14))
    #expect(logSumOfExponentials([-.infinity, -.infinity]) == -.infinity)
  }
}
