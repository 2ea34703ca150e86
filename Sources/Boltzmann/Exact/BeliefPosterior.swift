/// p(s | evidence) of a belief net, exactly: marginals, independent samples and ln p(evidence).
///
/// Cost: a few operations for each entry of the tables, which have as many units as an order of
/// elimination over the moral graph makes necessary; at most 2²² entries in all.
public struct BeliefPosterior: Sendable {
  /// The net.
  public let net: BeliefNet
  /// The units that are known.
  public let evidence: Clamp
  /// ln p(evidence).
  public let logEvidence: Double
  private let elimination: BeliefElimination

  /// Sums over all units that are not known; nil when the evidence has probability zero.
  public init?(_ net: BeliefNet, given evidence: Clamp = Clamp()) throws(PosteriorLimit) {
    let elimination = try BeliefElimination(
      net, units: Array(net.units.indices), given: evidence)
    guard elimination.logTotal > -.infinity else { return nil }
    (self.net, self.evidence, self.elimination) = (net, evidence, elimination)
    logEvidence = elimination.logTotal
  }

  /// A state drawn exactly. Uses draw `unit` of the initial state of a chain for each free unit.
  public func state(chain: Int, stream: RandomStream) -> BitVector {
    let order = elimination.order
    var state = BitVector(zeros: net.unitCount)
    evidence.apply(to: &state)
    for step in order.units.indices.reversed() {
      let unit = order.units[step]
      let entry = state.index(of: order.neighbours[step])
      let draw = stream.uniform(.initialState, step: 0, chain: chain, unit: unit)
      state[unit] = draw < elimination.probabilities[step][entry]
    }
    return state
  }

  /// p(unit on | evidence) of every unit, in one pass back through the elimination.
  public func marginals() -> [Double] {
    let order = elimination.order
    var place = [Int](repeating: 0, count: net.unitCount)
    for (step, unit) in order.units.enumerated() { place[unit] = step }
    // The table of a step is taken up by the neighbour that is eliminated next.
    var sources = [[Int]](repeating: [], count: order.units.count)
    for (step, neighbours) in order.neighbours.enumerated() {
      if let next = neighbours.last { sources[place[next]].append(step) }
    }
    var means = net.units.indices.map { evidence[$0] == true ? 1.0 : 0 }
    var joint = [[Double]](repeating: [1], count: order.units.count)
    for step in order.units.indices.reversed() {
      let (given, probabilities) = (joint[step], elimination.probabilities[step])
      joint[step] = []
      let neighbours = order.neighbours[step]
      for source in sources[step] {
        let bits = order.neighbours[source].dropLast().map { neighbours.firstIndex(of: $0) ?? -1 }
        let half = 1 << bits.count
        var sums = [Double](repeating: 0, count: 2 * half)
        let places = EliminationStep.places(bits, from: 0, to: neighbours.count)
        for (entry, place) in places.enumerated() {
          sums[place] += given[entry] * (1 - probabilities[entry])
          sums[half + place] += given[entry] * probabilities[entry]
        }
        joint[source] = sums
      }
      var sum = CompensatedSum()
      for (given, probability) in zip(given, probabilities) { sum.add(given * probability) }
      means[order.units[step]] = sum.value
    }
    return means
  }
}

extension BeliefNet {
  /// ln p(units at their values), all other units summed over; −∞ when that is impossible. Only the
  /// units and their ancestors take part.
  public func logProbability(of values: Clamp) throws(PosteriorLimit) -> Double {
    try BeliefElimination(self, units: ancestors(of: values.units), given: values).logTotal
  }
}
