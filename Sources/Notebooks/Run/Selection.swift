/// Which cells of a plan run if one is asked for: that one and what it needs.
struct Selection: Sendable {
  private let needed: Set<Int>

  /// The cells called by one of `names` and, from the bottom up, everything that they read.
  init(_ names: Set<String>, in plan: Plan) {
    var needed: Set<Int> = []
    var wanted = names
    for index in plan.steps.indices.reversed() {
      guard let step = plan.steps[index],
        Self.names(of: plan.notebook.cells[index], step).contains(where: wanted.contains)
      else { continue }
      needed.insert(index)
      wanted.formUnion(step.reads.map(\.string))
    }
    self.needed = needed
  }

  /// What a cell can be asked for by.
  private static func names(of cell: Cell, _ step: Step) -> [String] {
    switch (cell, step) {
    case (_, .directive(_, let step)): [step.identity] + step.definitions.map(\.string)
    case (.role(let role), .role): [role.label]
    default: []
    }
  }

  func contains(_ index: Int) -> Bool { needed.contains(index) }
}
