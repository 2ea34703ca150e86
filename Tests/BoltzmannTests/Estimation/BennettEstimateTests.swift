import Testing

@testable import Boltzmann

struct BennettEstimateTests {
  /// ln w normal with the variance 2W and mean C − W forward, C + W reverse: what Crooks' relation
  /// demands of a normal distribution.
  private func weights(
    _ c: Double, spread: Double, _ counts: (Int, Int), seed: UInt64
  ) -> (forward: [Double], reverse: [Double]) {
    let stream = RandomStream(seed: seed, name: "weights")
    func draws(_ chain: Int, _ count: Int, _ mean: Double) -> [Double] {
      (0..<count).map {
        mean + (2 * spread).squareRoot() * stream.normal(.data, step: 0, chain: chain, unit: $0)
      }
    }
    return (draws(0, counts.0, c - spread), draws(1, counts.1, c + spread))
  }

  /// Fields too large for weights: nothing is known, and nothing stops.
  @Test func weightsThatAreNoNumbersTellNothing() {
    for bad in [Double.nan, .infinity, -.infinity] {
      let found = PartitionFunctionEstimate(
        forward: [1, bad], reverse: [1, 2], reverseStart: .exact)
      #expect(!found.isFinite && found.logZ.isNaN)
      #expect(found.interval == -.infinity ... .infinity)
    }
  }

  /// The stated error is the spread, for equal and unequal numbers of weights.
  @Test(arguments: [(100, 100, 1.0), (40, 200, 1.0), (200, 60, 3.0)])
  func theErrorIsTheSpread(setting: (Int, Int, Double)) throws {
    var (values, errors) = (Moments(), Moments())
    for seed in 0..<200 {
      let (forward, reverse) = weights(
        -40, spread: setting.2, (setting.0, setting.1), seed: UInt64(seed))
      let found = BennettEstimate(forward: forward, reverse: reverse)
      values.add(found.logRatio)
      errors.add(found.standardError)
    }
    let spread = try #require(values.variance).squareRoot()
    #expect(abs(values.mean + 40) < 4 * spread / 200.squareRoot())
    #expect(spread > 0.8 * errors.mean && spread < 1.25 * errors.mean)
  }

  @Test func equalWeightsHaveNoError() {
    let found = BennettEstimate(forward: [3, 3, 3], reverse: [3, 3])
    #expect(abs(found.logRatio - 3) < 1e-14)
    #expect(found.standardError < 1e-7)
  }

  /// Weights that are worlds apart do not meet.
  @Test func farWeightsHaveNoOverlap() {
    let found = BennettEstimate(forward: [-1000, -900], reverse: [500, 700])
    #expect(found.overlap < 1e-6)
    let estimate = PartitionFunctionEstimate(
      forward: [-1000, -900], reverse: [500, 700], reverseStart: .exact)
    #expect(estimate.method == .markov)
    let margin = naturalLogarithm(200)
    #expect(
      isClose(estimate.interval.lowerBound, -900 - naturalLogarithm(2) - margin, relative: 1e-14))
    #expect(
      isClose(estimate.interval.upperBound, 500 + naturalLogarithm(2) + margin, relative: 1e-14))
  }

  @Test func averagesOfWeights() {
    let average = WeightAverage(logWeights: [1000, 1000 + naturalLogarithm(3)])
    #expect(isClose(average.logMean, 1000 + naturalLogarithm(2), relative: 1e-15))
    #expect(isClose(average.effectiveSampleSize, 1.6, relative: 1e-13))
  }

  @Test func productsWithoutLogarithms() {
    var product = LogProduct()
    let factors = [3.0, 1e-300, 1e300, 1e300, 0.75, 1e200, 2]
    for factor in factors { product.multiply(by: factor) }
    let exact = factors.reduce(0) { $0 + naturalLogarithm($1) }
    #expect(isClose(product.logarithm, exact, relative: 1e-14))
    #expect(LogProduct().logarithm == 0)
  }
}
