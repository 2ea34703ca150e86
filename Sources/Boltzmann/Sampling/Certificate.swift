internal import CKernels

/// Whether a sampler leaves a distribution as it is: chains start exactly in p, the sampler runs,
/// and where they end is compared with p.
///
/// This tells a wrong sampler from one that is merely slow: from exact starts even a slow one
/// stays. Four figures of the N end states are compared with what N exact, independent draws
/// would give: the total variation from p, the count of each state, the count of each unit, and
/// the mean energy. For each, the probability that exact draws are as far out has a bound that
/// holds for every N and p, so that the false-alarm rate of the whole is at most the one stated:
///
/// - P(TV ≥ ⟨TV⟩ + t) ≤ exp(−2Nt²), since one draw moves TV by at most 1/N. Source: McDiarmid, "On
///   the method of bounded differences", Surveys in Combinatorics (1989) 148–188.
/// - P(count/N as far from p as f) ≤ 2 exp(−N KL(f ‖ p)), for each state and each unit, times their
///   number. Source: Chernoff, Annals of Mathematical Statistics 23 (1952) 493–507.
/// - P(mean energy as far out as u) ≤ 2 exp(−N KL(p′ ‖ p)), p′ being the distribution at the
///   temperature where the exact mean energy is u. Source: the same.
///
/// A sampler that does nothing stays too; a certificate therefore also wants every unit to move.
public struct Certificate: Sendable, Hashable {
  /// What the end states say.
  public enum Verdict: Sendable, Hashable {
    /// The chains move and stay in p.
    case stays
    /// The chains leave p, up to the false-alarm rate.
    case drifts
    /// Nothing can be said: these units never change, though independent draws of them would.
    case doesNotMove([Int])
  }

  /// What is compared.
  public enum Quantity: Sendable, Hashable, CaseIterable {
    /// The total variation from p.
    case totalVariation
    /// The most unusual count of a state.
    case states
    /// The most unusual count of a unit that is on.
    case units
    /// The mean energy.
    case energy
  }

  /// The number of chains.
  public let chainCount: Int
  /// The largest probability with which a right sampler is said to drift.
  public let falseAlarmRate: Double
  /// TV of the end states from p.
  public let totalVariation: Double
  /// ⟨TV⟩ of as many exact, independent draws.
  public let floor: Double
  /// The mean energy of the end states ± its error.
  public let meanEnergy: MonteCarloEstimate
  /// ⟨E⟩ in p.
  public let exactMeanEnergy: Double
  /// For each free unit, in order, the share of chains in which it ended otherwise than it began.
  public let changedShares: [Double]
  /// The same if the ends did not depend on the starts, 2⟨s⟩(1 − ⟨s⟩).
  public let independentShares: [Double]
  /// For each quantity the logarithm of the bound of its probability under exact draws.
  public let logChances: [Quantity: Double]
  /// What the end states say.
  public let verdict: Verdict

  /// TV in units of its floor; nil where exact draws hardly ever differ and there is no floor.
  public var multiple: Double? { isFloorless ? nil : totalVariation / floor }

  /// The multiple beyond which TV alone says that the chains drift; nil without a floor.
  public var largestMultiple: Double? {
    let logarithm = hm_log(Double(Quantity.allCases.count) / falseAlarmRate)
    return isFloorless ? nil : 1 + (logarithm / (2 * Double(chainCount))).squareRoot() / floor
  }

  /// How many units changed, in units of how many independent ends would change; nil where these
  /// hardly ever would.
  public var movedShare: Double? {
    let independent = independentShares.reduce(0, +)
    return isRare(independent) ? nil : changedShares.reduce(0, +) / independent
  }

  private var isFloorless: Bool { isRare(floor) }

  /// Whether a share of the chains is less than one in a thousand such runs.
  private func isRare(_ share: Double) -> Bool { share * Double(chainCount) < 1e-3 }

  /// A bound of the probability that exact draws are as far out in any of the quantities.
  public var chance: Double {
    min(1, Double(Quantity.allCases.count) * hm_exp(logChances.values.min() ?? 0))
  }

  /// The states of exact draws that chains start from; chain c is that of draw c.
  public static func starts(
    in distribution: ExactDistribution, chains: Int, stream: RandomStream
  ) -> [BitVector] {
    let sampler = ExactSampler(distribution)
    let stream = stream.substream(named: "certificate")
    return (0..<chains).map { sampler.state(chain: $0, stream: stream) }
  }

  /// Starts chains in a distribution, has the sampler take each to its end, and compares.
  ///
  /// The sampler gets the starts and gives the ends in the same order.
  public init(
    of distribution: ExactDistribution, chains: Int, falseAlarmRate: Double = 1e-4,
    stream: RandomStream, sampler: (_ starts: [BitVector]) throws -> [BitVector]
  ) rethrows {
    let starts = Self.starts(in: distribution, chains: chains, stream: stream)
    self.init(
      of: distribution, from: starts, to: try sampler(starts), falseAlarmRate: falseAlarmRate)
  }

  /// Compares the ends of chains that started in a distribution with it.
  public init(
    of distribution: ExactDistribution, from starts: [BitVector], to ends: [BitVector],
    falseAlarmRate: Double = 1e-4
  ) {
    precondition(falseAlarmRate > 0 && falseAlarmRate < 1, "A rate lies between 0 and 1.")
    precondition(!starts.isEmpty && starts.count == ends.count, "Every chain has two ends.")
    let count = ends.count
    let occupation = Occupation(of: ends, in: distribution)
    let means = distribution.freeUnitMeans
    (chainCount, self.falseAlarmRate) = (count, falseAlarmRate)
    totalVariation = totalVariationDistance(occupation.shares, distribution.probabilities)
    floor = expectedTotalVariation(of: distribution.probabilities, draws: count)
    exactMeanEnergy = distribution.meanEnergy
    var energies = Moments()
    for end in ends { energies.add(distribution.machine.energy(of: end)) }
    meanEnergy = MonteCarloEstimate(energies)
    let free = distribution.table.freeUnits
    let changes = free.map { unit in zip(starts, ends).count { $0[unit] != $1[unit] } }
    changedShares = changes.map { Double($0) / Double(count) }
    independentShares = means.map { 2 * $0 * (1 - $0) }
    let excess = max(totalVariation - floor, 0)
    let logChances: [Quantity: Double] = [
      .totalVariation: -2 * Double(count) * excess * excess,
      .states: occupation.logChanceOfStates(in: distribution),
      .units: logChance(
        ofShares: free.map { unit in Double(ends.count { $0[unit] }) / Double(count) }, means,
        draws: count),
      .energy: occupation.logChanceOfEnergy(in: distribution),
    ]
    self.logChances = logChances
    let smallest = hm_log(falseAlarmRate / Double(Quantity.allCases.count))
    let still = free.indices.filter { index in
      changes[index] == 0
        && 2 * means[index] * (1 - means[index]) * Double(count) >= Self.fewestChanges
    }
    if occupation.strays > 0 || logChances.values.contains(where: { $0 < smallest }) {
      verdict = .drifts
    } else {
      verdict = still.isEmpty ? .stays : .doesNotMove(still.map { free[$0] })
    }
  }

  /// A unit of which independent draws would change fewer than these may keep its value.
  static let fewestChanges = 20.0
}
