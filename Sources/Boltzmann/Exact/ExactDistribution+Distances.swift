extension ExactDistribution {
  /// TV(p, q) = ½ Σ |p − q| over the states of the free units.
  ///
  /// Both distributions have the same free units; their machines, temperatures and the values at
  /// which other units are held may differ.
  public func totalVariationDistance(to other: ExactDistribution) -> Double {
    precondition(
      table.freeUnits == other.table.freeUnits, "Two distributions must be over the same units.")
    return Boltzmann.totalVariationDistance(probabilities, other.probabilities)
  }

  /// KL(p ‖ q) = Σ p ln(p/q) in nats over the states of the free units, which are the same.
  ///
  /// From energies: finite and exact however small q is.
  public func kullbackLeiblerDivergence(from other: ExactDistribution) -> Double {
    precondition(
      table.freeUnits == other.table.freeUnits, "Two distributions must be over the same units.")
    var sum = CompensatedSum()
    for (index, probability) in probabilities.enumerated() where probability > 0 {
      let own = table.energies[index] / temperature
      let others = other.table.energies[index] / other.temperature
      sum.add(probability * ((others + other.logZ) - (own + logZ)))
    }
    // A divergence is not negative; rounding may say otherwise where p and q are equal.
    return max(0, sum.value)
  }

  /// KL(q ‖ p) = Σ q ln(q/p) in nats of a distribution q over the same states.
  ///
  /// From energies: finite and exact however small p is.
  public func kullbackLeiblerDivergence(of q: [Double]) -> Double {
    precondition(q.count == probabilities.count, "Two distributions must be over the same states.")
    var sum = CompensatedSum()
    for (share, energy) in zip(q, table.energies) where share > 0 {
      sum.add(share * (naturalLogarithm(share) + energy / temperature + logZ))
    }
    // A divergence is not negative; rounding may say otherwise where p and q are equal.
    return max(0, sum.value)
  }

  /// p of the states of some units given others held at values, by the number in which units[k] is
  /// bit k.
  ///
  /// Nil when the values given have probability zero, as they have where the clamp holds one of
  /// these units at the other value.
  public func conditional(over units: [Int], given: Clamp) -> [Double]? {
    var sums = [CompensatedSum](repeating: CompensatedSum(), count: 1 << units.count)
    var total = CompensatedSum()
    table.forEachState { index, state in
      guard given.holds(in: state) else { return }
      sums[state.index(of: units)].add(probabilities[index])
      total.add(probabilities[index])
    }
    return total.value > 0 ? sums.map { $0.value / total.value } : nil
  }
}
