internal import CKernels

/// A restricted machine seen from the layer whose states are enumerated, the other one summed out.
///
/// Blocks of 256 states are walked in Gray-code order and merged in a fixed tree, all in Double: the
/// sums depend neither on the number of threads nor on the kernels.
struct EnumeratedLayer: Sendable {
  /// Units that differ inside a block.
  static let blockUnits = 8
  /// Exponentials from 1 to 2 whose product, next to 1, cannot overflow.
  private static let stretch = 512

  let biases: [Double]
  let otherBiases: [Double]
  /// [enumerated unit][other unit].
  let weights: [[Double]]
  let isVisible: Bool
  private let othersAreGaussian: Bool
  private let kernels: Kernels

  /// The smaller layer; of Gaussian visible units only the hidden ones can be enumerated.
  init(
    _ machine: RestrictedBoltzmannMachine, kernels: Kernels
  ) throws(EnumerationLimit) {
    let visible = machine.visibleBiases.map(Double.init)
    let hidden = machine.hiddenBiases.map(Double.init)
    let rows = (0..<visible.count).map { machine.weights.row($0).map(Double.init) }
    othersAreGaussian = machine.visibleUnits == .gaussian
    isVisible = visible.count <= hidden.count && !othersAreGaussian
    (biases, otherBiases) = isVisible ? (visible, hidden) : (hidden, visible)
    weights = isVisible ? rows : hidden.indices.map { unit in rows.map { $0[unit] } }
    self.kernels = kernels
    let limit = RestrictedBoltzmannMachine.largestEnumeratedUnitCount
    if biases.count > limit {
      throw EnumerationLimit(freeUnitCount: biases.count, largestFreeUnitCount: limit)
    }
  }

  private var varyingCount: Int { min(Self.blockUnits, biases.count) }

  /// ln Z.
  func logPartitionFunction(threads: Int) -> Double {
    let total = ScaledSums.merged(count: 1 << (biases.count - varyingCount), threads: threads) {
      let logarithms = states(ofBlock: $0, answers: false).map(\.logWeight)
      let largest = logarithms.max() ?? 0
      return ScaledSums(
        logScale: largest, values: [logarithms.reduce(0) { $0 + exponential($1 - largest) }])
    }
    return total.logScale + naturalLogarithm(total.values[0])
  }

  /// ln Z and the means of the enumerated units, of the others, and of their products, at
  /// enumerated unit · others + other.
  func means(threads: Int) -> (logZ: Double, own: [Double], others: [Double], products: [Double]) {
    let (n, m) = (biases.count, otherBiases.count)
    let total = ScaledSums.merged(count: 1 << (n - varyingCount), threads: threads) {
      let states = states(ofBlock: $0, answers: true)
      let largest = states.map(\.logWeight).max() ?? 0
      var sums = LayerStatistics(visibleCount: n, hiddenCount: m)
      var z = 0.0
      for state in states {
        let weight = exponential(state.logWeight - largest)
        z += weight
        let own = (0..<n).map { Double(state.number >> $0 & 1) }
        sums.add(visible: own, hidden: state.answers, weight: weight)
      }
      return ScaledSums(
        logScale: largest, values: [z] + sums.visible + sums.hidden + sums.products)
    }
    let z = total.values[0]
    let means = total.values.dropFirst().map { $0 / z }
    return (
      total.logScale + naturalLogarithm(z), Array(means[..<n]), Array(means[n..<n + m]),
      Array(means[(n + m)...])
    )
  }

  private struct State {
    let number: Int
    /// ln of exp(−E) summed over the other layer.
    let logWeight: Double
    /// The means of the other units given the state; empty if nobody asked.
    let answers: [Double]
  }

  private func states(ofBlock block: Int, answers wantsAnswers: Bool) -> [State] {
    var fields = otherBiases
    var bias = 0.0
    for unit in varyingCount..<biases.count where block >> (unit - varyingCount) & 1 == 1 {
      bias += biases[unit]
      for (j, weight) in weights[unit].enumerated() { fields[j] += weight }
    }
    let rest = block << varyingCount
    var state = 0
    return (0..<1 << varyingCount).map { number in
      if number > 0 {
        let unit = number.trailingZeroBitCount
        state ^= 1 << unit
        let sign = state >> unit & 1 == 1 ? 1.0 : -1.0
        bias += sign * biases[unit]
        for (j, weight) in weights[unit].enumerated() { fields[j] += sign * weight }
      }
      return othersAreGaussian
        ? gaussian(rest | state, bias, fields)
        : binary(rest | state, bias, fields, answers: wantsAnswers)
    }
  }

  /// Σⱼ ln(1 + exp(xⱼ)) and σ(xⱼ) through exp(−|xⱼ|).
  private func binary(
    _ number: Int, _ bias: Double, _ fields: [Double], answers wantsAnswers: Bool
  ) -> State {
    var tails = fields.map { -abs($0) }
    let arguments = tails
    unsafe kernels.elementwise.exponential_double(&tails, arguments, arguments.count)
    var logWeight = bias
    for start in stride(from: 0, to: fields.count, by: Self.stretch) {
      var product = 1.0
      for j in start..<min(start + Self.stretch, fields.count) {
        logWeight += max(fields[j], 0)
        product *= 1 + tails[j]
      }
      logWeight += naturalLogarithm(product)
    }
    let answers =
      wantsAnswers
      ? fields.indices.map { (fields[$0] > 0 ? 1 : tails[$0]) / (1 + tails[$0]) } : []
    return State(number: number, logWeight: logWeight, answers: answers)
  }

  /// ln ∫ exp(−½ Σ(vᵢ − bᵢ)² + Σ vᵢ (xᵢ − bᵢ)) dv = n/2 ln 2π + ½ Σ (xᵢ² − bᵢ²); the means are xᵢ.
  private func gaussian(_ number: Int, _ bias: Double, _ fields: [Double]) -> State {
    var logWeight = bias + Double(fields.count) * 0.5 * naturalLogarithm(2 * .pi)
    for (field, own) in zip(fields, otherBiases) {
      logWeight += 0.5 * (field - own) * (field + own)
    }
    return State(number: number, logWeight: logWeight, answers: fields)
  }
}
