import CKernels
import Testing

@Suite struct EnumerationTests {
  private func doubles(_ count: Int, seed: Int, scale: Double = 1) -> [Double] {
    var values = TestValues(seed: seed)
    return (0..<count).map { _ in Double(values.word() >> 11) * 0x1p-53 * scale }
  }

  @Test(arguments: KernelTable.runnable, [0, 1, 3, 4, 5, 9, 16, 17, 31, 33])
  func productsAgreeWithTheReference(table: KernelTable, columns: Int) throws {
    for rows in [0, 1, 3, 4, 5, 8, 9] {
      for inner in [0, 1, 2, 127, 128, 129, 255, 256, 257, 600] {
        let a = doubles(rows * inner, seed: 1)
        let b = doubles(inner * columns, seed: 2)
        var (fast, plain) = (
          [Double](repeating: -1, count: rows * columns + 1),
          [Double](repeating: -1, count: rows * columns + 1)
        )
        table.kernels.enumeration.product(&fast, a, b, rows, inner, columns)
        try KernelTable.reference.enumeration.product(&plain, a, b, rows, inner, columns)
        #expect(fast.map(\.bitPattern) == plain.map(\.bitPattern))
        #expect(fast[rows * columns] == -1)
      }
    }
  }

  private func layerSums(
    _ kernels: hm_kernels, rows: Int, units: Int, columns: Int, scale: Double, stretch: Int
  ) -> ([UInt64], [Int64]) {
    var sums = [Double](repeating: -1, count: rows + 1)
    var exponents = [Int64](repeating: -1, count: rows + 1)
    kernels.enumeration.layer_sums(
      &sums, &exponents, doubles(rows * units, seed: 3, scale: scale),
      doubles(units * columns, seed: 4, scale: scale), doubles(columns, seed: 5),
      (0..<Int64(columns)).map { 3 - $0 * $0 * $0 }, rows, units, columns, stretch)
    return (sums.map(\.bitPattern), exponents)
  }

  /// Setting an exponent aside is exact, so how often that is done does not matter either.
  @Test(arguments: KernelTable.runnable, [1, 3, 4, 5, 8, 9, 16, 17, 33])
  func layerSumsAgreeWithTheReference(table: KernelTable, columns: Int) throws {
    for (rows, units) in [(0, 3), (1, 0), (1, 1), (4, 2), (5, 127), (65, 129), (3, 257), (66, 600)]
    {
      for scale in [0.5, 3, 1e4] {
        let reference = layerSums(
          try KernelTable.reference, rows: rows, units: units, columns: columns, scale: scale,
          stretch: 1)
        for stretch in [1, 7, 30] {
          let sums = layerSums(
            table.kernels, rows: rows, units: units, columns: columns, scale: scale,
            stretch: stretch)
          #expect(sums.0 == reference.0 && sums.1 == reference.1)
        }
      }
    }
  }

  /// (1 + 1)^1500 and (1 + 3)^1500 in one row: 2^1500 + 2^3000, and no overflow.
  @Test(arguments: KernelTable.runnable)
  func layerSumsDoNotOverflow(table: KernelTable) {
    let units = 1500
    let h: [Double] = (0..<3 * units).map { [1, 3, 0][$0 % 3] }
    var (sum, exponent) = (0.0, Int64(0))
    table.kernels.enumeration.layer_sums(
      &sum, &exponent, [Double](repeating: 1, count: units), h, [0.5, 1, 1], [0, 0, 0], 1, units,
      3, 100)
    #expect(sum == 1 && exponent == 3000)
    table.kernels.enumeration.layer_sums(
      &sum, &exponent, [Double](repeating: 1, count: units), h, [0.5, 0, 1], [0, 0, 0], 1, 2, 3,
      100)
    #expect(sum * Double(sign: .plus, exponent: Int(exponent), significand: 1) == 3)
  }

  /// 2^−2995 (1 + 3)^1500, 2^−1500 (1 + 1)^1500 and 1: starts that no number holds decide.
  @Test(arguments: KernelTable.runnable)
  func startsHavePowersOfTheirOwn(table: KernelTable) {
    let units = 1500
    let h: [Double] = (0..<3 * units).map { [3, 1, 0][$0 % 3] }
    var (sum, exponent) = (0.0, Int64(0))
    table.kernels.enumeration.layer_sums(
      &sum, &exponent, [Double](repeating: 1, count: units), h, [1, 1, 1], [-2995, -1500, 0], 1,
      units, 3, 100)
    #expect(sum * Double(sign: .plus, exponent: Int(exponent), significand: 1) == 34)
  }
}
