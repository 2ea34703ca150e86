/// E(s) = −Σ_{i<j} w_ij s_i s_j − Σ_i b_i s_i over units that are 0 or 1.
///
/// Units 0 ..< visibleCount are visible, the others hidden. The machine has no temperature:
/// that belongs to the distribution p(s) = exp(−E(s)/T) / Z.
public struct BoltzmannMachine: Sendable, Hashable {
  /// The pair weights.
  public let couplings: Couplings
  /// One bias per unit.
  public let biases: [Double]
  /// The number of visible units; they come first.
  public let visibleCount: Int

  /// A machine of the couplings given; no biases mean zero biases, no visible count means that
  /// all units are visible.
  public init(
    couplings: Couplings, biases: [Double]? = nil, visibleCount: Int? = nil
  ) throws(ModelError) {
    let unitCount = couplings.unitCount
    let biases = biases ?? Array(repeating: 0, count: unitCount)
    let visibleCount = visibleCount ?? unitCount
    if biases.count != unitCount {
      throw ModelError.biasCount(biases.count, unitCount: unitCount)
    }
    for (unit, bias) in biases.enumerated() where !bias.isFinite {
      throw ModelError.biasNotFinite(unit, bias)
    }
    if visibleCount < 0 || visibleCount > unitCount {
      throw ModelError.visibleCount(visibleCount, unitCount: unitCount)
    }
    // Keeps every energy, and every sum on the way to one, finite.
    let total = couplings.weights.reduce(0) { $0 + abs($1) } + biases.reduce(0) { $0 + abs($1) }
    if !(total <= Double.greatestFiniteMagnitude / 8) { throw ModelError.energyOverflow }
    (self.couplings, self.biases, self.visibleCount) = (couplings, biases, visibleCount)
  }

  /// A machine from its full weight matrix, shape [unit, unit].
  public init(
    weights: [[Double]], biases: [Double]? = nil, visibleCount: Int? = nil
  ) throws(ModelError) {
    try self.init(
      couplings: Couplings(matrix: weights), biases: biases, visibleCount: visibleCount)
  }

  /// A machine from its edges.
  public init(
    unitCount: Int, edges: [Couplings.Edge], biases: [Double]? = nil, visibleCount: Int? = nil
  ) throws(ModelError) {
    try self.init(
      couplings: Couplings(unitCount: unitCount, edges: edges), biases: biases,
      visibleCount: visibleCount)
  }

  /// The number of units.
  public var unitCount: Int { couplings.unitCount }

  /// The connections, ascending by their units.
  public var edges: [Couplings.Edge] { couplings.edges }

  /// E(s). Units ascending, each with its bias and its weights to lower units that are on.
  public func energy(of state: BitVector) -> Double {
    precondition(state.count == unitCount, "A state must have one bit per unit of the machine.")
    var sum = 0.0
    for unit in 0..<unitCount where state[unit] {
      sum += biases[unit]
      for entry in couplings.starts[unit]..<couplings.starts[unit + 1] {
        let neighbour = Int(couplings.neighbours[entry])
        if neighbour >= unit { break }
        if state[neighbour] { sum += couplings.weights[entry] }
      }
    }
    // 0 − x instead of −x: an energy of zero has no sign.
    return 0 - sum
  }

  /// ΔE_i = E(s_i = 0) − E(s_i = 1) = b_i + Σ_j w_ij s_j; does not depend on s_i.
  public func energyGap(of unit: Int, in state: BitVector) -> Double {
    precondition(state.count == unitCount, "A state must have one bit per unit of the machine.")
    return biases[unit] + couplings.input(to: unit, from: state)
  }

  /// The machine with every weight and bias times a factor, which is this machine at
  /// temperature T / factor.
  public func scaled(by factor: Double) throws(ModelError) -> BoltzmannMachine {
    try BoltzmannMachine(
      couplings: couplings.scaled(by: factor), biases: biases.map { $0 * factor },
      visibleCount: visibleCount)
  }
}
