internal import CKernels

extension BoltzmannMachine {
  /// The most free units whose states are summed over without a table: 2³⁶ states.
  public static let largestSummedUnitCount = 36

  /// ln Z = ln Σ exp(−E/T) over the states that agree with a clamp, without keeping them.
  ///
  /// Relative error of Z: below 10⁻¹² unless energies over T are so large that rounding them
  /// matters more. Every sum has one order and the groups a fixed tree: the result depends neither
  /// on the number of threads nor on the kernels. Cost: a multiplication and an addition per state,
  /// about 1 ms for 24 free units, 0.1 s for 30 and 4 s for 36; at temperatures so low that those
  /// products would vanish, an exponential per state, a hundred times as much.
  public func logPartitionFunction(
    temperature: Double = 1, clamp: Clamp = Clamp(), threads: Int = 1,
    kernels: Kernels = .standard
  ) throws(EnumerationLimit) -> Double {
    try checkSummed(temperature: temperature, clamp: clamp)
    let split = SplitMachine(self, temperature: temperature, clamp: clamp, kernels: kernels)
    let total = ScaledSums.merged(count: 1 << split.outerUnits.count, threads: threads) {
      split.total(outer: $0)
    }
    if total.isCertain { return total.logScale + hm_log(total.values[0]) }
    let blocks = EnergyBlocks(self, clamp: clamp)
    let sums = ScaledSums.merged(count: blocks.blockCount, threads: threads) { block in
      let weights = blocks.weights(ofBlock: block, temperature: temperature, kernels)
      return ScaledSums(logScale: weights.logScale, values: [weights.values.reduce(0, +)])
    }
    return sums.logScale + hm_log(sums.values[0])
  }

  /// ln Z and the moments ⟨s_i⟩ and ⟨s_i s_j⟩ over the states that agree with a clamp.
  ///
  /// As exact as ln Z, at three times its cost; at very low temperatures as said there.
  public func exactMoments(
    temperature: Double = 1, clamp: Clamp = Clamp(), threads: Int = 1,
    kernels: Kernels = .standard
  ) throws(EnumerationLimit) -> ExactMoments {
    try checkSummed(temperature: temperature, clamp: clamp)
    let split = SplitMachine(self, temperature: temperature, clamp: clamp, kernels: kernels)
    let total = ScaledSums.merged(count: 1 << split.outerUnits.count, threads: threads) {
      split.moments(outer: $0)
    }
    if total.isCertain { return ExactMoments(total, of: self) }
    let blocks = EnergyBlocks(self, clamp: clamp)
    let inner = Array(blocks.freeUnits[..<blocks.width])
    return ExactMoments(
      ScaledSums.merged(count: blocks.blockCount, threads: threads) { block in
        let weights = blocks.weights(ofBlock: block, temperature: temperature, kernels)
        let first = blocks.state(at: block << blocks.width)
        var table = MomentTable(unitCount: unitCount)
        table.add(weights.values, of: inner)
        let sum = weights.values.reduce(0, +)
        table.add((0..<unitCount).filter { first[$0] }, total: sum)
        return ScaledSums(logScale: weights.logScale, values: [sum, 0] + table.values)
      }, of: self)
  }

  private func checkSummed(temperature: Double, clamp: Clamp) throws(EnumerationLimit) {
    precondition(temperature > 0 && temperature.isFinite, "A temperature is positive and finite.")
    let freeCount = clamp.freeUnits(of: unitCount).count
    if freeCount > Self.largestSummedUnitCount {
      throw EnumerationLimit(
        freeUnitCount: freeCount, largestFreeUnitCount: Self.largestSummedUnitCount)
    }
  }
}

extension ScaledSums {
  /// Whether what underflow may have taken, sum 1, is nothing beside sum 0.
  fileprivate var isCertain: Bool { logScale.isFinite && values[1] <= values[0] * 0x1p-60 }
}

extension EnergyBlocks {
  /// exp(−E/T) of the states of a block, relative to the largest.
  fileprivate func weights(
    ofBlock block: Int, temperature: Double, _ kernels: Kernels
  ) -> ScaledSums {
    var energies = [Double](repeating: 0, count: blockSize)
    self.energies(ofBlock: block, into: &energies)
    let lowest = energies.min() ?? 0
    for index in energies.indices { energies[index] = (lowest - energies[index]) / temperature }
    var weights = energies
    unsafe kernels.elementwise.exponential_double(&weights, energies, energies.count)
    return ScaledSums(logScale: 0 - lowest / temperature, values: weights)
  }
}
