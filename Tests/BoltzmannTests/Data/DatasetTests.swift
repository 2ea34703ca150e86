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
    #expect(data.labelled(7).values == [0, 2, 4, 3, 3, 1])
    #expect(data.labelled(9).count == 0)
    #expect(data.first(2).labels == [7, 3])
    #expect(data.first(9) == data)
    #expect(Dataset(values: [1], unitCount: 1).labelled(0).count == 0)
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
}
