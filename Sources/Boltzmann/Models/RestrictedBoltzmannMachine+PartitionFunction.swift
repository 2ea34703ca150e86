extension RestrictedBoltzmannMachine {
  /// The most units the smaller layer may have for its states to be enumerated: 2³⁰ states.
  public static let largestEnumeratedUnitCount = 30

  /// ln Z = ln Σ exp(−E(v, h)): the states of the smaller layer are enumerated, the other layer is
  /// summed out analytically, all in Double.
  ///
  /// Blocks of 256 states are visited in Gray-code order from freshly computed fields, and merged
  /// in a fixed binary tree: the result does not depend on the number of threads. A step changes
  /// each field of the other layer by a known weight, so its exponential by a known factor. Cost:
  /// 2 to the power of the smaller layer's units, times the units of the larger, times some tenths
  /// of a nanosecond; where a field can exceed 80, times the cost of a logarithm.
  public func logPartitionFunction(
    threads: Int = 1, kernels: Kernels = .standard
  ) throws(EnumerationLimit) -> Double {
    let layer = SummedLayer(self, kernels: kernels)
    if layer.enumeratedCount > Self.largestEnumeratedUnitCount {
      throw EnumerationLimit(
        freeUnitCount: layer.enumeratedCount,
        largestFreeUnitCount: Self.largestEnumeratedUnitCount)
    }
    let blockCount = 1 << max(0, layer.enumeratedCount - SummedLayer.blockUnits)
    // Both are powers of two, so that the groups' trees are one tree.
    let groupCount = min(blockCount, 64)
    let groupSize = blockCount / groupCount
    let groups = mapConcurrently(groupCount, threads: threads) { group in
      BoltzmannSum.merged(count: groupSize, temperature: 1) { block in
        BoltzmannSum(layer.freeEnergies(ofBlock: group * groupSize + block)[...], temperature: 1)
      }
    }
    return BoltzmannSum.merged(count: groupCount, temperature: 1) { groups[$0] }
      .logarithm(temperature: 1)
  }
}

/// A machine seen from the layer that is enumerated.
private struct SummedLayer: Sendable {
  /// Units that differ inside a block.
  static let blockUnits = 8
  /// Fields beyond this are not exponentiated.
  static let largestField = 80.0

  let kernels: Kernels
  let enumeratedBiases: [Double]
  /// Filled up to a multiple of eight with units that do nothing.
  let summedBiases: [Double]
  /// One row per enumerated unit.
  let weights: [[Double]]
  /// exp(w) and exp(−w) for the units that differ inside a block; nil where a field can be large.
  let factors: (on: [[Double]], off: [[Double]])?

  var enumeratedCount: Int { enumeratedBiases.count }
  private var varyingCount: Int { min(Self.blockUnits, enumeratedCount) }

  init(_ machine: RestrictedBoltzmannMachine, kernels: Kernels) {
    self.kernels = kernels
    let visible = machine.visibleBiases.map(Double.init)
    let hidden = machine.hiddenBiases.map(Double.init)
    let rows = (0..<visible.count).map { machine.weights.row($0).map(Double.init) }
    let (small, large) = visible.count <= hidden.count ? (visible, hidden) : (hidden, visible)
    let weights =
      visible.count <= hidden.count ? rows : hidden.indices.map { unit in rows.map { $0[unit] } }
    enumeratedBiases = small
    // exp(−∞) = 0: such a unit is always off and adds ln 1.
    let padding = [Double](repeating: 0, count: (8 - large.count % 8) % 8)
    summedBiases = large + padding.map { _ in -.infinity }
    self.weights = weights.map { $0 + padding }
    let reach = large.indices.map { unit in weights.reduce(abs(large[unit])) { $0 + abs($1[unit]) }
    }
    if reach.allSatisfy({ $0 <= Self.largestField }) {
      let varying = self.weights.prefix(Self.blockUnits)
      factors = (
        varying.map { $0.map { exponential($0) } }, varying.map { $0.map { exponential(-$0) } }
      )
    } else {
      factors = nil
    }
  }

  /// −ln Σ exp(−E) over the summed layer, for each state of a block in Gray-code order.
  func freeEnergies(ofBlock block: Int) -> [Double] {
    var fields = summedBiases
    var bias = 0.0
    for unit in varyingCount..<enumeratedCount where block >> (unit - varyingCount) & 1 == 1 {
      bias += enumeratedBiases[unit]
      for (j, weight) in weights[unit].enumerated() { fields[j] += weight }
    }
    if let factors { return steps(from: bias) { scaling(fields, by: factors) } }
    return steps(from: bias) { adding(to: fields) }
  }

  /// Walks the Gray code; `summed` makes a function from (unit, on) to Σ softplus after the step.
  private func steps(
    from start: Double, summed: () -> (_ unit: Int?, _ isOn: Bool) -> Double
  ) -> [Double] {
    let sum = summed()
    var (state, bias) = (0, start)
    return (0..<1 << varyingCount).map { number in
      if number == 0 { return -bias - sum(nil, false) }
      let unit = number.trailingZeroBitCount
      state ^= 1 << unit
      let isOn = state >> unit & 1 == 1
      bias += isOn ? enumeratedBiases[unit] : -enumeratedBiases[unit]
      return -bias - sum(unit, isOn)
    }
  }

  private func scaling(
    _ fields: [Double], by factors: (on: [[Double]], off: [[Double]])
  ) -> (Int?, Bool) -> Double {
    var exponentials = fields.map { exponential($0) }
    let ones = fields.map { _ in 1.0 }
    return { unit, isOn in
      let row = unit.map { isOn ? factors.on[$0] : factors.off[$0] } ?? ones
      return kernels.scaledLogSum(&exponentials, row)
    }
  }

  private func adding(to start: [Double]) -> (Int?, Bool) -> Double {
    var fields = start
    return { unit, isOn in
      if let unit {
        for (j, weight) in weights[unit].enumerated() { fields[j] += isOn ? weight : -weight }
      }
      return fields.reduce(0) { $0 + softplus($1) }
    }
  }
}
