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

  /// Two binary layers, the first of which is enumerated; weights are [enumerated][other].
  init(biases: [Double], otherBiases: [Double], weights: [[Double]], kernels: Kernels) {
    (self.biases, self.otherBiases, self.weights) = (biases, otherBiases, weights)
    (isVisible, othersAreGaussian, self.kernels) = (true, false, kernels)
  }

  private var varyingCount: Int { min(Self.blockUnits, biases.count) }

  /// ln Z.
  func logPartitionFunction(threads: Int) -> Double {
    let total = ScaledSums.merged(count: 1 << (biases.count - varyingCount), threads: threads) {
      let logarithms = answers(of: block($0), wantsMeans: false).logWeights
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
      sums(over: block($0))
    }
    let z = total.values[0]
    let means = total.values.dropFirst().map { $0 / z }
    return (
      total.logScale + naturalLogarithm(z), Array(means[..<n]), Array(means[n..<n + m]),
      Array(means[(n + m)...])
    )
  }

  /// States of the enumerated layer: their numbers, their own share of −E, and the fields of the
  /// other units, one state after the other.
  private struct Block {
    var numbers: [Int] = []
    var shares: [Double] = []
    var fields: [Double] = []
  }

  /// Σ of the weights, and weighted, of the own units, the others, and the products.
  private func sums(over block: Block) -> ScaledSums {
    let (n, m) = (biases.count, otherBiases.count)
    let (logWeights, means) = answers(of: block, wantsMeans: true)
    let largest = logWeights.max() ?? 0
    var sums = [Double](repeating: 0, count: 1 + n + m + n * m)
    for (state, number) in block.numbers.enumerated() {
      let weight = exponential(logWeights[state] - largest)
      let weighted = (state * m..<(state + 1) * m).map { weight * means[$0] }
      sums[0] += weight
      for j in 0..<m { sums[1 + n + j] += weighted[j] }
      for i in 0..<n where number >> i & 1 == 1 {
        sums[1 + i] += weight
        let start = 1 + n + m + i * m
        for j in 0..<m { sums[start + j] += weighted[j] }
      }
    }
    return ScaledSums(logScale: largest, values: sums)
  }

  /// The states in which the units from `varyingCount` on have the states of the block's number.
  private func block(_ number: Int) -> Block {
    var (fields, share) = (otherBiases, 0.0)
    for unit in varyingCount..<biases.count where number >> (unit - varyingCount) & 1 == 1 {
      share += biases[unit]
      for (j, weight) in weights[unit].enumerated() { fields[j] += weight }
    }
    var block = Block()
    var state = 0
    for step in 0..<1 << varyingCount {
      if step > 0 {
        let unit = step.trailingZeroBitCount
        state ^= 1 << unit
        let sign = state >> unit & 1 == 1 ? 1.0 : -1.0
        share += sign * biases[unit]
        for (j, weight) in weights[unit].enumerated() { fields[j] += sign * weight }
      }
      block.numbers.append(number << varyingCount | state)
      block.shares.append(share)
      block.fields += fields
    }
    return block
  }

  /// For each state ln of exp(−E) summed over the other layer, and the means of the other units.
  private func answers(
    of block: Block, wantsMeans: Bool
  ) -> (logWeights: [Double], means: [Double]) {
    othersAreGaussian ? gaussian(block) : binary(block, wantsMeans: wantsMeans)
  }

  /// Σⱼ ln(1 + exp(xⱼ)) and σ(xⱼ) through exp(−|xⱼ|).
  private func binary(
    _ block: Block, wantsMeans: Bool
  ) -> (logWeights: [Double], means: [Double]) {
    let arguments = block.fields.map { -abs($0) }
    var tails = arguments
    unsafe kernels.elementwise.exponential_double(&tails, arguments, arguments.count)
    var logWeights = block.shares
    for state in logWeights.indices {
      let end = (state + 1) * otherBiases.count
      for start in stride(from: state * otherBiases.count, to: end, by: Self.stretch) {
        var product = 1.0
        for place in start..<min(start + Self.stretch, end) {
          logWeights[state] += max(block.fields[place], 0)
          product *= 1 + tails[place]
        }
        logWeights[state] += naturalLogarithm(product)
      }
    }
    if !wantsMeans { return (logWeights, []) }
    for (place, field) in block.fields.enumerated() {
      tails[place] = (field > 0 ? 1 : tails[place]) / (1 + tails[place])
    }
    return (logWeights, tails)
  }

  /// ln ∫ exp(−½ Σ(vᵢ − bᵢ)² + Σ vᵢ (xᵢ − bᵢ)) dv = n/2 ln 2π + ½ Σ (xᵢ² − bᵢ²); the means are xᵢ.
  private func gaussian(_ block: Block) -> (logWeights: [Double], means: [Double]) {
    let count = otherBiases.count
    var logWeights = block.shares
    for state in logWeights.indices {
      logWeights[state] += Double(count) * 0.5 * naturalLogarithm(2 * .pi)
      for (j, own) in otherBiases.enumerated() {
        let field = block.fields[state * count + j]
        logWeights[state] += 0.5 * (field - own) * (field + own)
      }
    }
    return (logWeights, block.fields)
  }
}
