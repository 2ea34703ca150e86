/// The samples of one update, copied from the data, with the hidden units they cause.
struct Batch: Sendable {
  enum Values: Sendable {
    case binary(BitRows)
    case real(FloatRows)
  }

  let values: Values
  /// Probabilities, or states as 0 and 1.
  let hidden: FloatRows
  let hiddenBits: BitRows
  private let transposed: BitRows

  init(size: Int, data: VisibleData, hiddenCount: Int) {
    switch data {
    case .binary:
      values = .binary(BitRows(rows: size, columns: data.unitCount))
      transposed = BitRows(rows: data.unitCount, columns: size)
    case .real:
      values = .real(FloatRows(rows: size, columns: data.unitCount))
      transposed = BitRows(rows: 0, columns: 0)
    }
    hidden = FloatRows(rows: size, columns: hiddenCount)
    hiddenBits = BitRows(rows: size, columns: hiddenCount)
  }

  /// Takes the samples listed.
  func load(_ samples: ArraySlice<Int>, of data: VisibleData) {
    for (row, sample) in samples.enumerated() {
      switch (values, data) {
      case (.binary(let bits), .binary(let source)): bits.setRow(row, to: source.storage, sample)
      case (.real(let rows), .real(let source)): rows.setRow(row, to: source.storage, sample)
      default: preconditionFailure("A batch and its data are of one kind.")
      }
    }
  }

  /// What learning sums over for the visible units given, which begin at a multiple of 64.
  func samples(of units: Range<Int>, count: Int, kernels: Kernels) -> Samples {
    switch values {
    case .binary(let bits):
      kernels.transpose(bits, into: transposed, count: count, columns: units)
      return .binary(BinarySamples(transposed: transposed, hidden: hidden, count: count))
    case .real(let rows):
      return .real(rows, hidden: hidden, count: count)
    }
  }

  /// Σ v over the first `count` samples.
  func addVisibleSums(count: Int, into sums: FloatRows, kernels: Kernels) {
    switch values {
    case .binary(let bits): bits.columnSums(into: sums, count: count)
    case .real(let rows): kernels.columnSums(into: sums, of: rows, count: count)
    }
  }

  /// Σᵢ (vᵢ − p(vᵢ))² per sample in Double: eight sums over every eighth unit, then their sum.
  func squaredErrors(of probabilities: FloatRows, count: Int) -> [Double] {
    (0..<count).map { row in
      var sums = SIMD8<Double>.zero
      for (unit, p) in probabilities.row(row).enumerated() {
        let difference = Double(value(row, unit)) - Double(p)
        sums[unit & 7] += difference * difference
      }
      return sums.sum()
    }
  }

  private func value(_ row: Int, _ unit: Int) -> Float {
    switch values {
    case .binary(let bits): bits[row, unit] ? 1 : 0
    case .real(let rows): rows[row, unit]
    }
  }
}

extension BitRows {
  /// sums[0][n] = the number of the first `count` rows in which bit n is 1.
  func columnSums(into sums: FloatRows, count: Int) {
    precondition(sums.columns == columns && count <= rows, "Shapes must agree.")
    var totals = [Float](repeating: 0, count: columns)
    for row in 0..<count {
      for (place, word) in words(row).enumerated() {
        var left = word
        while left != 0 {
          totals[place * 64 + left.trailingZeroBitCount] += 1
          left &= left - 1
        }
      }
    }
    sums.setRow(0, to: totals)
  }
}
