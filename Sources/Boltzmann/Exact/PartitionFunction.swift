extension BoltzmannMachine {
  /// The most free units the partition function is summed over without a table: 2³⁰ states.
  public static let largestSummedUnitCount = 30

  /// ln Z = ln Σ exp(−E/T) over the states that agree with a clamp, without keeping them.
  ///
  /// Blocks of 1024 states are summed one by one and merged in a fixed binary tree: the
  /// result does not depend on the number of threads. Cost: some nanoseconds per state.
  public func logPartitionFunction(
    temperature: Double = 1, clamp: Clamp = Clamp(), threads: Int = 1
  ) throws(EnumerationLimit) -> Double {
    precondition(temperature > 0 && temperature.isFinite, "A temperature is positive and finite.")
    let freeCount = clamp.freeUnits(of: unitCount).count
    if freeCount > Self.largestSummedUnitCount {
      throw EnumerationLimit(
        freeUnitCount: freeCount, largestFreeUnitCount: Self.largestSummedUnitCount)
    }
    let blocks = EnergyBlocks(self, clamp: clamp)
    // 64 or fewer equal groups of blocks: both are powers of two, so the tree is one tree.
    let groupCount = min(blocks.blockCount, 64)
    let groupSize = blocks.blockCount / groupCount
    let groups = mapConcurrently(groupCount, threads: threads) { group in
      var buffer = [Double](repeating: 0, count: blocks.blockSize)
      return BoltzmannSum.merged(count: groupSize, temperature: temperature) { block in
        blocks.energies(ofBlock: group * groupSize + block, into: &buffer)
        return BoltzmannSum(buffer[...], temperature: temperature)
      }
    }
    return BoltzmannSum.merged(count: groupCount, temperature: temperature) { groups[$0] }
      .logarithm(temperature: temperature)
  }
}
