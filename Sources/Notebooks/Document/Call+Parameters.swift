extension Call {
  /// The call with the value of each `{{ formula }}` in its argument, options and body, and the
  /// parameters that the formulas read. `source` stays as it was typed.
  func substituting(
    _ parameters: Parameters, _ functions: Functions
  ) -> (call: Call, names: Set<String>, diagnostics: [Diagnostic]) {
    guard !parameters.declared.isEmpty else { return (self, [], []) }
    var call = self
    var found = Substitutions()
    var diagnostics: [Diagnostic] = []
    func substitute(_ text: inout Text) {
      do throws(Diagnostic) {
        text = try text.substituting(parameters, functions, &found)
      } catch {
        diagnostics.append(error)
      }
    }
    substitute(&call.argument)
    for index in call.options.indices { substitute(&call.options[index].value) }
    for index in call.body.indices { substitute(&call.body[index]) }
    return (call, found.names, diagnostics)
  }
}

extension Call {
  /// The most formulas in braces that one cell may have, and the most bytes that their values may.
  fileprivate static let (formulaLimit, valueLimit) = (256, 1 << 20)
}

/// What was met in the braces of a call.
private struct Substitutions {
  var names: Set<String> = []
  private var count = 0
  private var size = 0

  /// Takes up one more formula and its value.
  mutating func add(_ formula: Expression, _ value: String) throws(Diagnostic) {
    count += 1
    size += value.utf8.count
    guard count <= Call.formulaLimit, size <= Call.valueLimit else {
      throw Diagnostic(
        "limit-exceeded", at: formula.place,
        "a cell takes at most \(Call.formulaLimit) values of \(Call.valueLimit) bytes together")
    }
    names.formUnion(formula.reads.map(\.string))
  }
}

extension Text {
  fileprivate func substituting(
    _ parameters: Parameters, _ functions: Functions, _ found: inout Substitutions
  ) throws(Diagnostic) -> Text {
    var result = ""
    var rest = string.startIndex
    while let open = string[rest...].firstRange(of: "{{") {
      guard let close = string[open.upperBound...].firstRange(of: "}}") else {
        throw Diagnostic(
          "bad-expression", at: slice(open.lowerBound..<open.upperBound).place,
          "`{{` is never closed with `}}`")
      }
      let formula = try Expression(slice(open.upperBound..<close.lowerBound))
      for name in formula.reads { _ = try parameters.parameter(name) }
      let evaluator = Evaluator(functions: functions, values: [:], locals: parameters.values)
      result += string[rest..<open.lowerBound]
      let value = try evaluator.quantity(of: formula).literal
      try found.add(formula, value)
      result += value
      rest = close.upperBound
    }
    return rest == string.startIndex ? self : Text(result + string[rest...], at: place)
  }
}
