import Boltzmann

/// Hinton's truck and earthquake: units truck, quake, house.
func truckAndQuake() throws -> BeliefNet {
  try BeliefNet([
    BeliefNet.Unit(parents: [], .sigmoid(bias: -10, weights: [])),
    BeliefNet.Unit(parents: [], .sigmoid(bias: -10, weights: [])),
    BeliefNet.Unit(parents: [0, 1], .sigmoid(bias: -20, weights: [20, 20])),
  ])
}

/// A net of up to four parents a unit, one unit in four with a table; weights N(0, scale²), biases
/// N(0, 1), entries of tables between 0.05 and 0.95. Later units may be parents of earlier ones.
func randomBeliefNet(
  unitCount: Int, weightScale: Double = 1.5, seed: UInt64
) throws -> BeliefNet {
  let stream = RandomStream(seed: seed, name: "belief net")
  let rank = stream.permutation(of: unitCount, step: 0, chain: 0)
  let units = (0..<unitCount).map { unit in
    let earlier = (0..<unitCount).filter { rank[$0] < rank[unit] }
    let wanted = stream.index(below: 5, .data, step: 0, chain: 0, unit: unit)
    let order = stream.permutation(of: earlier.count, step: 1, chain: unit)
    let parents = order.prefix(wanted).map { earlier[$0] }
    guard stream.index(below: 4, .data, step: 1, chain: 0, unit: unit) == 0 else {
      return BeliefNet.Unit(
        parents: parents,
        .sigmoid(
          bias: stream.normal(.weights, step: 0, chain: unit, unit: 0),
          weights: parents.indices.map {
            weightScale * stream.normal(.weights, step: 0, chain: unit, unit: $0 + 1)
          }))
    }
    return BeliefNet.Unit(
      parents: parents,
      .table(
        (0..<1 << parents.count).map {
          0.05 + 0.9 * stream.uniform(.weights, step: 1, chain: unit, unit: $0)
        }))
  }
  return try BeliefNet(units)
}

/// Some units at values, drawn anew for each seed.
func randomEvidence(_ count: Int, of unitCount: Int, seed: UInt64) -> Clamp {
  let stream = RandomStream(seed: seed, name: "evidence")
  let order = stream.permutation(of: unitCount, step: 0, chain: 0)
  var clamp = Clamp()
  for unit in order.prefix(count) {
    clamp[unit] = stream.bernoulli(0.5, .data, step: 0, chain: 0, unit: unit)
  }
  return clamp
}

/// ln p(evidence) and p(unit on | evidence) by adding up the states one by one.
func enumeratedPosterior(
  _ net: BeliefNet, given evidence: Clamp
) -> (logEvidence: Double, marginals: [Double]) {
  var total = 0.0
  var on = [Double](repeating: 0, count: net.unitCount)
  for state in allStates(net.unitCount) where evidence.holds(in: state) {
    let probability = exponential(net.logProbability(of: state))
    total += probability
    for unit in on.indices where state[unit] { on[unit] += probability }
  }
  return (naturalLogarithm(total), on.map { $0 / total })
}

/// How often intervals hold the exact posterior on 100 nets of 3 to 15 units with one to three
/// units known, and how large errors are.
struct PosteriorCoverage {
  /// In how many nets the 99 % interval of the first unit that is not known holds its posterior.
  private(set) var held = 0
  /// The share of all free units of all nets whose 95 % interval holds.
  private(set) var share = 0.0
  /// The mean of ((estimate − exact)/error)² over them: 1 where errors are neither too wide nor too
  /// narrow.
  private(set) var meanSquare = 0.0
  private(set) var largestError = 0.0

  init(_ estimate: (BeliefNet, Clamp, RandomStream) throws -> [MonteCarloEstimate]) throws {
    var (inside, squares) = (0.0, Moments())
    for seed in 0..<100 {
      let unitCount = 3 + seed % 13
      let net = try randomBeliefNet(unitCount: unitCount, seed: UInt64(seed))
      let evidence = randomEvidence(
        min(1 + seed % 3, unitCount - 1), of: unitCount, seed: UInt64(seed))
      let exact = try BeliefPosterior(net, given: evidence)?.marginals() ?? []
      let found = try estimate(net, evidence, RandomStream(seed: UInt64(seed), name: "coverage"))
      for (place, unit) in evidence.freeUnits(of: unitCount).enumerated() {
        let error = found[unit].standardError ?? 0
        let distance = abs(found[unit].mean - exact[unit])
        // A unit without parents and children has no error; what is left is rounding.
        let score = distance < 1e-12 ? 0 : distance / error
        if place == 0, score < 2.575829 { held += 1 }
        if score < 1.959964 { inside += 1 }
        squares.add(score * score)
        largestError = max(largestError, error)
      }
    }
    (share, meanSquare) = (inside / Double(squares.count), squares.mean)
  }
}
