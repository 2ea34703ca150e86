/// ln p(s) = constant + Σ_A c_A Π_{i ∈ A} s_i over sets A of units: a belief net written as an
/// undirected model.
///
/// A sigmoid unit gives its bias and weights as they are, and −ln(1 + exp(bias + Σ w s)) of its
/// parents, which couples them with each other: two parents by a pair weight, more of them also by
/// terms of higher order. Source: Lauritzen & Spiegelhalter, "Local computations with probabilities
/// on graphical structures", JRSS B 50 (1988) 157–224, section 3 (moral graphs); of the terms,
/// Besag, JRSS B 36 (1974) 192, section 3.
public struct LogLinearModel: Sendable, Hashable {
  /// One product of units.
  public struct Term: Sendable, Hashable {
    /// The units, ascending; at least one.
    public let units: [Int]
    /// Its coefficient.
    public let coefficient: Double
  }

  /// ln p(all units off).
  public let constant: Double
  /// The terms whose coefficients are not zero: small sets first, then ascending by units.
  public let terms: [Term]

  /// The most units that a term has; 0 where there is none.
  public var order: Int { terms.last?.units.count ?? 0 }

  /// The most parents that a unit may have.
  public static let largestParentCount = 12

  /// The terms of a net; nil where a table holds 0 or 1, whose logarithm has no such terms, or where
  /// a unit has more than 12 parents. Cost: parents · 2^parents for each unit.
  public init?(_ net: BeliefNet) {
    var sums: [[Int]: Double] = [:]
    for unit in net.units.indices {
      guard let own = Self.terms(of: unit, in: net) else { return nil }
      for term in own { sums[term.units, default: 0] += term.coefficient }
    }
    constant = sums[[]] ?? 0
    terms = sums.map { Term(units: $0.key, coefficient: $0.value) }
      .filter { !$0.units.isEmpty && $0.coefficient != 0 }
      .sorted { first, second in
        first.units.count == second.units.count
          ? first.units.lexicographicallyPrecedes(second.units)
          : first.units.count < second.units.count
      }
  }

  /// The terms of ln p(unit | parents) = off(parents) + unit · (on − off)(parents).
  private static func terms(of unit: Int, in net: BeliefNet) -> [Term]? {
    let parents = net.units[unit].parents
    guard parents.count <= largestParentCount else { return nil }
    var state = BitVector(zeros: net.unitCount)
    let rows = (0..<1 << parents.count).map { entry in
      for (bit, parent) in parents.enumerated() { state[parent] = (entry >> bit) & 1 == 1 }
      return net.logProbabilities(of: unit, given: state)
    }
    guard rows.allSatisfy({ $0.off > -.infinity && $0.on > -.infinity }) else { return nil }
    var terms = products(rows.map(\.off), of: parents, with: [])
    if case .sigmoid(let bias, let weights) = net.units[unit].conditional {
      terms.append(Term(units: [unit], coefficient: bias))
      for (parent, weight) in zip(parents, weights) {
        terms.append(Term(units: [parent, unit].sorted(), coefficient: weight))
      }
    } else {
      terms += products(rows.map { $0.on - $0.off }, of: parents, with: [unit])
    }
    return terms
  }

  /// Coefficients of the products of units whose sums have the values given, by inclusion and
  /// exclusion; those that are rounding errors are left out.
  private static func products(_ values: [Double], of units: [Int], with others: [Int]) -> [Term] {
    var coefficients = values
    for bit in units.indices {
      for entry in values.indices where (entry >> bit) & 1 == 1 {
        coefficients[entry] -= coefficients[entry ^ (1 << bit)]
      }
    }
    let size = values.reduce(0) { max($0, abs($1)) }
    return coefficients.enumerated().compactMap { entry, coefficient in
      guard abs(coefficient) > 1e-13 * size else { return nil }
      let members = units.indices.filter { (entry >> $0) & 1 == 1 }.map { units[$0] }
      return Term(units: (members + others).sorted(), coefficient: coefficient)
    }
  }
}

extension BoltzmannMachine {
  /// The biases and pair weights of a log-linear model. Its terms of higher order have no place in
  /// a machine; without any, exp(−E + constant) is the model's p(s).
  public init(
    _ model: LogLinearModel, unitCount: Int, visibleCount: Int? = nil
  ) throws(ModelError) {
    var biases = [Double](repeating: 0, count: unitCount)
    var edges: [Couplings.Edge] = []
    for term in model.terms {
      switch term.units.count {
      case 1: biases[term.units[0]] = term.coefficient
      case 2: edges.append(Couplings.Edge(term.units[0], term.units[1], term.coefficient))
      default: break
      }
    }
    try self.init(
      unitCount: unitCount, edges: edges, biases: biases, visibleCount: visibleCount)
  }
}

extension BeliefNet {
  /// The most units for which the divergence from a machine is summed up.
  public static let largestComparedUnitCount = 16

  /// KL(net ‖ machine) = Σ p(s) (ln p(s) + E(s)) + ln Z, in nats, by enumeration.
  public func divergence(from machine: BoltzmannMachine) throws(EnumerationLimit) -> Double {
    precondition(machine.unitCount == unitCount, "Net and machine have the same units.")
    guard unitCount <= Self.largestComparedUnitCount else {
      throw EnumerationLimit(
        freeUnitCount: unitCount, largestFreeUnitCount: Self.largestComparedUnitCount)
    }
    var sum = CompensatedSum()
    for index in 0..<UInt64(1) << UInt64(unitCount) {
      let state = BitVector(index: index, count: unitCount)
      let logProbability = logProbability(of: state)
      guard logProbability > -.infinity else { continue }
      sum.add(exponential(logProbability) * (logProbability + machine.energy(of: state)))
    }
    return max(0, sum.value + (try machine.logPartitionFunction()))
  }
}
