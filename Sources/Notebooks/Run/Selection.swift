/// Which cells of a plan run if one is asked for: that one and what it needs.
struct Selection: Sendable {
  private let needed: Set<Int>

  /// The cells called by one of `names` and, from the bottom up, everything that they read.
  init(_ names: Set<String>, in plan: Plan) {
    var needed: Set<Int> = []
    var wanted = names
    for index in plan.steps.indices.reversed() {
      guard case .directive(_, let step)? = plan.steps[index] else { continue }
      let defined = step.definitions.map(\.string)
      guard wanted.contains(step.identity) || defined.contains(where: wanted.contains) else {
        continue
      }
      needed.insert(index)
      wanted.formUnion(step.reads.map(\.string))
    }
    self.needed = needed
  }

  func contains(_ index: Int) -> Bool { needed.contains(index) }
}
