import Testing

@testable import Boltzmann

struct WholeNumberLinesTests {
  @Test(arguments: [0, 1, 15, 16, 17, 1000])
  func numbersBeginOnALine(count: Int) {
    let values = (0..<Int32(count)).map { $0 * $0 - 7 }
    let lines = WholeNumberLines(values)
    #expect(lines.count == count)
    let address = unsafe lines.withPointer { UInt(bitPattern: $0) }
    #expect(address % 64 == 0)
    #expect(numbers(of: lines) == values)
  }

  @Test func copiesChangeApart() {
    var one = WholeNumberLines([1, 2, 3])
    let other = one
    unsafe one.withMutablePointer { unsafe $0[1] = 7 }
    unsafe one.withMutablePointer { unsafe $0[2] = 8 }
    #expect(numbers(of: one) == [1, 7, 8])
    #expect(numbers(of: other) == [1, 2, 3])
  }

  private func numbers(of lines: WholeNumberLines) -> [Int32] {
    unsafe lines.withPointer { unsafe Array(UnsafeBufferPointer(start: $0, count: lines.count)) }
  }
}
