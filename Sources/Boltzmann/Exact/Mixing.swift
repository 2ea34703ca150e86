/// How far a kernel still is from its stationary distribution after some steps, from the worst
/// state to start at.
public struct Mixing: Sendable, Hashable {
  /// d(t) after t steps.
  public struct Distance: Sendable, Hashable {
    /// t.
    public let steps: Int
    /// d(t) = max over the starts s of TV(Kᵗ(s, ·), π).
    public let distance: Double
  }

  /// d at t = 1, 2, 4, … until it is below 0.01 or all doublings are done.
  public let distances: [Distance]
  /// The first t with d(t) ≤ ¼; nil where there is none up to the last one. A start counts as
  /// step 0.
  public let mixingTime: Int?
}

extension TransitionMatrix {
  /// d(t) and the mixing time t_mix(¼), exact, by repeated squaring of the matrix.
  ///
  /// Distances do not grow with t, and d(k t_mix) ≤ 2⁻ᵏ: Levin, Peres & Wilmer, Markov Chains and
  /// Mixing Times (2009), section 4.5. Cost: 2 log₂ t products of 8^units multiplications; 10 ms
  /// each for 9 units, 10 s for 12. Memory: log₂ t matrices.
  public func mixing(
    to stationary: [Double], doublings: Int = 40, kernels: Kernels = .standard
  ) -> Mixing {
    precondition(stationary.count == stateCount, "A distribution has one value per state.")
    precondition(doublings >= 0 && doublings < 62, "The steps must fit a number.")
    var powers = [entries]
    var distances = [Mixing.Distance(steps: 1, distance: worstDistance(entries, stationary))]
    while distances[powers.count - 1].distance >= 0.01 && powers.count <= doublings {
      let last = powers[powers.count - 1]
      powers.append(product(last, last, kernels))
      let distance = worstDistance(powers[powers.count - 1], stationary)
      distances.append(Mixing.Distance(steps: 1 << (powers.count - 1), distance: distance))
    }
    return Mixing(
      distances: distances, mixingTime: mixingTime(powers, distances, stationary, kernels))
  }

  /// The longest power that is not mixed yet, bit by bit from the highest, plus one step.
  private func mixingTime(
    _ powers: [[Double]], _ distances: [Mixing.Distance], _ stationary: [Double],
    _ kernels: Kernels
  ) -> Int? {
    if 1 - (stationary.min() ?? 1) <= Self.threshold { return 0 }
    guard let first = distances.firstIndex(where: { $0.distance <= Self.threshold }) else {
      return nil
    }
    if first == 0 { return 1 }
    var (steps, power) = (1 << (first - 1), powers[first - 1])
    for bit in (0..<first - 1).reversed() {
      let next = product(power, powers[bit], kernels)
      if worstDistance(next, stationary) > Self.threshold {
        (steps, power) = (steps + (1 << bit), next)
      }
    }
    return steps + 1
  }

  private static var threshold: Double { 0.25 }

  private func product(_ a: [Double], _ b: [Double], _ kernels: Kernels) -> [Double] {
    var out = [Double](repeating: 0, count: a.count)
    unsafe kernels.enumeration.product(&out, a, b, stateCount, stateCount, stateCount)
    return out
  }

  /// max over the columns of ½ Σ |K(s, t) − π(t)|.
  private func worstDistance(_ power: [Double], _ stationary: [Double]) -> Double {
    var sums = [Double](repeating: 0, count: stateCount)
    for state in 0..<stateCount {
      let row = state * stateCount
      let target = stationary[state]
      for from in 0..<stateCount { sums[from] += abs(power[row + from] - target) }
    }
    return (sums.max() ?? 0) / 2
  }
}
