internal import CKernels

/// Σ over the states h of one layer of exp(a·h) Π_v (1 + exp(b_v + Σ_j w_jv h_j)): the partition
/// function of two layers without connections inside, the second summed out.
///
/// The field of unit v is a part from the low half of the first layer's units plus one from the
/// high half, so its exponential is a product of two that are tabulated: a state costs two
/// multiplications and one addition for each unit v. The products' exponents are set aside before
/// they can overflow.
struct LayerSum: Sendable {
  /// The most units of the low half: its table has a column for each of their states.
  static let largestLowCount = 10
  /// Rows, states of the high half, that are worked on together.
  static let rowUnits = 6
  /// Fields beyond this are not exponentiated.
  static let largestField = 300.0

  private let kernels: Kernels
  private let lowCount: Int
  /// exp of the low half's part of the fields, [v, state], and of its biases, relative to the
  /// largest.
  private let lowFactors: [Double]
  private let lowStarts: [Double]
  private let lowPowers: [Int64]
  private let lowScale: Double
  private let highBiases: [Double]
  /// [high unit][v].
  private let highWeights: [[Double]]
  private let summedBiases: [Double]
  private let stretch: Int

  /// The weights are [enumerated unit][summed unit]. Nil when a field can be so large that its
  /// exponential is of no use.
  init?(
    enumeratedBiases: [Double], summedBiases: [Double], weights: [[Double]], kernels: Kernels
  ) {
    let largest =
      summedBiases.indices.map { unit in
        weights.reduce(abs(summedBiases[unit])) { $0 + abs($1[unit]) }
      }.max() ?? 0
    guard largest <= Self.largestField else { return nil }
    // A factor is below 1 + exp(largest) < 2^(1 + 1.5 · largest).
    stretch = max(1, Int(900 / (1 + 1.5 * largest)))
    lowCount = min(Self.largestLowCount, enumeratedBiases.count / 2 + 1, enumeratedBiases.count)
    let low = 0..<lowCount
    var fields: [Double] = []
    for unit in summedBiases.indices { fields += Self.sums(low.map { weights[$0][unit] }) }
    let starts = Self.sums(low.map { enumeratedBiases[$0] })
    lowScale = starts.max() ?? 0
    var factors = fields
    unsafe kernels.elementwise.exponential_double(&factors, fields, fields.count)
    lowFactors = factors
    // With a power of two beside it, since what a product makes of a start that is no number by
    // itself may be the largest term.
    lowPowers = starts.map { [lowScale] start in
      Int64(max(((start - lowScale) * HM_LOG2_E).rounded(.down), -0x1p40))
    }
    lowStarts = zip(starts, lowPowers).map { [lowScale] start, power in
      hm_exp(start - lowScale - Double(power) * HM_LN2_UPPER - Double(power) * HM_LN2_LOWER)
    }
    highBiases = Array(enumeratedBiases[lowCount...])
    highWeights = Array(weights[lowCount...])
    (self.summedBiases, self.kernels) = (summedBiases, kernels)
  }

  /// ln of the sum; blocks of rows merged in a fixed tree.
  func logarithm(threads: Int) -> Double {
    let blockUnits = max(0, highBiases.count - Self.rowUnits)
    let total = ScaledSums.merged(count: 1 << blockUnits, threads: threads) { block($0) }
    return total.logScale + hm_log(total.values[0])
  }

  /// The rows in which the high units from `rowUnits` on have the states of the block's number.
  private func block(_ number: Int) -> ScaledSums {
    var (base, bias) = (summedBiases, 0.0)
    for unit in highBiases.indices.dropFirst(Self.rowUnits)
    where number >> (unit - Self.rowUnits) & 1 == 1 {
      bias += highBiases[unit]
      for (v, weight) in highWeights[unit].enumerated() { base[v] += weight }
    }
    var (rows, biases) = ([base], [bias])
    for unit in highBiases.indices.prefix(Self.rowUnits) {
      rows += rows.map { zip($0, highWeights[unit]).map { $0 + $1 } }
      biases += biases.map { $0 + highBiases[unit] }
    }
    let fields = rows.flatMap { $0 }
    var factors = fields
    unsafe kernels.elementwise.exponential_double(&factors, fields, fields.count)
    var sums = [Double](repeating: 0, count: rows.count)
    var exponents = [Int64](repeating: 0, count: rows.count)
    unsafe kernels.enumeration.layer_sums(
      &sums, &exponents, factors, lowFactors, lowStarts, lowPowers, rows.count, base.count,
      1 << lowCount, stretch)
    let scales = exponents.indices.map {
      Double(exponents[$0]) * HM_LN2_UPPER + (Double(exponents[$0]) * HM_LN2_LOWER + biases[$0])
    }
    let largest = scales.max() ?? 0
    var total = 0.0
    for (sum, scale) in zip(sums, scales) { total += sum * hm_exp(scale - largest) }
    return ScaledSums(logScale: largest + lowScale, values: [total])
  }

  /// Σ over the units that are on, for each of their states, units[k] being bit k.
  private static func sums(_ values: [Double]) -> [Double] {
    var sums = [0.0]
    for value in values { sums += sums.map { $0 + value } }
    return sums
  }
}
