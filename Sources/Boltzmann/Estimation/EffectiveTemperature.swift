/// The temperature at which a machine explains a set of samples best: β = 1/T maximises their
/// pseudo-likelihood Σ −ln(1 + exp(−β xᵢ)), xᵢ = (2sᵢ − 1) ΔEᵢ over all samples and units.
///
/// A set drawn at temperature T gives T within its error, whatever drew it; what a quantum or
/// analogue device, or a chain that has not converged, samples at shows itself here. The function
/// is concave in β, so that there is one maximum; it can lie at β ≤ 0, where samples prefer high
/// energies. Source: Besag, The Statistician 24 (1975) 179–195; error by Godambe's sandwich, see
/// Varin, Reid, Firth, "An overview of composite likelihood methods", Statistica Sinica 21 (2011)
/// 5–42, section 2.3.
public struct EffectiveTemperature: Sendable, Hashable {
  /// β ± the error from the groups of samples.
  public let inverseTemperature: MonteCarloEstimate

  /// T = 1/β ± its error to first order; nil where β is not above zero.
  public var temperature: MonteCarloEstimate? {
    let beta = inverseTemperature.mean
    guard beta > 0 else { return nil }
    return MonteCarloEstimate(
      mean: 1 / beta, standardError: inverseTemperature.standardError.map { $0 / (beta * beta) })
  }

  /// The effective temperature of samples of a machine; rows in groups of `groupLength`.
  ///
  /// Groups must be independent, such as those of single chains, for the error to be right; it is
  /// nil with one group. Memory: eight bytes per sample and unit. Cost: some ten logistic functions
  /// per sample and unit.
  public init(
    of samples: BitMatrix, _ machine: BoltzmannMachine, groupLength: Int = 1, threads: Int = 1
  ) throws(EffectiveTemperatureError) {
    precondition(groupLength >= 1, "A group has at least one sample.")
    let costs = machine.flipCosts(of: samples, threads: threads)
    let all = costs.joined()
    switch (all.contains { $0 > 0 }, all.contains { $0 < 0 }) {
    case (true, true): break
    case (true, false): throw .zeroTemperature
    case (false, true): throw .onlyMaxima
    case (false, false): throw .noEnergies
    }
    let score = Score(costs)
    let beta = score.root
    let (_, curvature) = score.slope(at: beta)
    var squares = CompensatedSum()
    let groups = stride(from: 0, to: costs.count, by: groupLength).map {
      costs[$0..<min($0 + groupLength, costs.count)]
    }
    for group in groups {
      let slope = Score(Array(group)).slope(at: beta).value
      squares.add(slope * slope)
    }
    let count = Double(groups.count)
    // The slopes of all groups add up to zero, so that one of them is not free.
    let variance = squares.value * count / (count - 1) / (curvature * curvature)
    inverseTemperature = MonteCarloEstimate(
      mean: beta, standardError: groups.count > 1 ? variance.squareRoot() : nil)
  }
}

/// Why a set of samples has no effective temperature.
public enum EffectiveTemperatureError: Error, Sendable, Hashable {
  /// Every unit of every sample stands as its gap wants it: the lower T, the better.
  case zeroTemperature
  /// Every unit of every sample stands against its gap.
  case onlyMaxima
  /// No flip of any unit changes the energy, or there are no samples.
  case noEnergies
}

extension EffectiveTemperatureError: CustomStringConvertible {
  /// The mistake in one sentence.
  public var description: String {
    switch self {
    case .zeroTemperature:
      "All samples are local minima of the energy: no temperature above 0 explains them best."
    case .onlyMaxima:
      "All samples are local maxima of the energy: no temperature explains them."
    case .noEnergies:
      "No flip of a unit changes the energy: the samples say nothing about the temperature."
    }
  }
}

/// The derivative of the log pseudo-likelihood in β.
private struct Score {
  let costs: [[Double]]

  init(_ costs: [[Double]]) { self.costs = costs }

  /// Σ x σ(−βx) and −Σ x² σ(βx) σ(−βx).
  func slope(at beta: Double) -> (value: Double, curvature: Double) {
    var (value, curvature) = (CompensatedSum(), CompensatedSum())
    for sample in costs {
      var (first, second) = (0.0, 0.0)
      for cost in sample {
        let against = logistic(-beta * cost)
        first += cost * against
        second -= cost * cost * against * logistic(beta * cost)
      }
      value.add(first)
      curvature.add(second)
    }
    return (value.value, curvature.value)
  }

  /// Where the slope is zero: Newton's steps, and the middle of the bracket where one leaves it.
  var root: Double {
    var (low, high) = (-1.0, 1.0)
    while slope(at: low).value < 0 { low *= 2 }
    while slope(at: high).value > 0 { high *= 2 }
    var beta = (low + high) / 2
    for _ in 0..<200 {
      let (value, curvature) = slope(at: beta)
      if value == 0 { return beta }
      if value > 0 { low = beta } else { high = beta }
      let step = beta - value / curvature
      let next = step > low && step < high ? step : (low + high) / 2
      if abs(next - beta) <= 1e-14 * abs(next) || next == low || next == high { return next }
      beta = next
    }
    return beta
  }
}
