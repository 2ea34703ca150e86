extension RestrictedBoltzmannMachine {
  /// The most units of both layers for which all pairs of states are visited.
  public static let largestPairedUnitCount = 22

  /// What CD-k moves along on average, exact: ⟨v hᵀ⟩ given the data minus ⟨v hᵀ⟩ of the visible
  /// states after k steps of Gibbs sampling from the data, and the same for the biases; one for
  /// each k of an ascending list.
  ///
  /// The distribution of the visible states is carried along step by step, p(v′) = Σₕ p(v′ | h)
  /// Σᵥ p(h | v) p(v), in Double. Its difference from `logLikelihoodGradient` is the bias of CD-k,
  /// which vanishes as k grows. Binary units and data. Cost: 2 to the power of all units for each
  /// step. Source: Fischer & Igel, "Bounding the bias of contrastive divergence learning", Neural
  /// Computation 23 (2011) 664–673.
  public func expectedContrastiveDivergence(
    steps: [Int], on data: BitMatrix, threads: Int = 1
  ) throws(EnumerationLimit) -> [LayerStatistics] {
    precondition(visibleUnits == .binary, "Only binary states can be enumerated.")
    precondition(data.columnCount == visibleCount && data.rowCount > 0, "Data fit the machine.")
    precondition(
      steps.allSatisfy { $0 >= 0 } && zip(steps, steps.dropFirst()).allSatisfy { $0 < $1 },
      "Steps ascend.")
    let units = visibleCount + hiddenCount
    if units > Self.largestPairedUnitCount {
      throw EnumerationLimit(
        freeUnitCount: units, largestFreeUnitCount: Self.largestPairedUnitCount)
    }
    var chain = VisibleDistribution(self, data)
    let positive = chain.statistics()
    var (done, results) = (0, [LayerStatistics]())
    for count in steps {
      for _ in done..<count { chain.step(threads: threads) }
      done = count
      results.append(positive - chain.statistics())
    }
    return results
  }
}

/// A distribution over all states of the visible layer, and what Gibbs sampling makes of it.
private struct VisibleDistribution {
  private let layers: DoubleLayers
  private let hiddenCount: Int
  private let visibleCount: Int
  /// [hidden][visible].
  private let transposed: [[Double]]
  private var probabilities: [Double]

  init(_ machine: RestrictedBoltzmannMachine, _ data: BitMatrix) {
    let layers = DoubleLayers(machine)
    self.layers = layers
    (visibleCount, hiddenCount) = (machine.visibleCount, machine.hiddenCount)
    transposed = layers.hiddenBiases.indices.map { unit in layers.weights.map { $0[unit] } }
    probabilities = Array(repeating: 0, count: 1 << visibleCount)
    for row in 0..<data.rowCount {
      probabilities[Int(data.row(row).index)] += 1 / Double(data.rowCount)
    }
  }

  /// ⟨v⟩, ⟨h⟩ and ⟨v hᵀ⟩ with the h given v.
  func statistics() -> LayerStatistics {
    var means = LayerStatistics(visibleCount: visibleCount, hiddenCount: hiddenCount)
    for (state, probability) in probabilities.enumerated() where probability > 0 {
      let visible = (0..<visibleCount).map { Double(state >> $0 & 1) }
      means.add(
        visible: visible, hidden: layers.hiddenFields(visible).map(logistic), weight: probability)
    }
    return means
  }

  mutating func step(threads: Int) {
    let hidden = Self.answers(
      to: probabilities, layers.weights, layers.hiddenBiases, threads: threads)
    probabilities = Self.answers(
      to: hidden, transposed, layers.visibleBiases, threads: threads)
  }

  /// Σₓ p(x) p(y | x) for all states y of a layer, in parts of fixed size added in order.
  private static func answers(
    to probabilities: [Double], _ weights: [[Double]], _ biases: [Double], threads: Int
  ) -> [Double] {
    let size = 64
    let parts = mapConcurrently((probabilities.count + size - 1) / size, threads: threads) { part in
      var sums = [Double](repeating: 0, count: 1 << biases.count)
      let end = min((part + 1) * size, probabilities.count)
      for state in part * size..<end where probabilities[state] > 0 {
        var fields = biases
        for (unit, row) in weights.enumerated() where state >> unit & 1 == 1 {
          for (j, weight) in row.enumerated() { fields[j] += weight }
        }
        let answers = product(fields.map(logistic), times: probabilities[state])
        for (answer, probability) in answers.enumerated() { sums[answer] += probability }
      }
      return sums
    }
    var total = parts[0]
    for part in parts.dropFirst() {
      for (state, probability) in part.enumerated() { total[state] += probability }
    }
    return total
  }

  /// factor · Πⱼ p(yⱼ) for all states y, unit j being bit j.
  private static func product(_ on: [Double], times factor: Double) -> [Double] {
    var table = [factor]
    table.reserveCapacity(1 << on.count)
    for p in on {
      table += table.map { $0 * p }
      for index in 0..<table.count / 2 { table[index] *= 1 - p }
    }
    return table
  }
}
