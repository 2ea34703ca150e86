import Boltzmann
import Testing

struct ROCCurveTests {
  @Test func everyThresholdIsAPoint() {
    let curve = ROCCurve(positive: [3, 2], negative: [2, 1, 0])
    #expect(curve.points.map(\.truePositiveRate) == [0, 0.5, 1, 1, 1])
    #expect(curve.points.map(\.falsePositiveRate) == [0, 0, 1.0 / 3, 2.0 / 3, 1])
    #expect(curve.points.map(\.threshold) == [.infinity, 3, 2, 1, 0])
    // Five wins and a tie of six pairs.
    #expect(abs(curve.area - 5.5 / 6) < 1e-15)
  }

  @Test func perfectAndUseless() {
    #expect(ROCCurve(positive: [5, 6], negative: [1, 2]).area == 1)
    #expect(ROCCurve(positive: [1, 2], negative: [5, 6]).area == 0)
    let same = ROCCurve(positive: [1, 1, 1], negative: [1, 1])
    #expect(same.area == 0.5 && same.areaError == 0)
    #expect(same.points.count == 2)
    #expect(ROCCurve(positive: [1], negative: [0, 2]).areaError == nil)
  }

  /// Eq. 5 of DeLong and others by hand.
  @Test func error() throws {
    let curve = ROCCurve(positive: [4, 2], negative: [2, 1])
    // V10: 4 beats both (1), 2 ties one and beats one (¾); V01: 2 is beaten by 4 and tied (¾), 1 by
    // both (1). Each has the variance 1/32, each mean of two half of it.
    let error = try #require(curve.areaError)
    #expect(abs(error * error - 1.0 / 32) < 1e-15)
    #expect(curve.area == 0.875)
  }

  /// The error is what the area varies by from sample to sample: normal scores one deviation apart.
  @Test func theErrorIsHonest() throws {
    let stream = RandomStream(seed: 3, name: "roc")
    var (areas, errors) = (Moments(), Moments())
    for trial in 0..<400 {
      func scores(_ count: Int, chain: Int, mean: Double) -> [Double] {
        (0..<count).map { mean + stream.normal(.data, step: trial, chain: chain, unit: $0) }
      }
      let curve = ROCCurve(
        positive: scores(40, chain: 0, mean: 1), negative: scores(120, chain: 1, mean: 0))
      areas.add(curve.area)
      errors.add(try #require(curve.areaError))
    }
    // Φ(1/√2) = .76025; the mean of 400 areas has an error of about .002.
    #expect(abs(areas.mean - 0.76025) < 0.007)
    let spread = try #require(areas.variance).squareRoot()
    #expect(abs(errors.mean / spread - 1) < 0.12)
  }
}
