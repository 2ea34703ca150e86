import CKernels
import Testing

private let sizes = [0, 1, 2, 5, 9, 16, 17, 33, 64, 65, 130]

@Suite struct ProductTests {
  @Test(arguments: KernelTable.runnable, sizes)
  func binaryProductsAgreeWithTheReference(table: KernelTable, inputs: Int) throws {
    var values = TestValues(seed: inputs)
    for rows in sizes {
      for outputs in [0, 1, 15, 16, 17, 40] {
        let stride = wholeLines(outputs)
        let words = (inputs + 63) / 64
        let bits = values.bits(rows: rows, columns: inputs, sparsity: rows % 3)
        let weights = values.floats(inputs * stride)
        let bias = values.floats(stride)
        for bias in [bias, nil] {
          var (fast, plain) = (
            values.floats(rows * stride), [Float](repeating: 0, count: rows * stride)
          )
          table.kernels.products.binary(
            &fast, stride, bits, words, weights, stride, bias, rows, inputs, outputs)
          try KernelTable.reference.products.binary(
            &plain, stride, bits, words, weights, stride, bias, rows, inputs, outputs)
          #expect(patterns(fast) == patterns(plain))
        }
      }
    }
  }

  /// So many rows, half of the inputs on, that most groups show all their patterns, some not.
  @Test(arguments: KernelTable.runnable, [15, 30, 100, 260])
  func wholeGroupsAgreeWithTheReference(table: KernelTable, rows: Int) throws {
    var values = TestValues(seed: rows)
    for inputs in [62, 64, 67, 500] {
      let words = (inputs + 63) / 64
      var bits = values.bits(rows: rows, columns: inputs, sparsity: 1)
      for row in 0..<rows { bits[row * words] &= ~0xf0f0 }
      let weights = values.floats(inputs * 80)
      var (fast, plain) = (
        [Float](repeating: 0, count: rows * 80), [Float](repeating: 0, count: rows * 80)
      )
      table.kernels.products.binary(&fast, 80, bits, words, weights, 80, nil, rows, inputs, 80)
      try KernelTable.reference.products.binary(
        &plain, 80, bits, words, weights, 80, nil, rows, inputs, 80)
      #expect(patterns(fast) == patterns(plain))
    }
  }

  /// More inputs and rows than one plan covers.
  @Test(arguments: KernelTable.runnable)
  func largeBinaryProductsAgreeWithTheReference(table: KernelTable) throws {
    var values = TestValues(seed: 5)
    let (rows, inputs, outputs) = (300, 1100, 16)
    let words = (inputs + 63) / 64
    let bits = values.bits(rows: rows, columns: inputs, sparsity: 1)
    let weights = values.floats(inputs * outputs)
    var fast = [Float](repeating: 0, count: rows * outputs)
    var plain = fast
    table.kernels.products.binary(
      &fast, outputs, bits, words, weights, outputs, nil, rows, inputs, outputs)
    try KernelTable.reference.products.binary(
      &plain, outputs, bits, words, weights, outputs, nil, rows, inputs, outputs)
    #expect(patterns(fast) == patterns(plain))
  }

  /// One row, and so many that their sums are shared.
  @Test(arguments: KernelTable.runnable, [1, 64])
  func binaryProductsAddInTheStatedOrder(table: KernelTable, rows: Int) {
    // (2²⁴ + 1) + (1 + 1): the ones of the second group meet before they meet 2²⁴.
    var weights = [Float](repeating: 0, count: 8 * 16)
    for (input, weight) in [(0, Float(0x1p24)), (1, 1), (4, 1), (5, 1)] {
      weights[input * 16] = weight
    }
    for (states, sum) in [(UInt64(0b0011_0011), Float(0x1p24 + 2)), (0b0001_0011, 0x1p24)] {
      let bits = [UInt64](repeating: states, count: rows)
      var out = [Float](repeating: 0, count: rows * 16)
      table.kernels.products.binary(&out, 16, bits, 1, weights, 16, nil, rows, 8, 1)
      #expect((0..<rows).allSatisfy { out[$0 * 16] == sum })
    }
  }

  @Test(arguments: KernelTable.runnable, [2, 64])
  func negativeZeroNeverAppears(table: KernelTable, rows: Int) {
    let zeros = [Float](repeating: -0.0, count: 16 * 5)
    let bits = (0..<rows).map { $0 % 2 == 0 ? UInt64(0) : 0b11111 }
    var out = [Float](repeating: 1, count: rows * 16)
    table.kernels.products.binary(&out, 16, bits, 1, zeros, 16, zeros, rows, 5, 1)
    #expect(patterns(out).allSatisfy { $0 == 0 })
  }

  @Test(arguments: KernelTable.runnable, sizes)
  func denseProductsAgreeWithTheReference(table: KernelTable, inputs: Int) throws {
    var values = TestValues(seed: inputs)
    for rows in sizes {
      for outputs in [0, 1, 16, 17, 40, 70] {
        let stride = wholeLines(outputs)
        let x = values.floats(rows * inputs)
        let weights = values.floats(inputs * stride)
        let bias = values.floats(stride)
        for (row, column, bias) in [(inputs, 1, bias), (1, rows, nil)] {
          var (fast, plain) = (
            values.floats(rows * stride), [Float](repeating: 0, count: rows * stride)
          )
          table.kernels.products.dense(
            &fast, stride, x, row, column, weights, stride, bias, rows, inputs, outputs)
          try KernelTable.reference.products.dense(
            &plain, stride, x, row, column, weights, stride, bias, rows, inputs, outputs)
          #expect(patterns(fast) == patterns(plain))
        }
      }
    }
  }

  @Test(arguments: KernelTable.runnable)
  func denseProductsRoundOncePerStep(table: KernelTable) {
    // (1 + ε)² − 1 is 2ε + ε² in one rounding; with the product rounded first it is 2ε.
    let nearOne = 1 + Float.ulpOfOne
    let weights = [nearOne] + [Float](repeating: 0, count: 15)
    let bias = [Float(-1)] + [Float](repeating: 0, count: 15)
    var out = [Float](repeating: 0, count: 16)
    table.kernels.products.dense(&out, 16, [nearOne], 1, 1, weights, 16, bias, 1, 1, 1)
    #expect(out[0] == 2 * Float.ulpOfOne + Float.ulpOfOne * Float.ulpOfOne)
  }

  @Test(arguments: KernelTable.runnable, sizes)
  func columnSumsAgreeWithTheReference(table: KernelTable, rows: Int) throws {
    var values = TestValues(seed: rows)
    for columns in [1, 16, 40] {
      let stride = wholeLines(columns)
      let x = values.floats(rows * stride)
      var (fast, plain) = (values.floats(stride), values.floats(stride))
      table.kernels.products.column_sums(&fast, x, stride, rows, columns)
      try KernelTable.reference.products.column_sums(&plain, x, stride, rows, columns)
      #expect(patterns(fast) == patterns(plain))
    }
  }
}
