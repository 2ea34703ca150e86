extension RestrictedBoltzmannMachine {
  /// The most units the smaller layer may have for its states to be enumerated: 2³⁰ states.
  public static let largestEnumeratedUnitCount = 30

  /// ln Z = ln Σ exp(−E(v, h)): the states of the smaller layer are enumerated, the other layer is
  /// summed out analytically, all in Double.
  ///
  /// Blocks of 256 states are visited in Gray-code order from freshly computed fields, and merged
  /// in a fixed binary tree: the result does not depend on the number of threads. Cost: 2 to the
  /// power of the smaller layer's units, times the units of the larger.
  public func logPartitionFunction(threads: Int = 1) throws(EnumerationLimit) -> Double {
    let layer = SummedLayer(self)
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

  let enumeratedBiases: [Double]
  let summedBiases: [Double]
  /// One row per enumerated unit.
  let weights: [[Double]]

  var enumeratedCount: Int { enumeratedBiases.count }

  init(_ machine: RestrictedBoltzmannMachine) {
    let visible = machine.visibleBiases.map(Double.init)
    let hidden = machine.hiddenBiases.map(Double.init)
    let rows = (0..<visible.count).map { machine.weights.row($0).map(Double.init) }
    if visible.count <= hidden.count {
      (enumeratedBiases, summedBiases, weights) = (visible, hidden, rows)
    } else {
      (enumeratedBiases, summedBiases) = (hidden, visible)
      weights = hidden.indices.map { unit in rows.map { $0[unit] } }
    }
  }

  /// −ln Σ exp(−E) over the summed layer, for each state of a block in Gray-code order.
  func freeEnergies(ofBlock block: Int) -> [Double] {
    let varying = min(Self.blockUnits, enumeratedCount)
    var fields = summedBiases
    var bias = 0.0
    for unit in varying..<max(varying, enumeratedCount)
    where block >> (unit - varying) & 1 == 1 {
      bias += enumeratedBiases[unit]
      for (j, weight) in weights[unit].enumerated() { fields[j] += weight }
    }
    var state = 0
    var energies: [Double] = []
    for number in 0..<1 << varying {
      if number > 0 {
        let unit = number.trailingZeroBitCount
        state ^= 1 << unit
        let sign = state >> unit & 1 == 1 ? 1.0 : -1.0
        bias += sign * enumeratedBiases[unit]
        for (j, weight) in weights[unit].enumerated() { fields[j] += sign * weight }
      }
      var energy = -bias
      for field in fields { energy -= softplus(field) }
      energies.append(energy)
    }
    return energies
  }
}
