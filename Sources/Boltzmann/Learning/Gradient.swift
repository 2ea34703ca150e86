internal import CKernels

/// The two statistics whose difference moves a parameter, and its velocity where it has one.
struct Gradient: Sendable {
  let positive: FloatRows
  let negative: FloatRows
  let velocity: FloatRows?

  init(rows: Int, columns: Int, hasVelocity: Bool) {
    positive = FloatRows(rows: rows, columns: columns)
    negative = FloatRows(rows: rows, columns: columns)
    velocity = hasVelocity ? FloatRows(rows: rows, columns: columns) : nil
  }

  /// Moves the rows given; false if an entry is no longer finite.
  func ascend(
    _ parameters: FloatRows, rows: Range<Int>, _ step: hm_ascent, kernels: Kernels
  ) -> Bool {
    kernels.ascend(
      parameters, velocity: velocity, positive: positive, negative: negative, rows: rows, step)
  }
}
