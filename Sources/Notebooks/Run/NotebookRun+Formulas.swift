internal import Numerals

extension NotebookRun {
  /// A formula in a sentence: as the last run found it, or computed.
  func settle(_ step: RoleStep, _ role: RoleCall, _ index: Int) -> Settled {
    guard let reads = reads(step.expression.reads, index) else { return .failed() }
    let key = formulaKey(role, reads, plan.parameters(among: step.expression.reads))
    if let key, let text = formulas[key] {
      return Settled(result: .inline(text, of: role), formula: .init(key: key, text: text))
    }
    var settled = Settled.failed()
    settled.hasRun = true
    do throws(Diagnostic) {
      let evaluator = Evaluator(
        functions: plan.registry.functions, values: try values(read: index))
      let (text, failure) = try step.text(role, by: evaluator)
      settled.result = .inline(text, of: role)
      if let failure {
        settled.diagnostics = [failure]
      } else if let key {
        settled.formula = .init(key: key, text: text)
      }
    } catch {
      settled.diagnostics = [error]
    }
    return settled
  }

  /// The key of a formula that reads cells; nil for arithmetic, which costs nothing.
  private func formulaKey(
    _ role: RoleCall, _ reads: [(name: String, key: StoreKey?)], _ parameters: [String: Quantity]
  ) -> String? {
    guard let store = entries?.store, !reads.isEmpty else { return nil }
    let keys =
      reads.flatMap { [$0.name, $0.key?.hex ?? ""] }
      + parameters.sorted { $0.key < $1.key }.flatMap { [$0.key, $0.value.typed] }
    return StoreKey(of: [store.program, role.name.rawValue, role.content.string] + keys).hex
  }
}

extension RoleStep {
  /// What stands in the sentence, and what does not hold.
  fileprivate func text(
    _ role: RoleCall, by evaluator: Evaluator
  ) throws(Diagnostic) -> (String, Diagnostic?) {
    let value = try evaluator.value(of: expression)
    guard value.isFinite else {
      throw Diagnostic(
        "not-finite", at: role.content.place,
        "the value of this formula is \(NumberFormat.significant(1).string(value))",
        hint: "logarithms and roots need positive numbers, and the largest number is 1.8e308")
    }
    switch purpose {
    case .print(let format): return (format.string(value), nil)
    case .compare(let numeral, let typed):
      let comparison = PrintedNumber(numeral).compare(with: value)
      guard !comparison.reproduces else { return (typed.string, nil) }
      let failure = Diagnostic(
        "false-claim", at: typed.place,
        "the text says \(typed.string), computed is \(comparison.computed)",
        hint: comparison.remark, kind: .failure)
      return ("**\(typed.string)** (computed: \(comparison.computed))", failure)
    }
  }
}
