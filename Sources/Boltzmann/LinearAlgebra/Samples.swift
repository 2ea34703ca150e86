internal import CKernels

/// What learning sums v hᵀ over: the first `count` rows of both layers.
enum Samples: Sendable {
  case binary(BinarySamples)
  case real(FloatRows, hidden: FloatRows, count: Int)
}

/// Row k of `transposed` has visible unit k in each sample, row m of `hidden` those of sample m.
struct BinarySamples: Sendable {
  let transposed: BitRows
  let hidden: FloatRows
  let count: Int

  /// For the units from `unit` on.
  @unsafe func rows(from unit: Int) -> hm_samples {
    unsafe hm_samples(
      bits: transposed.pointer(unit), bit_stride: transposed.stride, hidden: hidden.pointer(),
      hidden_stride: hidden.stride, count: count)
  }
}

extension Kernels {
  /// out[k][n] = Σₘ x[m][k] · h[m][n] over the samples m, for the rows k given.
  func transposedProduct(into out: FloatRows, of samples: Samples, rows: Range<Int>) {
    switch samples {
    case .binary(let binary):
      transposedProduct(
        into: out, of: binary.transposed, with: binary.hidden, count: binary.count, rows: rows)
    case .real(let visible, let hidden, let count):
      transposedProduct(into: out, of: visible, with: hidden, count: count, rows: rows)
    }
  }

  /// The most samples that `learn` takes.
  static let learnableSamples = Int(HM_LEARN_SAMPLES)

  /// `ascend` for the rows k of the weights given, with Σₘ x[m][k] · h[m][n] over the samples of
  /// each phase as its statistics; and brings the weights' transpose up to date.
  func learn(
    _ weights: FloatRows, transposed: FloatRows, velocity: FloatRows?, positive: BinarySamples,
    negative: BinarySamples, rows: Range<Int>, _ step: hm_ascent
  ) -> Bool {
    precondition(rows.lowerBound >= 0 && rows.upperBound <= weights.rows, "No such rows.")
    precondition(
      transposed.columns == weights.rows && transposed.rows == weights.columns,
      "Shapes must agree.")
    precondition(
      velocity == nil || velocity?.rows == weights.rows && velocity?.columns == weights.columns,
      "Shapes must agree.")
    for samples in [positive, negative] {
      precondition(
        samples.transposed.rows == weights.rows && samples.hidden.columns == weights.columns,
        "Shapes must agree.")
      precondition(
        (1...Self.learnableSamples).contains(samples.count)
          && samples.count <= min(samples.transposed.columns, samples.hidden.rows),
        "There are not so many samples.")
    }
    let first = rows.lowerBound
    let target = unsafe hm_weights(
      w: weights.pointer(first), velocity: velocity?.pointer(first), stride: weights.stride,
      transposed: transposed.pointer() + first, transposed_stride: transposed.stride)
    return unsafe learning.learn(
      target, positive.rows(from: first), negative.rows(from: first), rows.count, weights.columns,
      step) == 0
  }
}
