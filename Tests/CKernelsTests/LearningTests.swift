import CKernels
import Testing

@Suite struct LearningTests {
  private let step = hm_ascent(
    positive: 0.1, negative: 0.25, rate: 0.01, momentum: 0.9, decay: 0.002)

  @Test(arguments: KernelTable.runnable, oddSizes)
  func agreesWithTheReference(table: KernelTable, count: Int) throws {
    var values = TestValues(seed: count)
    let (start, speed) = (values.floats(count), values.floats(count))
    let (positive, negative) = (values.floats(count), values.floats(count))
    var (fast, plain, fastSpeed, plainSpeed) = (start, start, speed, speed)
    let reference = try KernelTable.reference
    for _ in 0..<3 {
      #expect(
        table.kernels.learning.ascend(&fast, &fastSpeed, positive, negative, count, step) == 0)
      _ = reference.learning.ascend(&plain, &plainSpeed, positive, negative, count, step)
    }
    #expect(table.kernels.learning.ascend(&fast, nil, positive, negative, count, step) == 0)
    _ = reference.learning.ascend(&plain, nil, positive, negative, count, step)
    #expect(patterns(fast) == patterns(plain))
    #expect(patterns(fastSpeed) == patterns(plainSpeed))
  }

  @Test(arguments: KernelTable.runnable)
  func oneStepIsTheFormula(table: KernelTable) {
    var (weight, velocity): (Float, Float) = (2, 4)
    let step = hm_ascent(positive: 0.5, negative: 0.25, rate: 0.5, momentum: 0.5, decay: 0.25)
    _ = table.kernels.learning.ascend(&weight, &velocity, [8], [4], 1, step)
    // g = 4 − 1 − 0.5 = 2.5; velocity = 2 + 1.25.
    #expect(velocity == 3.25)
    #expect(weight == 5.25)
  }

  @Test(arguments: KernelTable.runnable, oddSizes.dropFirst())
  func divergenceIsReportedWhereverItIs(table: KernelTable, count: Int) {
    for place in 0..<count {
      var weights = [Float](repeating: 1, count: count)
      var positive = weights
      positive[place] = place % 2 == 0 ? .infinity : .nan
      #expect(table.kernels.learning.ascend(&weights, nil, positive, positive, count, step) != 0)
    }
  }

  /// Units and samples around a group, a word, a tile of rows and the most that there may be.
  @Test(
    arguments: KernelTable.runnable,
    [
      (1, 1, 1), (3, 2, 16), (64, 5, 17), (65, 64, 31), (130, 100, 33), (1030, 65, 5),
      (140, 1024, 2),
    ])
  func learningIsAscendingAlongBinaryProducts(
    table: KernelTable, sizes: (units: Int, samples: Int, outputs: Int)
  ) throws {
    let (units, count, outputs) = sizes
    var values = TestValues(seed: units)
    let reference = try KernelTable.reference
    let (stride, wide, words) = (wholeLines(outputs), wholeLines(units), (count + 63) / 64)
    let bits = (0..<2).map { values.bits(rows: units, columns: count, sparsity: 1 + $0) }
    let hidden = (0..<2).map { _ in values.floats(count * stride) }
    let start = values.floats(units * stride)
    for hasVelocity in [true, false] {
      var (w, speed) = (start, values.floats(units * stride))
      var transposed = [Float](repeating: 7, count: outputs * wide)
      var (plainW, plainSpeed, plainTransposed) = (w, speed, transposed)
      #expect(
        learn(
          table, &w, &speed, hasVelocity, &transposed, bits, hidden, units, count, outputs)
          == 0)
      let statistics = zip(bits, hidden).map { bits, hidden in
        var sums = [Float](repeating: 0, count: units * stride)
        reference.products.binary(
          &sums, stride, bits, words, hidden, stride, nil, units, count, outputs)
        return sums
      }
      plainSpeed.withUnsafeMutableBufferPointer { speed in
        _ = reference.learning.ascend(
          &plainW, hasVelocity ? speed.baseAddress : nil, statistics[0], statistics[1],
          units * stride, step)
      }
      reference.layout.transpose(&plainTransposed, wide, plainW, stride, units, outputs)
      #expect(patterns(w) == patterns(plainW))
      #expect(patterns(speed) == patterns(plainSpeed))
      #expect(patterns(transposed) == patterns(plainTransposed))
    }
  }

  @Test(arguments: KernelTable.runnable)
  func learningReportsDivergenceWhereverItIs(table: KernelTable) {
    let (units, count, outputs) = (70, 3, 18)
    let bits = [[UInt64](repeating: 7, count: units), [UInt64](repeating: 0, count: units)]
    let hidden = [Float](repeating: 1, count: count * wholeLines(outputs))
    for place in [0, 17, 35 * wholeLines(outputs) + 16, 69 * wholeLines(outputs)] {
      var w = [Float](repeating: 1, count: units * wholeLines(outputs))
      var speed = w
      w[place] = place % 2 == 0 ? .infinity : .nan
      var transposed = [Float](repeating: 0, count: outputs * wholeLines(units))
      #expect(
        learn(table, &w, &speed, false, &transposed, bits, [hidden, hidden], units, count, outputs)
          != 0)
    }
  }

  private func learn(
    _ table: KernelTable, _ w: UnsafeMutablePointer<Float>, _ speed: UnsafeMutablePointer<Float>,
    _ hasVelocity: Bool, _ transposed: UnsafeMutablePointer<Float>, _ bits: [[UInt64]],
    _ hidden: [[Float]],
    _ units: Int, _ count: Int, _ outputs: Int
  ) -> Int32 {
    let (stride, words) = (wholeLines(outputs), (count + 63) / 64)
    let weights = hm_weights(
      w: w, velocity: hasVelocity ? speed : nil, stride: stride, transposed: transposed,
      transposed_stride: wholeLines(units))
    return bits[0].withUnsafeBufferPointer { bits0 in
      bits[1].withUnsafeBufferPointer { bits1 in
        hidden[0].withUnsafeBufferPointer { hidden0 in
          hidden[1].withUnsafeBufferPointer { hidden1 in
            guard let rise = bits0.baseAddress, let fall = bits1.baseAddress,
              let up = hidden0.baseAddress, let down = hidden1.baseAddress
            else { return -1 }
            return table.kernels.learning.learn(
              weights,
              hm_samples(
                bits: rise, bit_stride: words, hidden: up, hidden_stride: stride, count: count),
              hm_samples(
                bits: fall, bit_stride: words, hidden: down, hidden_stride: stride, count: count),
              units, outputs, step)
          }
        }
      }
    }
  }
}
