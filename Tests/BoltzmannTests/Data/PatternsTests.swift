import Boltzmann
import Testing

struct PatternsTests {
  @Test func encoderHasOneUnitOfEachGroupOn() {
    let data = Dataset.encoder(size: 4)
    #expect(data.count == 4 && data.unitCount == 8)
    #expect(Array(data[2]) == [0, 0, 1, 0, 0, 0, 1, 0])
    #expect((0..<4).allSatisfy { data[$0].reduce(0, +) == 2 })
  }

  /// Any two of three bits are uniform, though all three are not.
  @Test func parityHidesInTheLastBit() {
    let data = Dataset.evenParity(unitCount: 3)
    #expect(
      (0..<data.count).map { Array(data[$0]) } == [[0, 0, 0], [0, 1, 1], [1, 0, 1], [1, 1, 0]])
    let pairs = Set((0..<4).map { Array(data[$0].prefix(2)) })
    #expect(pairs.count == 4)
    #expect(Dataset.evenParity(unitCount: 6).count == 32)
  }

  @Test func shifterShiftsWithWrapAround() {
    let data = Dataset.shifter(width: 3)
    #expect(data.count == 24 && data.unitCount == 9)
    // 1 0 0 to the left, kept, to the right.
    #expect(Array(data[12]) == [1, 0, 0, 0, 0, 1, 1, 0, 0])
    #expect(Array(data[13]) == [1, 0, 0, 1, 0, 0, 0, 1, 0])
    #expect(Array(data[14]) == [1, 0, 0, 0, 1, 0, 0, 0, 1])
    #expect(data.labels?[12...14] == [-1, 0, 1])
  }
}
