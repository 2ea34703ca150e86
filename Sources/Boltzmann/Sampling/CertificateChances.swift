internal import CKernels

extension ExactDistribution {
  /// ⟨s_i⟩ of the free units, in their order.
  var freeUnitMeans: [Double] {
    var sums = [CompensatedSum](repeating: CompensatedSum(), count: table.freeUnits.count)
    for (index, probability) in probabilities.enumerated() {
      for bit in sums.indices where index >> bit & 1 == 1 { sums[bit].add(probability) }
    }
    return sums.map { min($0.value, 1) }
  }
}

/// How many of some states are in each state of a distribution.
struct Occupation {
  let draws: Int
  /// Of each free state, by its number.
  let shares: [Double]
  /// Of states that do not agree with the clamp.
  let strays: Int

  init(of states: [BitVector], in distribution: ExactDistribution) {
    var counts = [Int](repeating: 0, count: distribution.table.count)
    var strays = 0
    for state in states {
      if let index = distribution.table.index(of: state) {
        counts[index] += 1
      } else {
        strays += 1
      }
    }
    (draws, self.strays) = (states.count, strays)
    shares = counts.map { Double($0) / Double(states.count) }
  }

  func logChanceOfStates(in distribution: ExactDistribution) -> Double {
    logChance(ofShares: shares, distribution.probabilities, draws: draws)
  }

  func logChanceOfEnergy(in distribution: ExactDistribution) -> Double {
    let energies = distribution.table.energies
    let lowest = energies.min() ?? 0
    var sum = CompensatedSum()
    for (share, energy) in zip(shares, energies) where share > 0 {
      sum.add(share * (energy - lowest))
    }
    let tilted = TiltedEnergies(energies.map { $0 - lowest })
    return hm_log(2) - Double(draws)
      * tilted.divergence(
        ofMean: sum.value, from: 1 / distribution.temperature)
  }
}

/// ln of 2 · count · exp(−N KL(f ‖ p)) of the most unusual share f among some of N draws.
func logChance(ofShares shares: [Double], _ probabilities: [Double], draws: Int) -> Double {
  var largest = 0.0
  for (share, p) in zip(shares, probabilities) {
    largest = max(largest, bernoulliDivergence(share, from: p))
  }
  return min(0, hm_log(2 * Double(max(shares.count, 1))) - Double(draws) * largest)
}

/// f ln(f/p) + (1 − f) ln((1 − f)/(1 − p)).
private func bernoulliDivergence(_ f: Double, from p: Double) -> Double {
  func term(_ f: Double, _ p: Double) -> Double {
    if f <= 0 { return 0 }
    return p <= 0 ? .infinity : f * hm_log(f / p)
  }
  return term(f, p) + term(1 - f, 1 - p)
}

/// exp(−xE)/Z(x) over the states of a machine at any inverse temperature x, energies from the
/// lowest.
private struct TiltedEnergies {
  let energies: [Double]
  /// Halvings of the interval in which x lies: any x gives a valid bound.
  static let halvings = 24

  init(_ energies: [Double]) { self.energies = energies }

  /// ln Z(x) and U(x).
  func sums(_ x: Double) -> (logZ: Double, mean: Double) {
    let shift = x < 0 ? energies.max() ?? 0 : 0
    var (sum, weighted) = (CompensatedSum(), CompensatedSum())
    for energy in energies {
      let weight = hm_exp(-x * (energy - shift))
      sum.add(weight)
      weighted.add(weight * energy)
    }
    return (hm_log(sum.value) - x * shift, weighted.value / sum.value)
  }

  /// KL(p_x ‖ p_β) with x such that U(x) is the mean: (β − x) U + ln Z(β) − ln Z(x).
  func divergence(ofMean mean: Double, from beta: Double) -> Double {
    let (logZ, exact) = sums(beta)
    if mean == exact { return 0 }
    // U falls with x: look for x on the side where the mean lies.
    let isCold = mean < exact
    func isBeyond(_ x: Double) -> Bool { isCold ? sums(x).mean <= mean : sums(x).mean >= mean }
    var (near, step) = (beta, beta)
    var far = beta + (isCold ? step : -step)
    for _ in 0..<40 where !isBeyond(far) {
      (near, step) = (far, 2 * step)
      far += isCold ? step : -step
    }
    for _ in 0..<Self.halvings {
      let middle = (near + far) / 2
      if isBeyond(middle) { far = middle } else { near = middle }
    }
    return max(0, (beta - near) * mean + logZ - sums(near).logZ)
  }
}
