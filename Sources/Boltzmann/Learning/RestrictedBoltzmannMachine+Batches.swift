extension RestrictedBoltzmannMachine {
  /// p(hⱼ = 1 | v) = σ(cⱼ + Σᵢ vᵢ wᵢⱼ) in Float, one row per row of `visible`.
  public func hiddenProbabilities(given visible: VisibleData, kernels: Kernels = .standard)
    -> Matrix
  {
    let out = FloatRows(rows: visible.count, columns: hiddenCount)
    let bias = FloatRows(rowOf: hiddenBiases)
    let rows = 0..<visible.count
    switch visible {
    case .binary(let bits):
      kernels.product(
        into: out, of: bits.storage, with: weights.storage, plus: bias, rows: rows)
    case .real(let values):
      kernels.product(
        into: out, of: values.storage, with: weights.storage, plus: bias, rows: rows)
    }
    kernels.logistic(out, rows: rows)
    return Matrix(out)
  }

  /// p(vᵢ = 1 | h) = σ(bᵢ + Σⱼ wᵢⱼ hⱼ) in Float, one row per row of `hidden`; for Gaussian units the
  /// mean bᵢ + Σⱼ wᵢⱼ hⱼ.
  public func visibleMeans(given hidden: Matrix, kernels: Kernels = .standard) -> Matrix {
    let out = FloatRows(rows: hidden.rowCount, columns: visibleCount)
    let transposed = FloatRows(rows: hiddenCount, columns: visibleCount)
    kernels.transpose(weights.storage, into: transposed, rows: 0..<visibleCount)
    kernels.product(
      into: out, of: hidden.storage, with: transposed, plus: FloatRows(rowOf: visibleBiases),
      rows: 0..<hidden.rowCount)
    if visibleUnits == .binary { kernels.logistic(out, rows: 0..<hidden.rowCount) }
    return Matrix(out)
  }
}

extension FloatRows {
  /// One row with these values.
  convenience init(rowOf values: [Float]) {
    self.init(rows: 1, columns: values.count)
    setRow(0, to: values)
  }
}
