/// The order in which free units are summed out of a machine, and the units that each of them is
/// then connected with: its neighbours in the graph in which eliminating a unit connects all its
/// neighbours. The sum over a unit is a table over the states of those.
public struct EliminationOrder: Sendable, Hashable {
  /// The most neighbours a unit may have when it is eliminated: tables of 2²² entries.
  public static let largestNeighbourCount = 22

  /// The free units, the first to be eliminated first.
  public let units: [Int]
  /// The neighbours of each of `units` when it is eliminated, the last to be eliminated first:
  /// neighbours[step][k] is bit k of the number of an entry.
  public let neighbours: [[Int]]

  /// The most neighbours of any unit when it is eliminated.
  public var width: Int { neighbours.map(\.count).max() ?? 0 }

  /// The entries of all tables, to which time is proportional.
  public var entryCount: Int { neighbours.reduce(0) { $0 + 1 << $1.count } }

  /// The better of two orders: ascending units, which suits strips and lattices numbered row by
  /// row, and always the unit that adds the fewest connections next, which suits trees, two layers
  /// and irregular graphs. Finding the narrowest order of all is NP-hard.
  ///
  /// Cost: (free units)² + (free units) × (neighbours at elimination)³.
  /// Source of the second: Kjærulff, "Triangulation of graphs – algorithms giving small total
  /// state space", University of Aalborg, R 90-09 (1990).
  public init(_ couplings: Couplings, freeUnits: [Int]) throws(EliminationLimit) {
    let adjacent = (0..<couplings.unitCount).map { unit in
      (couplings.starts[unit]..<couplings.starts[unit + 1])
        .map { Int(couplings.neighbours[$0]) }
    }
    try self.init(EliminationGraph(adjacent, freeUnits: freeUnits))
  }

  /// The same for a graph in which units are connected when a clique contains both.
  init(unitCount: Int, cliques: [[Int]], freeUnits: [Int]) throws(EliminationLimit) {
    var adjacent = [Set<Int>](repeating: [], count: unitCount)
    for clique in cliques {
      for unit in clique { adjacent[unit].formUnion(clique) }
    }
    let sorted = adjacent.enumerated().map { unit, others in
      others.filter { $0 != unit }.sorted()
    }
    try self.init(EliminationGraph(sorted, freeUnits: freeUnits))
  }

  private init(_ graph: EliminationGraph) throws(EliminationLimit) {
    let orders = [graph.ascending(), graph.byFewestConnections()]
    let found = orders.compactMap { try? $0.get() }
    guard let best = found.min(by: { $0.entryCount < $1.entryCount }) else {
      let reached = orders.map { $0.reached }.min() ?? 0
      throw EliminationLimit(
        neighbourCount: reached, largestNeighbourCount: Self.largestNeighbourCount)
    }
    self = best
  }

  /// Sorts the neighbours of each unit by their place in the order.
  fileprivate init(units: [Int], unsorted: [[Int]], unitCount: Int) {
    var place = [Int](repeating: 0, count: unitCount)
    for (step, unit) in units.enumerated() { place[unit] = step }
    self.units = units
    neighbours = unsorted.map { $0.sorted { place[$0] > place[$1] } }
  }
}

extension Result where Success == EliminationOrder, Failure == EliminationLimit {
  fileprivate var reached: Int {
    if case .failure(let limit) = self { limit.neighbourCount } else { 0 }
  }
}

/// The connections among the units not yet eliminated.
private struct EliminationGraph {
  private let freeUnits: [Int]
  private let unitCount: Int
  /// Ascending.
  private var adjacent: [[Int]]

  /// From the neighbours of every unit, ascending.
  init(_ neighbours: [[Int]], freeUnits: [Int]) {
    self.freeUnits = freeUnits
    unitCount = neighbours.count
    var isFree = [Bool](repeating: false, count: neighbours.count)
    for unit in freeUnits { isFree[unit] = true }
    adjacent = neighbours.enumerated().map { unit, others in
      isFree[unit] ? others.filter { isFree[$0] } : []
    }
  }

  func ascending() -> Result<EliminationOrder, EliminationLimit> {
    var graph = self
    var neighbours: [[Int]] = []
    for unit in freeUnits {
      if let limit = graph.limit(at: unit) { return .failure(limit) }
      neighbours.append(graph.eliminate(unit))
    }
    return .success(
      EliminationOrder(units: freeUnits, unsorted: neighbours, unitCount: unitCount))
  }

  /// Ties go to the unit of fewer neighbours, then to the lower one.
  func byFewestConnections() -> Result<EliminationOrder, EliminationLimit> {
    var graph = self
    var remaining = freeUnits
    var missing = adjacent.indices.map { graph.missingConnections(of: $0) }
    var (units, neighbours): ([Int], [[Int]]) = ([], [])
    while let first = remaining.first {
      var (best, bestPlace) = (first, 0)
      for (place, unit) in remaining.enumerated().dropFirst()
      where (missing[unit], graph.adjacent[unit].count)
        < (missing[best], graph.adjacent[best].count)
      {
        (best, bestPlace) = (unit, place)
      }
      if let limit = graph.limit(at: best) { return .failure(limit) }
      remaining.remove(at: bestPlace)
      units.append(best)
      neighbours.append(graph.eliminate(best))
      var isStale = [Bool](repeating: false, count: unitCount)
      for unit in graph.adjacent[best] {
        isStale[unit] = true
        for other in graph.adjacent[unit] { isStale[other] = true }
      }
      for unit in remaining where isStale[unit] {
        missing[unit] = graph.missingConnections(of: unit)
      }
    }
    return .success(EliminationOrder(units: units, unsorted: neighbours, unitCount: unitCount))
  }

  private func limit(at unit: Int) -> EliminationLimit? {
    let largest = EliminationOrder.largestNeighbourCount
    return adjacent[unit].count <= largest
      ? nil
      : EliminationLimit(
        neighbourCount: adjacent[unit].count, largestNeighbourCount: largest)
  }

  /// Connects the neighbours of a unit with each other and takes the unit out.
  private mutating func eliminate(_ unit: Int) -> [Int] {
    let neighbours = adjacent[unit]
    for neighbour in neighbours {
      var merged: [Int] = []
      let (own, added) = (adjacent[neighbour], neighbours)
      var (i, j) = (0, 0)
      while i < own.count || j < added.count {
        let next = min(
          i < own.count ? own[i] : Int.max, j < added.count ? added[j] : Int.max)
        if i < own.count && own[i] == next { i += 1 }
        if j < added.count && added[j] == next { j += 1 }
        if next != unit && next != neighbour { merged.append(next) }
      }
      adjacent[neighbour] = merged
    }
    return neighbours
  }

  /// Pairs of neighbours that are not connected; more than any other unit has where the
  /// neighbours are too many for a table anyway.
  private func missingConnections(of unit: Int) -> Int {
    let neighbours = adjacent[unit]
    if neighbours.count > EliminationOrder.largestNeighbourCount { return Int.max }
    var count = 0
    for (place, first) in neighbours.enumerated() {
      // Both lists ascend, so that one walk finds what they share.
      let others = neighbours[(place + 1)...]
      var entry = 0
      let list = adjacent[first]
      for other in others {
        while entry < list.count && list[entry] < other { entry += 1 }
        if entry == list.count || list[entry] != other { count += 1 }
      }
    }
    return count
  }
}
