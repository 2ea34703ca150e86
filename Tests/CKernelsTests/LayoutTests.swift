import CKernels
import Testing

@Suite struct LayoutTests {
  @Test(arguments: KernelTable.runnable, oddSizes)
  func transposesMoveEveryEntry(table: KernelTable, rows: Int) {
    var values = TestValues(seed: rows)
    for columns in oddSizes {
      let x = values.floats(rows * columns)
      var transposed = [Float](repeating: 0, count: rows * columns)
      table.kernels.layout.transpose(&transposed, rows, x, columns, rows, columns)
      for row in 0..<rows {
        for column in 0..<columns where transposed[column * rows + row] != x[row * columns + column]
        {
          Issue.record("Entry \(row), \(column) of \(rows) × \(columns) is wrong.")
        }
      }
    }
  }

  @Test(arguments: KernelTable.runnable, oddSizes)
  func bitTransposesMoveEveryBitAndClearTheRest(table: KernelTable, rows: Int) {
    var values = TestValues(seed: rows)
    for columns in oddSizes {
      let (words, across) = ((columns + 63) / 64, (rows + 63) / 64)
      let bits = values.bits(rows: rows, columns: columns, sparsity: 1)
      var transposed = [UInt64](repeating: .max, count: columns * across)
      table.kernels.layout.transpose_bits(&transposed, across, bits, words, rows, columns)
      var expected = [UInt64](repeating: 0, count: columns * across)
      for row in 0..<rows {
        for column in 0..<columns {
          let bit = bits[row * words + column / 64] >> UInt64(column % 64) & 1
          expected[column * across + row / 64] |= bit << UInt64(row % 64)
        }
      }
      #expect(transposed == (rows == 0 ? [UInt64](repeating: .max, count: 0) : expected))
    }
  }

  @Test(arguments: KernelTable.runnable, oddSizes)
  func expandedBitsAreZerosAndOnes(table: KernelTable, columns: Int) {
    var values = TestValues(seed: columns)
    let (rows, words, stride) = (3, (columns + 63) / 64, columns + 1)
    let bits = values.bits(rows: rows, columns: columns, sparsity: 1)
    var out = [Float](repeating: -7, count: rows * stride)
    table.kernels.layout.expand_bits(&out, stride, bits, words, rows, columns)
    for row in 0..<rows {
      for column in 0..<columns {
        let bit = bits[row * words + column / 64] >> UInt64(column % 64) & 1
        #expect(out[row * stride + column] == Float(bit))
      }
      #expect(out[row * stride + columns] == -7)
    }
  }
}
