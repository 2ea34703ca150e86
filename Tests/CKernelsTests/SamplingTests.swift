import CKernels
import Testing

@Suite struct SamplingTests {
  private let draw = hm_draw(key_low: 7, key_high: 11, purpose: 3, step: 5, chain: 13)

  @Test(arguments: KernelTable.runnable, oddSizes)
  func wordsFollowTheCounterRule(table: KernelTable, count: Int) {
    var words = [UInt32](repeating: 0, count: count)
    table.kernels.sampling.random_words(&words, count, draw)
    for unit in 0..<count {
      let block = hm_philox4x32_10(3, 5, 13, UInt32(unit / 4), 7, 11)
      #expect(words[unit] == [block.x, block.y, block.z, block.w][unit % 4])
    }
  }

  @Test(arguments: KernelTable.runnable, oddSizes)
  func drawsAgreeWithTheReference(table: KernelTable, units: Int) throws {
    var values = TestValues(seed: units)
    let (rows, stride, words) = (3, units + 2, (units + 63) / 64 + 1)
    let fields = values.floats(rows * stride, scale: 25)
    var results: [([UInt64], [UInt64], [UInt32])] = []
    for kernels in [table.kernels, try KernelTable.reference] {
      var bits = [UInt64](repeating: 0xabc, count: rows * words)
      var given = bits
      var probabilities = [Float](repeating: -9, count: rows * stride)
      kernels.sampling.sample_logistic(
        &bits, words, &probabilities, stride, fields, stride, rows, units, draw)
      kernels.sampling.sample_bernoulli(
        &given, words, probabilities, stride, rows, units, draw)
      results.append((bits, given, patterns(probabilities)))
    }
    #expect(results[0].0 == results[1].0)
    #expect(results[0].0 == results[0].1)
    #expect(results[0].2 == results[1].2)
  }

  @Test(arguments: KernelTable.runnable)
  func certainAndImpossibleUnitsNeverDiffer(table: KernelTable) {
    let probabilities: [Float] = [0, 1, .nan, -1, 2, 0x1p-33, 1, 0]
    for step in 0..<200 {
      var bits: UInt64 = 0
      var here = draw
      here.step = UInt32(step)
      table.kernels.sampling.sample_bernoulli(&bits, 1, probabilities, 8, 1, 8, here)
      #expect(bits == 0b0101_0010)
    }
  }

  @Test(arguments: KernelTable.runnable)
  func theThresholdIsExact(table: KernelTable) {
    // The word that unit 0 sees, as a probability, is just not enough; one step more is.
    for step in 0..<200 {
      var here = draw
      here.step = UInt32(step)
      var word: UInt32 = 0
      table.kernels.sampling.random_words(&word, 1, here)
      let below = Float(word >> 8) * 0x1p-24
      let above = (Float(word >> 8) + 1) * 0x1p-24
      for (probability, expected) in [(below, UInt64(0)), (above, 1)] {
        var bits: UInt64 = 9
        table.kernels.sampling.sample_bernoulli(&bits, 1, [probability], 1, 1, 1, here)
        #expect(bits == expected)
      }
    }
  }
}
