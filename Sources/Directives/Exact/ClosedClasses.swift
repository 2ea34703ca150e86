internal import Boltzmann
internal import Notebooks

/// The closed classes of a kernel, counted by their size.
struct ClosedClasses {
  let sentence: String
  /// Nil where there is one class alone.
  let table: Table?
  let figures: [(name: String, value: Double)]

  init(_ graph: StateGraph, stateCount: Int) {
    let sizes = graph.closedClasses.map(\.states.count)
    figures = [
      ("states", Double(stateCount)), ("classes", Double(sizes.count)),
      ("orbits", Double(graph.orbits.count)), ("largest", Double(sizes.max() ?? 0)),
      ("transient", Double(graph.transientCount)),
    ]
    let states = stateCount == 1 ? "The only state" : "All \(stateCount) states"
    if graph.isIrreducible {
      sentence = "\(states) can be reached from each of them: one closed class."
      table = nil
      return
    }
    let orbits =
      switch graph.orbits.count {
      case 0: ""
      case 1: " One of them is an orbit, on which every sweep is certain."
      default: " \(graph.orbits.count) of them are orbits, on which every sweep is certain."
      }
    sentence =
      "Not ergodic: the \(stateCount) states hold \(sizes.count) closed classes, which no sweep ever "
      + "leaves." + orbits
    table = Self.table(graph)
  }

  private static func table(_ graph: StateGraph) -> Table {
    struct Kind: Hashable {
      let size: Int
      let isOrbit: Bool
    }
    var counts: [Kind: Int] = [:]
    for one in graph.closedClasses {
      counts[Kind(size: one.states.count, isOrbit: one.isOrbit), default: 0] += 1
    }
    let kinds = counts.sorted {
      ($0.key.size, $0.key.isOrbit ? 1 : 0) > ($1.key.size, $1.key.isOrbit ? 1 : 0)
    }
    return Table(
      [
        Table.Column(
          "size", heading: "states in the class",
          .numbers(kinds.map { Double($0.key.size) }, .fixed(0)), isKey: true),
        Table.Column(
          "kind", .text(kinds.map { $0.key.isOrbit ? "orbit" : "random" }), isKey: true),
        Table.Column(
          "count", heading: "classes", .numbers(kinds.map { Double($0.value) }, .fixed(0))),
      ], shownRows: 24)
  }
}
