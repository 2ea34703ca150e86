import Testing

@testable import Boltzmann

struct WholeNumberLinesTests {
  @Test(arguments: [0, 1, 15, 16, 17, 1000])
  func numbersBeginOnALine(count: Int) {
    let values = (0..<Int32(count)).map { $0 * $0 - 7 }
    let lines = WholeNumberLines(values)
    #expect(lines.count == count)
    unsafe lines.withPointer { start in
      #expect(unsafe UInt(bitPattern: start) % 64 == 0)
      #expect(unsafe Array(UnsafeBufferPointer(start: start, count: count)) == values)
    }
  }
}
