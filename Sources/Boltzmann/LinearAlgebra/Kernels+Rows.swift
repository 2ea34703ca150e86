internal import CKernels

/// Kernels on rows of shared matrices. Shapes are checked here and nowhere below.
extension Kernels {
  /// out[m][n] = bias[n] + Σₖ x[m][k] · weights[k][n] for the rows m given, 0/1 inputs.
  func product(
    into out: FloatRows, of x: BitRows, with weights: FloatRows, plus bias: FloatRows?,
    rows: Range<Int>
  ) {
    checkProduct(out, weights, bias, rows, x.rows, x.columns)
    unsafe products.binary(
      out.pointer(rows.lowerBound), out.stride, x.pointer(rows.lowerBound), x.stride,
      weights.pointer(), weights.stride, bias?.pointer(), rows.count, x.columns, weights.columns)
  }

  /// out[m][n] = bias[n] + Σₖ x[m][k] · weights[k][n] for the rows m given, real inputs.
  func product(
    into out: FloatRows, of x: FloatRows, with weights: FloatRows, plus bias: FloatRows?,
    rows: Range<Int>
  ) {
    checkProduct(out, weights, bias, rows, x.rows, x.columns)
    unsafe products.dense(
      out.pointer(rows.lowerBound), out.stride, x.pointer(rows.lowerBound), x.stride, 1,
      weights.pointer(), weights.stride, bias?.pointer(), rows.count, x.columns, weights.columns)
  }

  /// out[k][n] = Σₘ x[m][k] · h[m][n] over the first `count` rows m, for the rows k given.
  func transposedProduct(
    into out: FloatRows, of x: FloatRows, with h: FloatRows, count: Int, rows: Range<Int>
  ) {
    precondition(count <= x.rows && count <= h.rows, "There are not so many rows to sum over.")
    precondition(out.columns == h.columns && rows.upperBound <= out.rows, "Shapes must agree.")
    precondition(rows.lowerBound >= 0 && rows.upperBound <= x.columns, "Shapes must agree.")
    unsafe products.dense(
      out.pointer(rows.lowerBound), out.stride, x.pointer() + rows.lowerBound, 1, x.stride,
      h.pointer(), h.stride, nil, rows.count, count, h.columns)
  }

  /// The same with x given transposed and packed: row k holds bit (m, k) for the m of a batch.
  func transposedProduct(
    into out: FloatRows, of transposed: BitRows, with h: FloatRows, count: Int, rows: Range<Int>
  ) {
    precondition(count <= transposed.columns && count <= h.rows, "There are not so many rows.")
    precondition(out.columns == h.columns && rows.upperBound <= out.rows, "Shapes must agree.")
    precondition(rows.lowerBound >= 0 && rows.upperBound <= transposed.rows, "Shapes must agree.")
    unsafe products.binary(
      out.pointer(rows.lowerBound), out.stride, transposed.pointer(rows.lowerBound),
      transposed.stride, h.pointer(), h.stride, nil, rows.count, count, h.columns)
  }

  /// sums[0][n] = Σₘ x[m][n] over the first `count` rows.
  func columnSums(into sums: FloatRows, of x: FloatRows, count: Int) {
    precondition(sums.rows == 1 && sums.columns == x.columns && count <= x.rows, "Shapes differ.")
    unsafe products.column_sums(sums.pointer(), x.pointer(), x.stride, count, x.columns)
  }

  /// σ of the rows given, in place.
  func logistic(_ x: FloatRows, rows: Range<Int>) {
    precondition(rows.lowerBound >= 0 && rows.upperBound <= x.rows, "No such rows.")
    for row in rows {
      unsafe elementwise.logistic(x.pointer(row), x.pointer(row), x.columns)
    }
  }

