/// How well random patterns are recalled at a load, measured over networks with fresh patterns.
public struct RetrievalStudy: Sendable {
  /// The number of units of a network.
  public var unitCount: Int
  /// The number of patterns that it stores.
  public var patternCount: Int
  /// The number of units of a pattern that are flipped before recall.
  public var flipCount: Int
  /// How many of its patterns are recalled in each network, the first ones.
  public var recallCount: Int

  /// A study of networks of Hebb's rule; by default 8 patterns, or all if fewer, are recalled from
  /// themselves.
  public init(unitCount: Int, patternCount: Int, flipCount: Int = 0, recallCount: Int? = nil) {
    precondition(unitCount >= 1 && patternCount >= 1, "A network has units and patterns.")
    precondition((0...unitCount).contains(flipCount), "No more units can flip than there are.")
    (self.unitCount, self.patternCount) = (unitCount, patternCount)
    (self.flipCount, self.recallCount) = (flipCount, min(recallCount ?? 8, patternCount))
    precondition(self.recallCount >= 1, "At least one pattern is recalled.")
  }

  /// Sequential descent in networks 0 ..< networks; errors are from network to network.
  ///
  /// Network k draws from substream k. Cost of a network: `recallCount` times some ten sweeps of
  /// N P log₂ N / 64 steps.
  public func run(networks: Int, stream: RandomStream, threads: Int = 1) -> RetrievalRecord {
    let results = mapConcurrently(networks, threads: threads) {
      run(stream.substream(UInt64($0)))
    }
    return RetrievalRecord(
      overlap: MonteCarloEstimate(chainMeans: results.map(\.overlap)),
      willingShare: MonteCarloEstimate(chainMeans: results.map(\.willingShare)),
      recalledShare: MonteCarloEstimate(chainMeans: results.map(\.recalledShare)))
  }

  private func run(
    _ stream: RandomStream
  ) -> (overlap: Double, willingShare: Double, recalledShare: Double) {
    let patterns = HopfieldNetwork.randomPatterns(
      patternCount, unitCount: unitCount, stream: stream)
    let (rows, units) = (PatternRows(patterns), Array(0..<unitCount))
    let noise = stream.substream(named: "noise")
    var (wrong, willing, recalled) = (0, 0, 0)
    for (number, pattern) in patterns.prefix(recallCount).enumerated() {
      let stored = HebbState(patterns, rows, pattern)
      willing += units.count { stored.isWilling($0) }
      let start =
        flipCount == 0
        ? stored
        : HebbState(patterns, rows, pattern.flipping(flipCount, stream: noise, chain: number))
      let end = Descent.Order.sequential.run(
        from: start, units: units, chain: number, largestSweeps: .max)
      let distance = end.state.distance(to: pattern)
      wrong += distance
      recalled += distance == 0 ? 1 : 0
    }
    let starts = Double(recallCount)
    return (
      1 - 2 * Double(wrong) / (starts * Double(unitCount)),
      Double(willing) / (starts * Double(unitCount)), Double(recalled) / starts
    )
  }
}

/// What a retrieval study measured.
public struct RetrievalRecord: Sendable, Hashable {
  /// The overlap of the end with the pattern recalled.
  public let overlap: MonteCarloEstimate
  /// The share of a pattern's units whose field points the other way in the pattern itself.
  public let willingShare: MonteCarloEstimate
  /// The share of runs that end in the pattern exactly.
  public let recalledShare: MonteCarloEstimate
}
