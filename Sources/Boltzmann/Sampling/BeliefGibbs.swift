/// Gibbs sampling of p(s | evidence): every unit that is not known is drawn in turn given all
/// others, of which only its Markov blanket matters: parents, children and the children's parents.
///
/// Sources: Pearl, "Evidential reasoning using stochastic simulation of causal models", Artificial
/// Intelligence 32 (1987) 245–257; of the estimate, Gelfand & Smith, JASA 85 (1990) 398, eq. 2.6.
public struct BeliefGibbs: Sendable {
  /// The net.
  public let net: BeliefNet
  /// The units that are known.
  public let evidence: Clamp
  /// The units that are drawn, ascending.
  public let freeUnits: [Int]

  /// Throws where a table holds 0 or 1: some states then cannot be left, or never be reached.
  public init(_ net: BeliefNet, given evidence: Clamp = Clamp()) throws(CertaintyInTable) {
    for (number, unit) in net.units.enumerated() {
      guard case .table(let entries) = unit.conditional else { continue }
      if entries.contains(where: { $0 == 0 || $0 == 1 }) { throw CertaintyInTable(unit: number) }
    }
    (self.net, self.evidence) = (net, evidence)
    freeUnits = evidence.freeUnits(of: net.unitCount)
  }

  /// p(unit on | all other units).
  public func probability(of unit: Int, given state: BitVector) -> Double {
    var state = state
    return probability(of: unit, given: &state)
  }

  /// The same without a copy; leaves the unit off.
  private func probability(of unit: Int, given state: inout BitVector) -> Double {
    let own = net.logProbabilities(of: unit, given: state)
    var gap = own.on - own.off
    for child in net.children[unit] {
      let isOn = state[child]
      state[unit] = true
      gap += net.logProbabilities(of: child, given: state)[isOn]
      state[unit] = false
      gap -= net.logProbabilities(of: child, given: state)[isOn]
    }
    return logistic(gap)
  }

  /// Runs chains; chain c at sweep t uses draw `unit` of update (t, c) for each unit.
  public func run(
    chains: Int, schedule: Schedule, from start: InitialState = .random, stream: RandomStream,
    threads: Int = 1
  ) -> GibbsPosterior {
    precondition(chains >= 1 && schedule.sweeps >= 1, "An estimate needs a chain and a sweep.")
    let chainMeans = mapConcurrently(chains, threads: threads) { chain in
      means(ofChain: chain, schedule, start, stream)
    }
    return GibbsPosterior(
      chainMeans, freeUnits: freeUnits, evidence: evidence, sweeps: schedule.sweeps,
      unitCount: net.unitCount)
  }

  /// For each free unit the mean of p(on | others) at its updates, and how often it then was on.
  private func means(
    ofChain chain: Int, _ schedule: Schedule, _ start: InitialState, _ stream: RandomStream
  ) -> [ChainMeans] {
    var state = start.state(chain: chain, unitCount: net.unitCount, stream: stream)
    evidence.apply(to: &state)
    var means = [ChainMeans](repeating: ChainMeans(), count: freeUnits.count)
    for sweep in 0..<schedule.totalSweeps {
      for (place, unit) in freeUnits.enumerated() {
        let chance = probability(of: unit, given: &state)
        state[unit] = stream.uniform(.update, step: sweep, chain: chain, unit: unit) < chance
        guard sweep >= schedule.warmUp else { continue }
        means[place].probability += chance
        means[place].on += state[unit] ? 1 : 0
      }
    }
    let length = Double(schedule.sweeps)
    return means.map { ChainMeans(probability: $0.probability / length, on: $0.on / length) }
  }
}

struct ChainMeans: Sendable {
  var probability = 0.0
  var on = 0.0
}

/// A table of a belief net holds 0 or 1, so that chains cannot reach every state.
public struct CertaintyInTable: Error, Sendable, Hashable {
  /// The unit with the table.
  public let unit: Int

  package init(unit: Int) { self.unit = unit }
}

extension CertaintyInTable: CustomStringConvertible {
  /// The mistake in one sentence.
  public var description: String {
    "The table of unit \(unit) holds 0 or 1; chains need probabilities strictly between."
  }
}

/// p(unit on | evidence) from chains.
public struct GibbsPosterior: Sendable {
  /// p(unit on | evidence) of every unit: the mean over all sweeps of p(on | other units), with the
  /// standard error of independent chains.
  public let marginals: [MonteCarloEstimate]
  /// The largest R̂ = √((n − 1)/n + B/W) of a unit, W the mean variance of its states within a chain
  /// of n sweeps and B the variance of the chains' means; 1 when chains agree, infinite when each
  /// stands still, but not in one place. Source: Gelman & Rubin, Statistical Science 7 (1992) 457,
  /// without the correction for few chains.
  public let rHat: Double
  /// p̂(1 − p̂)/error² of every unit: so many independent draws would have this error; nil where
  /// there is no error.
  public let effectiveDraws: [Double?]

  init(
    _ chains: [[ChainMeans]], freeUnits: [Int], evidence: Clamp, sweeps: Int, unitCount: Int
  ) {
    var marginals = (0..<unitCount).map {
      MonteCarloEstimate(mean: evidence[$0] == true ? 1 : 0, standardError: 0)
    }
    var effective = [Double?](repeating: nil, count: unitCount)
    var largest = 1.0
    for (place, unit) in freeUnits.enumerated() {
      let estimate = MonteCarloEstimate(chainMeans: chains.map { $0[place].probability })
      marginals[unit] = estimate
      if let error = estimate.standardError, error > 0 {
        effective[unit] = estimate.mean * (1 - estimate.mean) / (error * error)
      }
      largest = max(largest, Self.rHat(chains.map { $0[place].on }, length: Double(sweeps)))
    }
    (self.marginals, effectiveDraws, rHat) = (marginals, effective, largest)
  }

  private static func rHat(_ shares: [Double], length: Double) -> Double {
    var (between, within) = (Moments(), Moments())
    for share in shares {
      between.add(share)
      // The variance of 0s and 1s, divided by the length less one.
      within.add(length > 1 ? share * (1 - share) * length / (length - 1) : 0)
    }
    guard let spread = between.variance, spread > 0 else { return 1 }
    if within.mean == 0 { return .infinity }
    return max(1, ((length - 1) / length + spread / within.mean).squareRoot())
  }
}
