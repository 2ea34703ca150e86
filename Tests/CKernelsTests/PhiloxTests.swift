import CKernels
import Testing

/// Random123's known-answer vectors for Philox4x32-10.
@Suite struct PhiloxTests {
  private func words(_ counter: [UInt32], _ key: [UInt32]) -> [UInt32] {
    let block = hm_philox4x32_10(counter[0], counter[1], counter[2], counter[3], key[0], key[1])
    return [block.x, block.y, block.z, block.w]
  }

  @Test func zeroCounterAndKey() {
    #expect(
      words([0, 0, 0, 0], [0, 0]) == [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8])
  }

  @Test func allBitsSet() {
    let ones = [UInt32](repeating: .max, count: 4)
    #expect(words(ones, [.max, .max]) == [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd])
  }

  @Test func digitsOfPi() {
    #expect(
      words(
        [0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344], [0xa409_3822, 0x299f_31d0])
        == [0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1])
  }
}
