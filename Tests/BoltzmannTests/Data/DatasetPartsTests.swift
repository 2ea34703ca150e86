import Boltzmann
import Testing

struct DatasetPartsTests {
  let data = Dataset(values: (0..<101).map(Double.init), unitCount: 1, labels: Array(0..<101))

  @Test func everyRowIsInOnePart() {
    let parts = data.parts(shares: [60, 20, 20], stream: RandomStream(seed: 1, name: "split 1"))
    #expect(parts.map(\.count) == [60, 20, 21])
    #expect(parts.flatMap(\.values).sorted() == data.values)
    for part in parts {
      #expect(part.values == part.values.sorted())
      #expect(part.labels == part.values.map { Int($0) })
    }
  }

  @Test func theStreamDecides() {
    func train(_ name: String) -> Dataset {
      data.parts(shares: [1, 1], stream: RandomStream(seed: 1, name: name))[0]
    }
    #expect(train("a") == train("a"))
    #expect(train("a") != train("b"))
    // Half of the rows, drawn: about a quarter of the first half's pairs are kept, never all.
    #expect(train("a").values != (0..<50).map(Double.init))
  }

  /// Shares of whole per cents cut where they say, whatever 0.7 and 0.29 are in binary.
  @Test func wholeSharesAreExact() {
    let stream = RandomStream(seed: 1, name: "split 1")
    #expect(data.first(90).parts(shares: [70, 15, 15], stream: stream)[0].count == 63)
    #expect(data.first(100).parts(shares: [29, 71], stream: stream)[0].count == 29)
  }

  @Test func emptyParts() {
    let stream = RandomStream(seed: 1, name: "split 1")
    #expect(data.parts(shares: [0, 1, 0], stream: stream).map(\.count) == [0, 101, 0])
    let few = data.first(2).parts(shares: [60, 20, 20], stream: stream)
    #expect(few.map(\.count) == [1, 0, 1])
    let third = data.parts(shares: [1, 1, 1], stream: stream).map(\.count)
    #expect(third == [33, 34, 34])
  }
}
