internal import Synchronization

/// Earlier cells run again with other values of parameters: what a sweep asks for.
package struct Rerun: Sendable {
  /// Where each cell's random numbers come from.
  package enum Streams: String, CaseIterable, Sendable {
    /// A stream of its own for every point.
    case own
    /// The cell's stream, the same at every point.
    case common
  }

  /// A point of a sweep and how often it has been visited before.
  package struct Point: Sendable {
    let values: [String: Quantity]
    package let label: String
    let repetition: Int
    let streams: Streams

    /// `label` tells the point from others: in messages, and where streams are its own.
    package init(
      _ values: [String: Quantity], label: String, repetition: Int = 0, streams: Streams
    ) {
      (self.values, self.label) = (values, label)
      (self.repetition, self.streams) = (repetition, streams)
    }

    /// What random numbers of a cell derive from here.
    fileprivate func identity(of step: DirectiveStep) -> String {
      var identity = step.identity
      if streams == .own { identity += ", \(label)" }
      if repetition > 0 { identity += ", run \(repetition + 1)" }
      return identity
    }
  }

  /// What is asked for at each point.
  package let formulas: [Expression]
  /// The cells to run, in order.
  private let cells: [Int]
  private let context: Context

  /// Finds the cells above that `formulas` depend on and that depend on the parameters `changed`.
  /// Cost: one pass over the notebook.
  package init(
    of formulas: [Expression], changing changed: [Text], in context: Context
  ) throws(Diagnostic) {
    (self.formulas, self.context) = (formulas, context)
    guard !context.notebook.isPoint else {
      throw Diagnostic(
        "nested-sweep", at: context.place, "a sweep cannot run another sweep again",
        hint: "sweep over both parameters at once: `:over:` may be given several times")
    }
    let steps = context.notebook.plan.steps[..<context.cell].map { step -> DirectiveStep? in
      if case .directive(_, let step)? = step { step } else { nil }
    }
    let isAffected = Self.affected(by: Set(changed.map(\.string)), steps)
    var needed = Set(formulas.flatMap(\.reads).map(\.string))
    var cells: [Int] = []
    for case (let index, let step?) in steps.enumerated().reversed()
    where isAffected[index] && step.definitions.contains(where: { needed.contains($0.string) }) {
      cells.append(index)
      needed.formUnion(step.reads.map(\.string))
    }
    self.cells = cells.reversed()
    for name in changed where !needed.contains(name.string) {
      guard !cells.contains(where: { steps[$0]?.parameters.contains(name.string) ?? false }) else {
        continue
      }
      throw Diagnostic(
        "no-effect", at: name.place,
        "nothing that `:of:` reads depends on \(name.string.quoted)",
        hint: "use it in a cell above, for example `:rate: {{ \(name.string) }}`")
    }
  }

  /// Which cells depend on the parameters `names`, directly or through others.
  private static func affected(by names: Set<String>, _ steps: [DirectiveStep?]) -> [Bool] {
    var affected = names
    return steps.map { step in
      guard let step,
        !names.isDisjoint(with: step.parameters)
          || step.reads.contains(where: { affected.contains($0.string) })
      else { return false }
      affected.formUnion(step.definitions.map(\.string))
      return true
    }
  }

  /// The values of the formulas at each point. Each cell is found in the store or run, as in any
  /// other run; points run at the same time where threads are free, and `listener` hears how many are
  /// done. Throws what the first point that fails throws.
  package func values(
    at points: [Point], _ listener: @escaping @Sendable (Int) -> Void
  ) throws(Diagnostic) -> [[Quantity]] {
    let visits = Visits(count: points.count)
    let permits = context.notebook.run.permits
    CellQueue.run(needs: points.map { _ in [] }, permits: permits) { index in
      guard visits.isWanted(index) else { return }
      listener(visits.finish(index, with: visit(points[index])))
    }
    var values: [[Quantity]] = []
    for visit in visits.all {
      context.folder.note(visit.files)
      values.append(try visit.values.get())
    }
    return values
  }

  private func visit(_ point: Point) -> Visit {
    var visit = Visit(values: .success([]))
    do throws(Diagnostic) {
      visit.values = .success(try values(at: point, &visit.files))
    } catch {
      visit.values = .failure(error)
    }
    return visit
  }

  private func values(
    at point: Point, _ files: inout [FileState]
  ) throws(Diagnostic) -> [Quantity] {
    let base = context.notebook
    let parameters = base.plan.parameters.setting(point.values)
    var steps: [Int: Step] = [:]
    for index in cells { steps[index] = try step(index, parameters, point) }
    let run = NotebookRun(
      base.plan.replacing(point.values, steps), again: Set(cells), of: base)
    for index in cells {
      run.settle(index)
      let settled = run.settled(index)
      files += settled.files
      if let mistake = settled.diagnostics.first(where: { $0.kind == .error }) {
        throw mistake.with(point.label)
      }
    }
    do throws(Diagnostic) {
      return try quantities(run, parameters)
    } catch {
      throw error.with(point.label)
    }
  }

  private func quantities(
    _ run: NotebookRun, _ parameters: Parameters
  ) throws(Diagnostic) -> [Quantity] {
    var values: [String: any Value] = [:]
    for name in formulas.flatMap(\.reads).map(\.string) {
      if let quantity = parameters.values[name] {
        values[name] = QuantityValue(quantity)
      } else {
        values[name] = try run.value(called: name)?.value
      }
    }
    let evaluator = Evaluator(functions: context.functions, values: values)
    var results: [Quantity] = []
    for formula in formulas { results.append(try evaluator.quantity(of: formula)) }
    return results
  }

  /// The step of a cell with these values of parameters.
  private func step(
    _ index: Int, _ parameters: Parameters, _ point: Point
  ) throws(Diagnostic) -> Step? {
    let plan = context.notebook.plan
    guard case .directive(let old, var step)? = plan.steps[index] else { return nil }
    step.identity = point.identity(of: step)
    guard !step.parameters.isDisjoint(with: point.values.keys),
      let type = plan.registry[step.call.name.string]
    else { return .directive(old, step) }
    let reading = Reading(step.call, by: type, parameters, plan.library)
    if let mistake = reading.arguments.diagnostics.first { throw mistake.with(point.label) }
    guard reading.mentioned == step.mentioned,
      reading.arguments.definitions.map(\.string) == step.definitions.map(\.string)
    else {
      throw Diagnostic(
        "changing-name", at: step.call.place,
        "a swept parameter stands in a name that this cell reads or defines",
        hint: "a sweep changes values; what a cell reads must stay the same"
      ).with(point.label)
    }
    step.libraryFiles = reading.arguments.libraryFiles
    return .directive(reading.directive, step)
  }
}

/// What was found at a point.
private struct Visit: Sendable {
  var values: Result<[Quantity], Diagnostic>
  var files: [FileState] = []
}

/// The points that have been visited.
private final class Visits: Sendable {
  private struct State {
    var all: [Visit?]
    var count = 0
    var firstFailure: Int?
  }

  private let state: Mutex<State>

  init(count: Int) { state = Mutex(State(all: [Visit?](repeating: nil, count: count))) }

  /// Whether no point before it has failed.
  func isWanted(_ index: Int) -> Bool {
    state.withLock { state in state.firstFailure.map { index < $0 } ?? true }
  }

  /// How many are done.
  func finish(_ index: Int, with visit: Visit) -> Int {
    state.withLock { state in
      state.all[index] = visit
      state.count += 1
      if case .failure = visit.values {
        state.firstFailure = min(index, state.firstFailure ?? index)
      }
      return state.count
    }
  }

  /// In order; those behind the first failure may be missing.
  var all: [Visit] { state.withLock { $0.all.compactMap { $0 } } }
}

extension Diagnostic {
  /// Says at which point of a sweep it happened.
  fileprivate func with(_ point: String) -> Diagnostic {
    var result = self
    result.message += " (in \(point))"
    return result
  }
}
