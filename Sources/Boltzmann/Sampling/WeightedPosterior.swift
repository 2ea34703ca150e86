/// p(unit on | evidence) from independent ancestral draws that are weighted by how well they agree
/// with the evidence.
///
/// The mean of the weights estimates p(evidence). The error of a marginal is that of a quotient of
/// means, √(Σ w²(s − p̂)²)/Σ w. It is at least that of as many independent draws as the weights are
/// worth, one of each state added, so that nothing seen is no certainty. A draw that matters may be
/// too rare to occur at all; neither the error nor the effective number of draws can show that.
/// Sources: Henrion, "Propagating uncertainty in Bayesian networks by probabilistic logic sampling"
/// (rejection) and Fung & Chang, "Weighing and integrating evidence for stochastic simulation in
/// Bayesian networks" (likelihood), UAI 1988 and 1989; of the error, Owen, "Monte Carlo theory,
/// methods and examples" (2013), eq. 9.8.
public struct WeightedPosterior: Sendable {
  /// How a draw is weighted.
  public enum Weighting: Sendable, CaseIterable {
    /// Draws all units and keeps the draws that agree with the evidence.
    case rejection
    /// Holds the evidence and weights a draw by Π p(known unit | its parents).
    case likelihood
  }

  /// The number of draws.
  public let draws: Int
  /// (Σ w)²/Σ w²: as many draws of equal weight are worth as much. Source: Kong, Liu, Wong,
  /// "Sequential imputations and Bayesian missing data problems", JASA 89 (1994) 278–288.
  public let effectiveDraws: Double
  /// The logarithm of the mean weight; −∞ when every weight is zero.
  public let logEvidence: Double
  /// p(unit on | evidence) of every unit; empty when every weight is zero.
  public let marginals: [MonteCarloEstimate]

  /// Draws in blocks of 1024 that are merged in order: the result does not depend on the threads.
  public init(
    _ net: BeliefNet, given evidence: Clamp, by weighting: Weighting, draws: Int,
    stream: RandomStream, threads: Int = 1
  ) {
    precondition(draws >= 1, "An estimate needs a draw.")
    let size = 1024
    let blocks = mapConcurrently((draws + size - 1) / size, threads: threads) { block in
      var sums = WeightedSums(unitCount: net.unitCount)
      for sample in block * size..<min(block * size + size, draws) {
        let held = weighting == .likelihood ? evidence : Clamp()
        let (state, logWeight) = net.drawn(sample: sample, holding: held, stream: stream)
        if evidence.holds(in: state) { sums.add(state, logWeight: logWeight) }
      }
      return sums
    }
    var sums = WeightedSums(unitCount: net.unitCount)
    for block in blocks { sums.merge(block) }
    self.draws = draws
    logEvidence = sums.logScale + naturalLogarithm(sums.weight / Double(draws))
    effectiveDraws =
      sums.weight > 0 ? sums.weight * sums.weight / sums.squaredWeight : 0
    marginals = sums.weight > 0 ? net.units.indices.map { sums.marginal(of: $0, evidence) } : []
  }
}

/// Σ w and Σ w², over all draws and over those with a unit on, relative to the largest weight.
private struct WeightedSums: Sendable {
  /// ln of the largest weight so far.
  var logScale = -Double.infinity
  var weight = 0.0
  var squaredWeight = 0.0
  var weightOn: [Double]
  var squaredWeightOn: [Double]

  init(unitCount: Int) {
    weightOn = [Double](repeating: 0, count: unitCount)
    squaredWeightOn = weightOn
  }

  mutating func add(_ state: BitVector, logWeight: Double) {
    guard logWeight > -.infinity else { return }
    raise(to: logWeight)
    let share = exponential(logWeight - logScale)
    weight += share
    squaredWeight += share * share
    for unit in weightOn.indices where state[unit] {
      weightOn[unit] += share
      squaredWeightOn[unit] += share * share
    }
  }

  mutating func merge(_ other: WeightedSums) {
    guard other.weight > 0 else { return }
    raise(to: other.logScale)
    let factor = exponential(other.logScale - logScale)
    let square = factor * factor
    weight += factor * other.weight
    squaredWeight += square * other.squaredWeight
    for unit in weightOn.indices {
      weightOn[unit] += factor * other.weightOn[unit]
      squaredWeightOn[unit] += square * other.squaredWeightOn[unit]
    }
  }

  /// Counts all sums relative to a weight that may be larger than all before.
  private mutating func raise(to logWeight: Double) {
    guard logWeight > logScale else { return }
    let factor = exponential(logScale - logWeight)
    logScale = logWeight
    guard weight > 0 else { return }
    weight *= factor
    squaredWeight *= factor * factor
    for unit in weightOn.indices {
      weightOn[unit] *= factor
      squaredWeightOn[unit] *= factor * factor
    }
  }

  func marginal(of unit: Int, _ evidence: Clamp) -> MonteCarloEstimate {
    if let isOn = evidence[unit] { return MonteCarloEstimate(mean: isOn ? 1 : 0, standardError: 0) }
    let mean = weightOn[unit] / weight
    let off = max(0, squaredWeight - squaredWeightOn[unit])
    let spread = (1 - mean) * (1 - mean) * squaredWeightOn[unit] + mean * mean * off
    let effective = weight * weight / squaredWeight
    let shrunk = (mean * effective + 1) / (effective + 2)
    let variance = max(
      spread / (weight * weight), shrunk * (1 - shrunk) / (effective + 2))
    return MonteCarloEstimate(mean: mean, standardError: variance.squareRoot())
  }
}
