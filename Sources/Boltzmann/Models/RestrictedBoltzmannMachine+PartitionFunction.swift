extension RestrictedBoltzmannMachine {
  /// The most units the smaller layer may have for its states to be enumerated: 2³⁰ states.
  public static let largestEnumeratedUnitCount = 30

  /// ln Z = ln Σ exp(−E(v, h)): the states of the smaller layer are enumerated, the other layer is
  /// summed out analytically, all in Double.
  ///
  /// Every sum has one order and its parts are merged in a fixed binary tree: the result depends
  /// neither on the number of threads nor on the kernels. Cost: 2 to the power of the smaller
  /// layer's units, times the units of the larger, times a tenth of a nanosecond; where a field can
  /// exceed 300, times the cost of an exponential and a logarithm.
  public func logPartitionFunction(
    threads: Int = 1, kernels: Kernels = .standard
  ) throws(EnumerationLimit) -> Double {
    let visible = visibleBiases.map(Double.init)
    let hidden = hiddenBiases.map(Double.init)
    let rows = (0..<visibleCount).map { weights.row($0).map(Double.init) }
    let isVisibleSmaller = visibleCount <= hiddenCount
    let (small, large) = isVisibleSmaller ? (visible, hidden) : (hidden, visible)
    let matrix = isVisibleSmaller ? rows : hidden.indices.map { unit in rows.map { $0[unit] } }
    if small.count > Self.largestEnumeratedUnitCount {
      throw EnumerationLimit(
        freeUnitCount: small.count, largestFreeUnitCount: Self.largestEnumeratedUnitCount)
    }
    let sum = LayerSum(
      enumeratedBiases: small, summedBiases: large, weights: matrix, kernels: kernels)
    return sum?.logarithm(threads: threads)
      ?? SummedLayer(enumeratedBiases: small, summedBiases: large, weights: matrix)
      .logPartitionFunction(threads: threads)
  }
}

/// A machine of large fields, seen from the layer that is enumerated.
private struct SummedLayer: Sendable {
  /// Units that differ inside a block.
  static let blockUnits = 8

  let enumeratedBiases: [Double]
  let summedBiases: [Double]
  /// One row per enumerated unit.
  let weights: [[Double]]

  private var varyingCount: Int { min(Self.blockUnits, enumeratedBiases.count) }

  func logPartitionFunction(threads: Int) -> Double {
    let blockCount = 1 << (enumeratedBiases.count - varyingCount)
    let total = ScaledSums.merged(count: blockCount, threads: threads) { block in
      let logarithms = freeEnergies(ofBlock: block).map { -$0 }
      let largest = logarithms.max() ?? 0
      return ScaledSums(
        logScale: largest, values: [logarithms.reduce(0) { $0 + exponential($1 - largest) }])
    }
    return total.logScale + naturalLogarithm(total.values[0])
  }

  /// −ln Σ exp(−E) over the summed layer, for each state of a block in Gray-code order.
  private func freeEnergies(ofBlock block: Int) -> [Double] {
    var fields = summedBiases
    var bias = 0.0
    for unit in varyingCount..<enumeratedBiases.count
    where block >> (unit - varyingCount) & 1 == 1 {
      bias += enumeratedBiases[unit]
      for (j, weight) in weights[unit].enumerated() { fields[j] += weight }
    }
    var state = 0
    return (0..<1 << varyingCount).map { number in
      if number > 0 {
        let unit = number.trailingZeroBitCount
        state ^= 1 << unit
        let sign = state >> unit & 1 == 1 ? 1.0 : -1.0
        bias += sign * enumeratedBiases[unit]
        for (j, weight) in weights[unit].enumerated() { fields[j] += sign * weight }
      }
      return fields.reduce(-bias) { $0 - softplus($1) }
    }
  }
}
