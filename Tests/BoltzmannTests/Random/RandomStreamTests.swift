import Boltzmann
import Testing

struct RandomStreamTests {
  /// Random123's known answers, through the layout (purpose, step, chain, unit / 4).
  @Test func blocksAreThoseOfPhilox() {
    let zero = RandomStream(key: 0)
    #expect(
      zero.block(.initialState, step: 0, chain: 0, group: 0)
        == SIMD4(0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8))
  }

  /// Keys computed by an independent implementation of the stated construction.
  @Test(
    arguments: [
      (35, "slide35", 0xcff1_24e5_f4dc_6115),
      (0, "", 0x1348_e23f_2dce_73e5),
      (1, "exactly sixteen!", 0xbb3d_36fc_538c_c983),
      (.max, "a cell whose name is longer than one block: é", 0xce31_fdf4_183e_653e),
    ] as [(UInt64, String, UInt64)])
  func keyAbsorbsSeedAndName(seed: UInt64, name: String, key: UInt64) {
    #expect(RandomStream(seed: seed, name: name).key == key)
  }

  @Test func substreamsHaveTheirOwnKeys() {
    let stream = RandomStream(seed: 35, name: "slide35")
    #expect(stream.substream(named: "chains").key == 0xe239_9d76_4e5e_cb2d)
    #expect(stream.substream(7 | 1 << 32).key == 0x2290_6bf5_f4c6_b017)
  }

  /// A zero byte, a split name and a padded name must not collide.
  @Test func similarNamesDiffer() {
    let keys =
      ["a", "a\0", "", "\0", "ab"].map { RandomStream(seed: 1, name: $0).key }
      + [RandomStream(seed: 1, name: "a").substream(named: "b").key]
    #expect(Set(keys).count == keys.count)
  }

  @Test func wordsFollowTheCounterLayout() {
    let stream = RandomStream(seed: 35, name: "slide35")
    #expect(stream.word(.update, step: 9, chain: 3, unit: 6) == 0x40ac_46bf)
    let block = stream.block(.update, step: 9, chain: 3, group: 1)
    #expect(
      (4..<8).allSatisfy { stream.word(.update, step: 9, chain: 3, unit: $0) == block[$0 & 3] })
    #expect(stream.doubleWord(.weights, step: 9, chain: 3, unit: 5) == 0x9754_b36a_0405_30e0)
  }

  /// Every part of the place matters.
  @Test func placesDiffer() {
    let stream = RandomStream(seed: 1, name: "x")
    let words = [
      stream.word(.update, step: 1, chain: 2, unit: 3),
      stream.word(.swap, step: 1, chain: 2, unit: 3),
      stream.word(.update, step: 2, chain: 1, unit: 3),
      stream.word(.update, step: 1, chain: 3, unit: 3),
      stream.word(.update, step: 1, chain: 2, unit: 7),
    ]
    #expect(Set(words).count == words.count)
  }
}