  /// Turns the fields of the rows given into probabilities and draws states; row m is chain m.
  func sample(
    into bits: BitRows, turningIntoProbabilities fields: FloatRows, rows: Range<Int>,
    stream: RandomStream, step: Int
  ) {
    precondition(bits.columns == fields.columns, "Shapes must agree.")
    precondition(
      rows.lowerBound >= 0 && rows.upperBound <= min(bits.rows, fields.rows), "No such rows.")
    let draw = hm_draw(
      key_low: UInt32(truncatingIfNeeded: stream.key),
      key_high: UInt32(truncatingIfNeeded: stream.key >> 32),
      purpose: RandomStream.Purpose.layer.rawValue, step: UInt32(step),
      chain: UInt32(rows.lowerBound))
    let start = unsafe fields.pointer(rows.lowerBound)
    unsafe sampling.sample_logistic(
      bits.pointer(rows.lowerBound), bits.stride, start, fields.stride, start, fields.stride,
      rows.count, bits.columns, draw)
  }

  /// 1.0 and 0.0 for the bits of the rows given.
  func expand(_ bits: BitRows, into out: FloatRows, rows: Range<Int>) {
    precondition(bits.columns == out.columns, "Shapes must agree.")
    precondition(
      rows.lowerBound >= 0 && rows.upperBound <= min(bits.rows, out.rows), "No such rows.")
    unsafe layout.expand_bits(
      out.pointer(rows.lowerBound), out.stride, bits.pointer(rows.lowerBound), bits.stride,
      rows.count, bits.columns)
  }

  /// out[n][m] = x[m][n] for the first `count` rows m and the columns n given, which begin at a
  /// multiple of 64.
  func transpose(_ x: BitRows, into out: BitRows, count: Int, columns: Range<Int>) {
    precondition(columns.lowerBound.isMultiple(of: 64), "Columns begin with a word.")
    precondition(columns.upperBound <= min(x.columns, out.rows), "Shapes must agree.")
    precondition(count <= min(x.rows, out.columns), "Shapes must agree.")
    unsafe layout.transpose_bits(
      out.pointer(columns.lowerBound), out.stride, x.pointer() + columns.lowerBound / 64, x.stride,
      count, columns.count)
  }

  /// out[n][m] = x[m][n] for the rows m given and all columns n.
  func transpose(_ x: FloatRows, into out: FloatRows, rows: Range<Int>) {
    precondition(x.columns == out.rows && x.rows == out.columns, "Shapes must agree.")
    precondition(rows.lowerBound >= 0 && rows.upperBound <= x.rows, "No such rows.")
    unsafe layout.transpose(
      out.pointer() + rows.lowerBound, out.stride, x.pointer(rows.lowerBound), x.stride,
      rows.count, x.columns)
  }

  /// One step of gradient ascent for the rows given; false if an entry is no longer finite.
  func ascend(
    _ parameters: FloatRows, velocity: FloatRows?, positive: FloatRows, negative: FloatRows,
    rows: Range<Int>, _ step: hm_ascent
  ) -> Bool {
    for other in [velocity ?? parameters, positive, negative] {
      precondition(
        other.rows == parameters.rows && other.columns == parameters.columns, "Shapes must agree.")
    }
    precondition(rows.lowerBound >= 0 && rows.upperBound <= parameters.rows, "No such rows.")
    // Rows are contiguous, and padding stays 0.
    return unsafe learning.ascend(
      parameters.pointer(rows.lowerBound), velocity?.pointer(rows.lowerBound),
      positive.pointer(rows.lowerBound), negative.pointer(rows.lowerBound),
      rows.count * parameters.stride, step) == 0
  }

  private func checkProduct(
    _ out: FloatRows, _ weights: FloatRows, _ bias: FloatRows?, _ rows: Range<Int>,
    _ inputRows: Int, _ inputs: Int
  ) {
    precondition(inputs == weights.rows && out.columns == weights.columns, "Shapes must agree.")
    precondition(bias == nil || bias?.columns == out.columns, "One bias for each output.")
    precondition(
      rows.lowerBound >= 0 && rows.upperBound <= min(inputRows, out.rows), "No such rows.")
  }
}
