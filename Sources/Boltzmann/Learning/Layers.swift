/// Many copies of both layers, one per row: where the chains of training live.
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

  /// Every visible unit on with probability ½; row m is chain m of purpose `initialState`.
  func startVisible(stream: RandomStream) {
    for row in 0..<rowCount {
      for unit in 0..<visible.columns {
        let word = stream.word(.initialState, step: 0, chain: row, unit: unit)
        visibleBits[row, unit] = word >> 31 == 1
        visible[row, unit] = visibleBits[row, unit] ? 1 : 0
      }
    }
  }
}

/// The parameters in the form in which kernels want them.
struct Parameters: Sendable {
  /// [visible, hidden].
  let weights: FloatRows
  /// [hidden, visible].
  let transposed: FloatRows
  /// [1, visible] and [1, hidden].
  let visibleBiases: FloatRows
  let hiddenBiases: FloatRows

  init(_ machine: RestrictedBoltzmannMachine, kernels: Kernels) {
    weights = machine.weights.storage.copy()
    transposed = FloatRows(rows: machine.hiddenCount, columns: machine.visibleCount)
    visibleBiases = FloatRows(rowOf: machine.visibleBiases)
    hiddenBiases = FloatRows(rowOf: machine.hiddenBiases)
    kernels.transpose(weights, into: transposed, rows: 0..<weights.rows)
  }
}

/// Gibbs half-steps on some rows of the layers.
struct HalfSteps: Sendable {
  let kernels: Kernels
  let parameters: Parameters
  let stream: RandomStream

  /// p(h | v), drawn from under number `step` if states are wanted.
  func updateHidden(
    _ layers: Layers, from v: UnitValue, to h: UnitValue, rows: Range<Int>, step: Int
  ) {
    let (weights, bias) = (parameters.weights, parameters.hiddenBiases)
    switch v {
    case .states:
      kernels.product(
        into: layers.hidden, of: layers.visibleBits, with: weights, plus: bias, rows: rows)
    case .probabilities:
      kernels.product(
        into: layers.hidden, of: layers.visible, with: weights, plus: bias, rows: rows)
    }
    draw(layers.hidden, layers.hiddenBits, as: h, rows: rows, step: step)
  }

  /// p(v | h), drawn from under number `step` if states are wanted.
  func updateVisible(
    _ layers: Layers, from h: UnitValue, to v: UnitValue, rows: Range<Int>, step: Int
  ) {
    let (weights, bias) = (parameters.transposed, parameters.visibleBiases)
    switch h {
    case .states:
      kernels.product(
        into: layers.visible, of: layers.hiddenBits, with: weights, plus: bias, rows: rows)
    case .probabilities:
      kernels.product(
        into: layers.visible, of: layers.hidden, with: weights, plus: bias, rows: rows)
    }
    draw(layers.visible, layers.visibleBits, as: v, rows: rows, step: step)
  }

  /// Turns fields into probabilities, and draws states if they are wanted.
  func draw(_ fields: FloatRows, _ bits: BitRows, as value: UnitValue, rows: Range<Int>, step: Int)
  {
    switch value {
    case .states:
      kernels.sample(
        into: bits, turningIntoProbabilities: fields, rows: rows, stream: stream, step: step)
    case .probabilities:
      kernels.logistic(fields, rows: rows)
    }
  }

  typealias UnitValue = ContrastiveDivergence.UnitValue
}
