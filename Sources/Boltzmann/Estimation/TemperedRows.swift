internal import CKernels

/// A restricted machine, the base, and the steps from the one to the other.
struct TemperedMachine: Sendable {
  /// [visible, hidden], and its transpose.
  let weights: FloatRows
  let transposed: FloatRows
  let visibleBiases: FloatRows
  let hiddenBiases: FloatRows
  let base: [Float]
  /// b − a.
  let biasDifferences: [Double]
  let betas: [Double]
  let kernels: Kernels

  init(
    _ machine: RestrictedBoltzmannMachine, base: [Double], _ path: TemperingPath,
    _ kernels: Kernels
  ) {
    betas = path.inverseTemperatures
    weights = machine.weights.storage
    transposed = FloatRows(rows: machine.hiddenCount, columns: machine.visibleCount)
    kernels.transpose(weights, into: transposed, rows: 0..<machine.visibleCount)
    visibleBiases = FloatRows(rowOf: machine.visibleBiases)
    hiddenBiases = FloatRows(rowOf: machine.hiddenBiases)
    self.base = base.map { Float($0) }
    biasDifferences = zip(machine.visibleBiases, base).map { Double($0) - $1 }
    self.kernels = kernels
  }
}

/// Chains of a restricted machine along a path: some rows of the layers.
struct TemperedRows: PathChains {
  private let layers: Layers
  private let rows: Range<Int>
  private let machine: TemperedMachine
  private let stream: RandomStream
  private var draws = 0
  /// Whether `layers.hidden` holds cⱼ + Σᵢ vᵢ wᵢⱼ.
  private var hasFields = false

  init(_ layers: Layers, _ rows: Range<Int>, of machine: TemperedMachine, _ stream: RandomStream) {
    (self.layers, self.rows, self.machine, self.stream) = (layers, rows, machine, stream)
  }

  var count: Int { rows.count }

  /// Visible units drawn from the base.
  mutating func startAtBase() {
    layers.visible.blend(rows, by: 0, plus: machine.base, times: 1)
    draw(layers.visibleBits, layers.visible)
    hasFields = false
  }

  /// The visible units, the first of all, of each chain's state.
  mutating func start(from states: [BitVector]) {
    for row in rows {
      for unit in 0..<layers.visible.columns { layers.visibleBits[row, unit] = states[row][unit] }
    }
    hasFields = false
  }

  mutating func logRatios(step k: Int) -> [Double] {
    let (beta, next) = (machine.betas[k - 1], machine.betas[k])
    updateFields()
    let (count, difference) = (layers.hidden.columns, next - beta)
    return rows.map { row in
      let fields = layers.hidden.row(row).map(Double.init)
      let (now, change) = (fields.map { beta * $0 }, fields.map { difference * $0 })
      var (on, growth) = (now, change)
      unsafe machine.kernels.elementwise.logistic_double(&on, now, count)
      unsafe machine.kernels.elementwise.exponential_double(&growth, change, count)
      // (1 + exp(β′f)) / (1 + exp(βf)) = 1 − p + p exp((β′ − β) f), p = σ(βf).
      var (product, sum) = (LogProduct(), 0.0)
      for (unit, field) in fields.enumerated() {
        if abs(change[unit]) < 600 {
          product.multiply(by: (1 - on[unit]) + on[unit] * growth[unit])
        } else {
          sum += softplus(next * field) - softplus(beta * field)
        }
      }
      return difference * biases(row) + product.logarithm + sum
    }
  }

  mutating func sweep(step k: Int) {
    let beta = machine.betas[k]
    updateFields()
    layers.hidden.scale(rows, by: Float(beta))
    draw(layers.hiddenBits, layers.hidden)
    // v given h: fields β (bᵢ + Σⱼ wᵢⱼ hⱼ) + (1 − β) aᵢ.
    machine.kernels.product(
      into: layers.visible, of: layers.hiddenBits, with: machine.transposed,
      plus: machine.visibleBiases, rows: rows)
    layers.visible.blend(rows, by: Float(beta), plus: machine.base, times: Float(1 - beta))
    draw(layers.visibleBits, layers.visible)
    hasFields = false
  }

  /// (b − a)·v.
  private func biases(_ row: Int) -> Double {
    var sum = 0.0
    for (place, word) in layers.visibleBits.words(row).enumerated() {
      var left = word
      while left != 0 {
        sum += machine.biasDifferences[place * 64 + left.trailingZeroBitCount]
        left &= left - 1
      }
    }
    return sum
  }

  private mutating func updateFields() {
    if hasFields { return }
    machine.kernels.product(
      into: layers.hidden, of: layers.visibleBits, with: machine.weights,
      plus: machine.hiddenBiases, rows: rows)
    hasFields = true
  }

  private mutating func draw(_ bits: BitRows, _ fields: FloatRows) {
    machine.kernels.sample(
      into: bits, turningIntoProbabilities: fields, rows: rows, stream: stream, step: draws)
    draws += 1
  }
}

extension FloatRows {
  /// x = factor · x for the rows given.
  fileprivate func scale(_ rows: Range<Int>, by factor: Float) {
    for row in rows {
      let values = unsafe pointer(row)
      for column in 0..<columns { unsafe values[column] *= factor }
    }
  }

  /// x = factor · x + weight · other for the rows given.
  fileprivate func blend(
    _ rows: Range<Int>, by factor: Float, plus other: [Float], times weight: Float
  ) {
    precondition(other.count == columns, "Shapes must agree.")
    for row in rows {
      let values = unsafe pointer(row)
      for column in other.indices {
        unsafe values[column] = factor * values[column] + weight * other[column]
      }
    }
  }
}
