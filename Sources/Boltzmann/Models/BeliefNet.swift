/// p(s) = Π_i p(s_i | parents of i): a directed acyclic graph over units that are 0 or 1.
///
/// A unit is a sigmoid of the weighted sum of its parents, or has a table with one probability for
/// each state of its parents. Sources: Pearl, "Probabilistic Reasoning in Intelligent Systems"
/// (1988); of sigmoid units, Neal, "Connectionist learning of belief networks", Artificial
/// Intelligence 56 (1992) 71–113.
public struct BeliefNet: Sendable, Hashable {
  /// p(on | parents) of a unit.
  public enum Conditional: Sendable, Hashable {
    /// σ(bias + Σ_j weights[j] s_j), j over the parents.
    case sigmoid(bias: Double, weights: [Double])
    /// Entry k is the probability where parent j has the state of bit j of k; 2^parents entries.
    case table([Double])
  }

  /// A unit with its parents, the units that its probability depends on.
  public struct Unit: Sendable, Hashable {
    /// The parents, in the order of the weights or bits.
    public let parents: [Int]
    /// p(on | parents).
    public let conditional: Conditional

    /// A unit as it stands; the net checks it.
    public init(parents: [Int], _ conditional: Conditional) {
      (self.parents, self.conditional) = (parents, conditional)
    }
  }

  /// The most parents that a unit with a table may have.
  public static let largestTableParentCount = 16

  /// The units.
  public let units: [Unit]
  /// Every unit after all of its parents: generation by generation, ascending in each.
  public let order: [Int]
  /// The units that each unit is a parent of, ascending.
  public let children: [[Int]]
  /// ln p(off) and ln p(on) by entry of a table; empty for a sigmoid unit.
  let logTables: [[LogProbabilities]]

  /// A net of the units given; throws the first mistake.
  public init(_ units: [Unit]) throws(BeliefNetError) {
    for (number, unit) in units.enumerated() {
      try unit.check(number: number, unitCount: units.count)
    }
    var children = [[Int]](repeating: [], count: units.count)
    for (number, unit) in units.enumerated() {
      for parent in unit.parents { children[parent].append(number) }
    }
    order = try Self.order(of: units, children: children)
    logTables = units.map { unit in
      guard case .table(let entries) = unit.conditional else { return [] }
      return entries.map { LogProbabilities(probability: $0) }
    }
    (self.units, self.children) = (units, children)
  }

  /// The number of units.
  public var unitCount: Int { units.count }

  /// The arrows, one for each parent of each unit.
  public var arrowCount: Int { units.reduce(0) { $0 + $1.parents.count } }

  private static func order(
    of units: [Unit], children: [[Int]]
  ) throws(BeliefNetError) -> [Int] {
    var waiting = units.map(\.parents.count)
    var isPlaced = [Bool](repeating: false, count: units.count)
    var order: [Int] = []
    // One pass for each generation: every unit whose parents all stand already.
    while order.count < units.count {
      let ready = units.indices.filter { !isPlaced[$0] && waiting[$0] == 0 }
      guard !ready.isEmpty else {
        throw BeliefNetError.cycle(cycle(among: units, isPlaced: isPlaced))
      }
      for unit in ready {
        isPlaced[unit] = true
        for child in children[unit] { waiting[child] -= 1 }
      }
      order += ready
    }
    return order
  }

  /// Units of which each is a parent of the next, and the last of the first; the lowest comes first.
  private static func cycle(among units: [Unit], isPlaced: [Bool]) -> [Int] {
    var path: [Int] = []
    var unit = isPlaced.firstIndex(of: false)
    // Every unit that waits has a parent that waits.
    while let next = unit, !path.contains(next) {
      path.append(next)
      unit = units[next].parents.first { !isPlaced[$0] }
    }
    let cycle = Array(path[(path.firstIndex(of: unit ?? 0) ?? 0)...].reversed())
    let lowest = cycle.indices.min { cycle[$0] < cycle[$1] } ?? 0
    return Array(cycle[lowest...] + cycle[..<lowest])
  }
}

extension BeliefNet {
  /// p(unit on | its parents' states).
  public func probability(of unit: Int, given state: BitVector) -> Double {
    switch units[unit].conditional {
    case .sigmoid: logistic(input(to: unit, from: state))
    case .table(let entries): entries[state.index(of: units[unit].parents)]
    }
  }

  /// ln p(s), the sum over the units in their order; −∞ where a table forbids the state.
  public func logProbability(of state: BitVector) -> Double {
    precondition(state.count == unitCount, "A state must have one bit per unit of the net.")
    return order.reduce(0) { $0 + logProbabilities(of: $1, given: state)[state[$1]] }
  }

  /// ln p(off) and ln p(on) of a unit given its parents' states.
  @inline(__always)
  func logProbabilities(of unit: Int, given state: BitVector) -> LogProbabilities {
    let table = logTables[unit]
    return table.isEmpty
      ? LogProbabilities(input: input(to: unit, from: state))
      : table[state.index(of: units[unit].parents)]
  }

  /// bias + Σ weights of the parents that are on, in their order.
  @inline(__always)
  private func input(to unit: Int, from state: BitVector) -> Double {
    guard case .sigmoid(var sum, let weights) = units[unit].conditional else { return 0 }
    for (entry, parent) in units[unit].parents.enumerated() where state[parent] {
      sum += weights[entry]
    }
    return sum
  }

  /// The units listed and all that they descend from, ascending.
  public func ancestors(of listed: [Int]) -> [Int] {
    var isNeeded = [Bool](repeating: false, count: unitCount)
    for unit in listed { isNeeded[unit] = true }
    for unit in order.reversed() where isNeeded[unit] {
      for parent in units[unit].parents { isNeeded[parent] = true }
    }
    return units.indices.filter { isNeeded[$0] }
  }
}

/// ln p(off) and ln p(on) of a unit.
struct LogProbabilities: Sendable, Hashable {
  let off: Double
  let on: Double

  /// ln σ(−x) and ln σ(x), exact however far x is from zero.
  @inline(__always)
  init(input x: Double) {
    if x >= 0 {
      on = 0 - softplus(0 - x)
      off = on - x
    } else {
      off = 0 - softplus(x)
      on = off + x
    }
  }

  init(probability: Double) {
    (off, on) = (logOnePlus(0 - probability), naturalLogarithm(probability))
  }

  subscript(isOn: Bool) -> Double {
    @inline(__always) get { isOn ? on : off }
  }
}
