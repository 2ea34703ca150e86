internal import CKernels

/// Both phases of learning and the likelihood of the rows, by enumeration of all states.
///
/// With r(h | v) the hidden units' distribution, x the inputs in v and q the rows' shares, the
/// positive phase is q(v) r(h | v) and the negative one q(x) p(v | x) r(h | v). Cost: an exponential
/// and about as many additions as there are units, for each of the machine's states.
public struct ExactPhases: Sendable {
  /// The most units of a machine: 2²⁰ states.
  public static let largestUnitCount = 20

  /// The mean over the rows of ln p(v), or with inputs of ln p(y | x), in nats.
  public let logLikelihood: Double
  /// KL(rows ‖ machine) = Σ q(v) ln (q(y | x) / p(y | x)) in nats.
  public let divergence: Double
  private let machine: BoltzmannMachine
  /// q(v) and q(x) p(v | x), by the number of the visible state.
  private let positive: [Double]
  private let negative: [Double]
  /// r(h | v), by the number of the state.
  private let hidden: [Double]

  /// The phases of a machine at a positive temperature; a row has one value per visible unit.
  public init(
    _ machine: BoltzmannMachine, _ rows: ClampedRows, temperature: Double = 1
  ) throws(EnumerationLimit) {
    try self.init(
      machine, rows.checkedDistribution(for: machine), inputs: rows.inputs,
      temperature: temperature)
  }

  /// The same with q(v) given.
  init(
    _ machine: BoltzmannMachine, _ positive: [Double], inputs: [Int], temperature: Double
  ) throws(EnumerationLimit) {
    try Self.check(machine)
    let energies = try EnergyTable(machine).energies
    let sums = HiddenSums(energies, visibleCount: machine.visibleCount, temperature: temperature)
    let groups = InputGroups(inputs: inputs, visibleCount: machine.visibleCount)
    let model = groups.conditional(sums.logarithms)
    let shares = groups.sums(positive)
    var (likelihood, entropy) = (CompensatedSum(), CompensatedSum())
    for v in positive.indices where positive[v] > 0 {
      likelihood.add(positive[v] * model.logarithms[v])
      entropy.add(positive[v] * hm_log(positive[v] / shares[groups.group(of: v)]))
    }
    negative = positive.indices.map { shares[groups.group(of: $0)] * model.probabilities[$0] }
    (logLikelihood, self.positive, self.machine) = (likelihood.value, positive, machine)
    // A divergence is not negative; rounding may say otherwise where both are equal.
    divergence = max(0, entropy.value - likelihood.value)
    hidden = sums.conditional
  }

  /// Refuses a machine that is too large.
  package static func check(_ machine: BoltzmannMachine) throws(EnumerationLimit) {
    if machine.unitCount > largestUnitCount {
      throw EnumerationLimit(
        freeUnitCount: machine.unitCount, largestFreeUnitCount: largestUnitCount)
    }
  }

  /// The means of both phases.
  public var statistics: PhaseStatistics {
    PhaseStatistics(positive: means(positive), negative: means(negative))
  }

  private func means(_ visible: [Double]) -> PhaseStatistics.Means {
    let mask = visible.count - 1
    var sums = hidden.indices.map { visible[$0 & mask] * hidden[$0] }
    sumOverSupersets(&sums)
    return PhaseStatistics.Means(
      pairs: machine.edges.map { sums[1 << $0.first | 1 << $0.second] },
      units: (0..<machine.unitCount).map { sums[1 << $0] })
  }
}

extension ClampedRows {
  func checkedDistribution(for machine: BoltzmannMachine) throws(EnumerationLimit) -> [Double] {
    precondition(unitCount == machine.visibleCount, "A row has one value per visible unit.")
    try ExactPhases.check(machine)
    return distribution()
  }
}

/// The hidden units summed out: ln Σ_h exp(−E(v, h)/T) and r(h | v).
private struct HiddenSums {
  /// By the number of the visible state.
  let logarithms: [Double]
  /// By the number of the state, the visible units in the low bits.
  let conditional: [Double]

  init(_ energies: [Double], visibleCount: Int, temperature: Double) {
    precondition(temperature > 0 && temperature.isFinite, "A temperature is positive and finite.")
    let count = 1 << visibleCount
    var lowest = Array(energies[..<count])
    for (state, energy) in energies.enumerated() {
      lowest[state & (count - 1)] = min(lowest[state & (count - 1)], energy)
    }
    var terms = energies
    var sums = [Double](repeating: 0, count: count)
    for (state, energy) in energies.enumerated() {
      let v = state & (count - 1)
      terms[state] = hm_exp((lowest[v] - energy) / temperature)
      sums[v] += terms[state]
    }
    for state in terms.indices { terms[state] /= sums[state & (count - 1)] }
    logarithms = (0..<count).map { hm_log(sums[$0]) - lowest[$0] / temperature }
    conditional = terms
  }
}

/// Visible states that agree in the inputs.
private struct InputGroups {
  let inputs: [Int]
  private let visibleCount: Int

  init(inputs: [Int], visibleCount: Int) {
    (self.inputs, self.visibleCount) = (inputs, visibleCount)
  }

  func group(of v: Int) -> Int {
    var group = 0
    for (bit, unit) in inputs.enumerated() { group |= (v >> unit & 1) << bit }
    return group
  }

  /// Σ over each group.
  func sums(_ values: [Double]) -> [Double] {
    var sums = [Double](repeating: 0, count: 1 << inputs.count)
    for (v, value) in values.enumerated() { sums[group(of: v)] += value }
    return sums
  }

  /// ln (exp(x) / Σ exp) over each group, and its exponential.
  func conditional(_ values: [Double]) -> (logarithms: [Double], probabilities: [Double]) {
    var largest = [Double](repeating: -.infinity, count: 1 << inputs.count)
    for (v, value) in values.enumerated() {
      largest[group(of: v)] = max(largest[group(of: v)], value)
    }
    let shifted = values.indices.map { values[$0] - largest[group(of: $0)] }
    let scaled = shifted.map { hm_exp($0) }
    let totals = sums(scaled)
    return (
      shifted.indices.map { shifted[$0] - hm_log(totals[group(of: $0)]) },
      scaled.indices.map { scaled[$0] / totals[group(of: $0)] }
    )
  }
}
