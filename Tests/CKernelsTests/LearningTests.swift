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
}
