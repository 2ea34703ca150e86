import Boltzmann
import Testing

struct BitVectorTests {
  @Test(arguments: [1, 63, 64, 65, 128, 200])
  func bitsAreKeptAcrossWords(count: Int) {
    var state = BitVector(zeros: count)
    for unit in stride(from: 0, to: count, by: 3) { state[unit] = true }
    #expect((0..<count).allSatisfy { state[$0] == $0.isMultiple(of: 3) })
    #expect(state.onCount == (count + 2) / 3)
    state[0] = false
    #expect(state.onCount == (count + 2) / 3 - 1)
    #expect(BitVector(ones: count).onCount == count)
  }

  @Test func unitZeroIsTheLowestBit() {
    let state = BitVector([true, false, true, true])
    #expect(state.index == 0b1101)
    #expect(state.description == "1011")
    #expect(BitVector(index: 0b1101, count: 4) == state)
    #expect(state.index(of: [3, 1, 0]) == 0b101)
    #expect(BitVector(index: .max, count: 64) == BitVector(ones: 64))
  }

  /// Bits beyond the last unit never differ, so equal states are equal values.
  @Test func equalityIsThatOfStates() {
    var state = BitVector(ones: 70)
    for unit in 0..<70 { state[unit] = false }
    #expect(state == BitVector(zeros: 70))
    #expect(state != BitVector(zeros: 71))
  }
}
