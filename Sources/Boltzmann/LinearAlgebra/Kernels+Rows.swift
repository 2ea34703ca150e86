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

  /// out[n][m] = x[m][n] for the first `count` rows m and the columns n of some words.
  func transpose(_ x: BitRows, into out: BitRows, words: Range<Int>, count: Int) {
    precondition(x.columns == out.rows, "Shapes must agree.")
    precondition(count <= min(x.rows, out.columns), "Shapes must agree.")
    precondition(words.lowerBound >= 0 && words.upperBound <= x.stride, "No such words.")
    let columns = min(64 * words.lowerBound, x.columns)..<min(64 * words.upperBound, x.columns)
    unsafe layout.transpose_bits(
      out.pointer(columns.lowerBound), out.stride, x.pointer() + words.lowerBound, x.stride, count,
      columns.count)
  }

  /// out[n][m] = x[m][n] for the rows m given and all columns n.
  func transpose(_ x: FloatRows, into out: FloatRows, rows: Range<Int>) {
    precondition(x.columns == out.rows && x.rows == out.columns, "Shapes must agree.")
    precondition(rows.lowerBound >= 0 && rows.upperBound <= x.rows, "No such rows.")
    unsafe layout.transpose(
      out.pointer() + rows.lowerBound, out.stride, x.pointer(rows.lowerBound), x.stride,
      rows.count, x.columns)
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
