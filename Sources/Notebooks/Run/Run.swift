internal import Numerals

/// Runs the steps of a plan in document order; a cell reads only what stands above it.
///
/// A failed cell never stops the run: what depends on it is left out, everything else is computed,
/// so that one run reports every mistake.
package struct Run: Sendable {
  /// The most threads that one cell may use.
  package let threads: Int
  /// Where results are kept; nil keeps none.
  package let store: Store?
  /// How many seconds one cell may take; nil lets it take as long as it does.
  package let cellTimeout: Double?
  private let listener: CellProgress.Listener

  /// Long cells tell `listener` how far they are.
  package init(
    threads: Int = 1, store: Store? = nil, cellTimeout: Double? = nil,
    listener: @escaping CellProgress.Listener = { _ in }
  ) {
    (self.threads, self.store) = (max(1, threads), store)
    (self.cellTimeout, self.listener) = (cellTimeout, listener)
  }

  /// Runs the plan, or only the cells called `name` and what they need. Cost: that of its directives.
  package func report(on plan: Plan, only name: String? = nil) -> Report {
    var state = State(plan: plan, run: self, listener: listener)
    let selection = name.map { Selection($0, in: plan) } ?? .all
    let results = zip(plan.notebook.cells, plan.steps).enumerated().map { index, pair in
      state.result(of: pair.0, pair.1, isSelected: selection.contains(index))
    }
    return Report(
      notebook: plan.notebook, results: results,
      diagnostics: (plan.diagnostics + state.diagnostics).sortedForReport)
  }
}

private struct State {
  let plan: Plan
  let run: Run
  let listener: CellProgress.Listener
  let folder: Folder
  var values: [String: any Value] = [:]
  var diagnostics: [Diagnostic] = []

  init(plan: Plan, run: Run, listener: @escaping CellProgress.Listener) {
    (self.plan, self.run, self.listener) = (plan, run, listener)
    let file = plan.notebook.file
    folder = Folder(path: file.lastIndex(of: "/").map { String(file[...$0]) } ?? ".")
  }

  mutating func result(of cell: Cell, _ step: Step?, isSelected: Bool) -> CellResult {
    switch (cell, step) {
    case (.prose(let range), _): return .prose(range)
    case (.call(let call), _?) where !isSelected: return .skipped(call.range)
    case (.role(let role), _?) where !isSelected: return .skipped(role.range)
    case (_, .directive(let directive, let step)?): return run(directive, step)
    case (.role(let role), .role(let step)?): return run(step, role)
    default: return .failed
    }
  }

  private mutating func run(_ directive: any Directive, _ step: DirectiveStep) -> CellResult {
    // A name that is missing because its cell failed has been reported there.
    guard step.reads.allSatisfy({ values[$0.string] != nil }) else { return .failed }
    let context = Context(
      seed: plan.notebook.frontMatter.seed, identity: step.identity, threads: run.threads,
      store: run.store, folder: folder, place: step.call.place, values: values,
      functions: plan.registry.functions, file: plan.notebook.file, listener: listener)
    do throws(Diagnostic) {
      let outcome = try outcome(of: directive, in: context)
      diagnostics += outcome.failures
      if let name = step.definition {
        guard let value = outcome.value else {
          throw Diagnostic(
            "nothing-to-name", at: name.place,
            "\(step.call.name.string.quoted) has no result that could be called "
              + name.string.quoted)
        }
        values[name.string] = value
      }
      return .outputs(outcome.outputs, of: step.call, showsSource: step.showsSource)
    } catch {
      diagnostics.append(error)
      return .failed
    }
  }

  private func outcome(
    of directive: any Directive, in context: Context
  ) throws(Diagnostic) -> Outcome {
    guard let timeout = run.cellTimeout else { return try directive.run(in: context) }
    let result = TimeLimit.run(within: timeout) { () -> Result<Outcome, Diagnostic> in
      do throws(Diagnostic) { return .success(try directive.run(in: context)) } catch {
        return .failure(error)
      }
    }
    guard let result else {
      throw Diagnostic(
        "cell-timeout", at: context.place,
        "this cell takes longer than \(NumberFormat.significant(6).string(timeout)) seconds",
        hint: "ask for less work, or allow more with `--cell-timeout`")
    }
    return try result.get()
  }

  private mutating func run(_ step: RoleStep, _ role: RoleCall) -> CellResult {
    guard step.expression.reads.allSatisfy({ values[$0.string] != nil }) else { return .failed }
    let evaluator = Evaluator(functions: plan.registry.functions, values: values)
    do throws(Diagnostic) {
      let value = try evaluator.value(of: step.expression)
      guard value.isFinite else {
        throw Diagnostic(
          "not-finite", at: role.content.place,
          "the value of this formula is \(NumberFormat.significant(1).string(value))",
          hint: "logarithms and roots need positive numbers, and the largest number is 1.8e308")
      }
      switch step.purpose {
      case .print(let format):
        return .inline(format.string(value), of: role)
      case .compare(let numeral, let typed):
        let comparison = PrintedNumber(numeral).compare(with: value)
        guard !comparison.reproduces else { return .inline(typed.string, of: role) }
        diagnostics.append(
          Diagnostic(
            "false-claim", at: typed.place,
            "the text says \(typed.string), computed is \(comparison.computed)",
            hint: comparison.remark, kind: .failure))
        return .inline("**\(typed.string)** (computed: \(comparison.computed))", of: role)
      }
    } catch {
      diagnostics.append(error)
      return .failed
    }
  }
}
