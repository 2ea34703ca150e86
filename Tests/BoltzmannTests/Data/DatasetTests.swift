import Boltzmann
import Testing

struct DatasetTests {
  let data = Dataset(
    values: [0, 2, 4, 1, 0, 0, 3, 3, 1, 0, 0, 0], unitCount: 3, labels: [7, 3, 7, 1])

  @Test func rowsAreSamples() {
    #expect(data.count == 4)
    #expect(Array(data[2]) == [3, 3, 1])
    #expect(data.rows([3, 0]).values == [0, 0, 0, 0, 2, 4])
    #expect(data.rows([3, 0]).labels == [1, 7])
  }

  @Test func filtersKeepTheOrder() {
    #expect(data.labelled { $0 == 7 }.values == [0, 2, 4, 3, 3, 1])
    #expect(data.labelled { $0 == 9 }.count == 0)
    #expect(data.first(2).labels == [7, 3])
    #expect(data.first(9) == data)
    #expect(Dataset(values: [1], unitCount: 1).labelled { _ in true }.count == 0)
  }

  /// A dark row has no maximum to divide by.
  @Test func scaling() {
    let scaled = data.scaledByRowMaximum()
    #expect(scaled.values == [0, 0.5, 1, 1, 0, 0, 1, 1, 1.0 / 3, 0, 0, 0])
    #expect(scaled.labels == data.labels)
    #expect(data.binarized(above: 1).values == [0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0])
  }

  @Test func shapesSurvive() {
    let shape = Dataset.ImageShape(height: 1, width: 3)
    #expect(data.shaped(shape).first(1).binarized(above: 0).imageShape == shape)
  }

  @Test func labelsCanComeLater() {
    let plain = Dataset(values: [5, 6], unitCount: 1).labelled([2, 4])
    #expect(plain.labels == [2, 4])
    #expect(plain.labelled { $0 != 2 }.values == [6])
  }

  /// Mean 0, variance 1; a unit that never changes has no scale.
  @Test func standardUnits() {
    let standard = Dataset(values: [1, 5, 3, 5], unitCount: 2).standardized()
    #expect(standard.values == [-1, 0, 1, 0])
    #expect(data.divided(by: 4).values == data.values.map { $0 / 4 })
    #expect(data.inverted().values == data.values.map { 1 - $0 })
  }

  /// Certain values stay; the share of ones is that of the probability.
  @Test func drawnValues() {
    let stream = RandomStream(seed: 5, name: "draws")
    let rows = 4000
    let row: [Double] = [0, 0.3, 1]
    let values = Array(repeating: row, count: rows).joined()
    let drawn = Dataset(values: Array(values), unitCount: 3).binarizedByDrawing(stream)
    #expect(drawn.values.allSatisfy { $0 == 0 || $0 == 1 })
    var sums: [Double] = [0, 0, 0]
    for place in drawn.values.indices { sums[place % 3] += drawn.values[place] }
    #expect(sums[0] == 0 && sums[2] == Double(rows))
    // Four standard deviations of a binomial number.
    let deviation = (0.3 * 0.7 * Double(rows)).squareRoot()
    #expect(abs(sums[1] - 0.3 * Double(rows)) < 4 * deviation)
  }
}
