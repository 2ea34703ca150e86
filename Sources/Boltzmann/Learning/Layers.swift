/// Many copies of both layers, one per row: the chains of a sampler.
struct Layers: Sendable {
  /// Probabilities, or fields on the way to them.
  let visible: FloatRows
  let hidden: FloatRows
  /// Drawn states.
  let visibleBits: BitRows
  let hiddenBits: BitRows

  var rowCount: Int { visible.rows }

  init(rows: Int, visibleCount: Int, hiddenCount: Int) {
    visible = FloatRows(rows: rows, columns: visibleCount)
    hidden = FloatRows(rows: rows, columns: hiddenCount)
    visibleBits = BitRows(rows: rows, columns: visibleCount)
    hiddenBits = BitRows(rows: rows, columns: hiddenCount)
  }
}

/// Gibbs half-steps of drawn states, on some rows of the layers.
struct HalfSteps: Sendable {
  let kernels: Kernels
  let stream: RandomStream
  /// [visible, hidden], and its transpose.
  private let weights: FloatRows
  private let transposed: FloatRows
  private let visibleBiases: FloatRows
  private let hiddenBiases: FloatRows

  init(_ machine: RestrictedBoltzmannMachine, kernels: Kernels, stream: RandomStream) {
    (self.kernels, self.stream) = (kernels, stream)
    weights = machine.weights.storage
    transposed = FloatRows(rows: machine.hiddenCount, columns: machine.visibleCount)
    visibleBiases = FloatRows(rowOf: machine.visibleBiases)
    hiddenBiases = FloatRows(rowOf: machine.hiddenBiases)
    kernels.transpose(weights, into: transposed, rows: 0..<weights.rows)
  }

  /// Draws h given v under number `step`.
  func updateHidden(_ layers: Layers, rows: Range<Int>, step: Int) {
    kernels.product(
      into: layers.hidden, of: layers.visibleBits, with: weights, plus: hiddenBiases, rows: rows)
    kernels.sample(
      into: layers.hiddenBits, turningIntoProbabilities: layers.hidden, rows: rows, stream: stream,
      step: step)
  }

  /// Draws v given h under number `step`.
  func updateVisible(_ layers: Layers, rows: Range<Int>, step: Int) {
    kernels.product(
      into: layers.visible, of: layers.hiddenBits, with: transposed, plus: visibleBiases,
      rows: rows)
    kernels.sample(
      into: layers.visibleBits, turningIntoProbabilities: layers.visible, rows: rows,
      stream: stream, step: step)
  }
}
