import Testing

@testable import Plots

@Suite struct HistogramTests {
  @Test func countsBetweenRoundEdges() {
    let histogram = Histogram(values: [0, 0.05, 0.1, 0.29, 0.3, 0.1 + 0.2, 0.5], bins: 5)
    #expect(histogram.binWidth == RoundStep(mantissa: 1, exponent: -1))
    #expect(histogram.counts == [2, 1, 1, 2, 1])
    #expect(
      histogram.bars.categories == [
        "0.0 to 0.1", "0.1 to 0.2", "0.2 to 0.3", "0.3 to 0.4", "0.4 to 0.5",
      ])
    #expect(histogram.bars.series[0].values == [2, 1, 1, 2, 1])
    #expect(histogram.bars.notes[0].hasPrefix("bins are 0.1 wide"))
  }

  @Test func wholeNumbersGetABinEach() {
    let histogram = Histogram(values: [2, -1, 2, 0], bins: 4)
    #expect(histogram.isDiscrete)
    #expect(histogram.counts == [1, 1, 0, 2])
    #expect(histogram.bars.categories == ["-1", "0", "1", "2"])
    #expect(histogram.bars.notes == [])
    #expect(!Histogram(values: [2, -1, 2, 0], bins: 3).isDiscrete)
  }

  @Test func emptyAndNotFinite() {
    #expect(Histogram(values: [], bins: 3).counts == [])
    let broken = Histogram(values: [.nan, 1, .infinity], bins: 3)
    #expect(broken.counts == [1])
    #expect(broken.leftOut == 2)
    #expect(broken.bars.notes == ["2 values are not finite"])
    #expect(Histogram(values: [.nan], bins: 3).bars.notes == ["1 value is not finite"])
  }

  @Test func constantFillsOneBin() {
    #expect(Histogram(values: [0.733, 0.733], bins: 9).bars.categories == ["0.7 to 0.8"])
    #expect(Histogram(values: [1000, 1000], bins: 9).bars.categories == ["1000"])
    #expect(Histogram(values: [1e-299], bins: 9).counts == [1])
  }

  @Test(arguments: [
    [1e300, -1e300], [1e9 + 0.5, 1e9], [1e-12, 3e-9], [-7.3, 12], [1e8, 1e8 + 3], [0.1, 0.3],
  ])
  func noValueIsLost(values: [Double]) {
    for bins in [1, 2, 7, 20] {
      let histogram = Histogram(values: values, bins: bins)
      #expect(histogram.counts.reduce(0, +) == values.count)
      #expect(histogram.counts.count <= bins + 1)
    }
  }
}
