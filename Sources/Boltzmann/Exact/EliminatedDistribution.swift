internal import CKernels

/// p(s) = exp(−E(s)/T) / Z of a machine too large to enumerate, as a chain of conditional
/// probabilities p(unit | units eliminated later): exact marginals and independent exact samples.
///
/// Eight bytes for every entry of every table of the elimination.
public struct EliminatedDistribution: Sendable {
  /// The elimination.
  public let elimination: Elimination
  /// T.
  public let temperature: Double
  /// ln Z.
  public let logZ: Double
  /// p(unit on | state of its neighbours), by step and entry.
  private let probabilities: [[Double]]

  /// One elimination; the temperature is positive and finite.
  public init(_ elimination: Elimination, temperature: Double = 1, threads: Int = 1) {
    var probabilities: [[Double]] = []
    let total: FreeEnergy = elimination.sum(temperature: temperature, threads: threads) {
      probabilities.append($0.map { hm_logistic($0 / temperature) })
    }
    logZ = 0 - total.value / temperature
    (self.elimination, self.temperature) = (elimination, temperature)
    self.probabilities = probabilities
  }

  /// p(s); zero for a state that does not agree with the clamp.
  public func probability(of state: BitVector) -> Double {
    guard elimination.clamp.holds(in: state) else { return 0 }
    return hm_exp(0 - elimination.machine.energy(of: state) / temperature - logZ)
  }

  /// A state drawn exactly: the units in the reverse order of elimination, each given those drawn
  /// before. Uses draw `unit` of the initial state of a chain for each free unit.
  public func state(chain: Int, stream: RandomStream) -> BitVector {
    let order = elimination.order
    var state = elimination.base
    for step in order.units.indices.reversed() {
      let unit = order.units[step]
      let entry = state.index(of: order.neighbours[step])
      let draw = stream.uniform(.initialState, step: 0, chain: chain, unit: unit)
      state[unit] = draw < probabilities[step][entry]
    }
    return state
  }

  /// The first and second moments of single units and of connected pairs, in one pass back.
  ///
  /// Cost: additions only, as many as the elimination has entries.
  public func moments() -> EliminatedMoments {
    let (order, steps) = (elimination.order, elimination.steps)
    var marginals = [[Double]](repeating: [], count: steps.count)
    var means = (0..<elimination.machine.unitCount).map { elimination.base[$0] ? 1.0 : 0 }
    var products = [[Double]](repeating: [], count: steps.count)
    for step in steps.indices.reversed() {
      let given = steps[step].weights.isEmpty ? [1] : marginals[step]
      marginals[step] = []
      let on = zip(given, probabilities[step]).map { $0 * $1 }
      for (source, bits) in zip(steps[step].sources, steps[step].sourceBits) {
        let places = EliminationStep.places(bits, from: 0, to: steps[step].weights.count)
        let half = steps[source].entryCount / 2
        var sums = [Double](repeating: 0, count: 2 * half)
        for (entry, place) in places.enumerated() {
          sums[place] += given[entry] * (1 - probabilities[step][entry])
          sums[half + place] += on[entry]
        }
        marginals[source] = sums
      }
      (means[order.units[step]], products[step]) = Self.folded(on, bits: steps[step].weights.count)
    }
    return EliminatedMoments(
      elimination, temperature: temperature, means: means, products: products)
  }

  /// Σ over all entries, and for each bit Σ over the entries in which it is on.
  private static func folded(_ values: [Double], bits: Int) -> (total: Double, on: [Double]) {
    var (values, on) = (values, [Double](repeating: 0, count: bits))
    for bit in (0..<bits).reversed() {
      let half = 1 << bit
      // In halves, so that no sum is a long one.
      var upper = Array(values[half..<2 * half])
      for entry in 0..<half { values[entry] += upper[entry] }
      var width = half
      while width > 1 {
        width /= 2
        for entry in 0..<width { upper[entry] += upper[width + entry] }
      }
      on[bit] = upper[0]
    }
    return (values[0], on)
  }
}

/// ⟨s_i⟩ of all units and ⟨s_i s_j⟩ of connected pairs.
public struct EliminatedMoments: Sendable {
  /// ⟨s_i⟩ = p(s_i = 1).
  public let means: [Double]
  /// ⟨E⟩ = −Σ_{i<j} w_ij ⟨s_i s_j⟩ − Σ_i b_i ⟨s_i⟩.
  public let meanEnergy: Double
  /// ⟨s_i s_j⟩ of the machine's edges, in their order.
  public let edgeProducts: [Double]

  fileprivate init(
    _ elimination: Elimination, temperature: Double, means: [Double], products: [[Double]]
  ) {
    let (machine, order) = (elimination.machine, elimination.order)
    var place = [Int?](repeating: nil, count: machine.unitCount)
    for (step, unit) in order.units.enumerated() { place[unit] = step }
    func product(_ edge: Couplings.Edge) -> Double {
      // A unit that is held is independent of all others.
      guard let first = place[edge.first], let second = place[edge.second] else {
        return means[edge.first] * means[edge.second]
      }
      let (step, other) = first < second ? (first, edge.second) : (second, edge.first)
      let bit = order.neighbours[step].firstIndex(of: other)
      return bit.map { products[step][$0] } ?? 0
    }
    let edges = machine.edges
    edgeProducts = edges.map(product)
    var energy = CompensatedSum()
    for (edge, product) in zip(edges, edgeProducts) { energy.add(edge.weight * product) }
    for (bias, mean) in zip(machine.biases, means) { energy.add(bias * mean) }
    (self.means, meanEnergy) = (means, 0 - energy.value)
  }
}
