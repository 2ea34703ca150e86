internal import CKernels

/// S(p) = −Σ p ln p in nats.
public func entropy(_ p: [Double]) -> Double {
  var sum = CompensatedSum()
  for probability in p where probability > 0 { sum.add(probability * hm_log(probability)) }
  return 0 - sum.value
}

extension ExactDistribution {
  /// q(s) ∝ w(s) exp(−E(s)/T′), with T′ such that ⟨E⟩ is that of this distribution: of all
  /// distributions with that mean energy the one closest to w, KL(q ‖ w) being least.
  ///
  /// One positive weight per state. ⟨E⟩ agrees to about 10⁻¹⁵ of the spread of energies.
  public func rival(weights: [Double]) -> [Double] {
    precondition(
      weights.count == probabilities.count && weights.allSatisfy { $0 > 0 },
      "Each state has a positive weight.")
    let lowest = table.energies.min() ?? 0
    let heights = table.energies.map { $0 - lowest }
    let spread = heights.max() ?? 0
    if spread == 0 {
      let total = weights.reduce(0, +)
      return weights.map { $0 / total }
    }
    // Rounding alone puts a mean below the lowest energy.
    let target = max(0, meanEnergy - lowest)
    // ⟨E⟩ falls as the tilt grows; two powers of two that enclose the answer, then halves.
    var (low, high) = (-1 / spread, 1 / spread)
    while mean(heights, tilted(weights, heights, low)) < target { low *= 2 }
    while mean(heights, tilted(weights, heights, high)) > target { high *= 2 }
    for _ in 0..<80 {
      let middle = low + (high - low) / 2
      if mean(heights, tilted(weights, heights, middle)) > target {
        low = middle
      } else {
        high = middle
      }
    }
    return tilted(weights, heights, low + (high - low) / 2)
  }

  private func mean(_ values: [Double], _ p: [Double]) -> Double {
    var sum = CompensatedSum()
    for (value, probability) in zip(values, p) { sum.add(value * probability) }
    return sum.value
  }

  /// w exp(−λ h), normalised; the largest exponent is set to 0.
  private func tilted(_ weights: [Double], _ heights: [Double], _ tilt: Double) -> [Double] {
    let largest = tilt < 0 ? tilt * (heights.max() ?? 0) : 0
    let values = zip(weights, heights).map { $0 * hm_exp(largest - tilt * $1) }
    var sum = CompensatedSum()
    for value in values { sum.add(value) }
    return values.map { $0 / sum.value }
  }
}
