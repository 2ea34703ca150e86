/// Which cells of a plan run: all, or one and what it needs.
struct Selection {
  private let needed: Set<Int>?

  /// All cells.
  static let all = Selection(needed: nil)

  private init(needed: Set<Int>?) { self.needed = needed }

  /// The cells called `name` and, from the bottom up, everything that they read.
  init(_ name: String, in plan: Plan) {
    var needed: Set<Int> = []
    var wanted: Set<String> = [name]
    for index in plan.steps.indices.reversed() {
      guard case .directive(_, let step)? = plan.steps[index] else { continue }
      let defined = step.definition?.string
      guard wanted.contains(step.identity) || defined.map(wanted.contains) ?? false else {
        continue
      }
      needed.insert(index)
      wanted.formUnion(step.reads.map(\.string))
    }
    self.needed = needed
  }

  func contains(_ index: Int) -> Bool { needed?.contains(index) ?? true }
}
