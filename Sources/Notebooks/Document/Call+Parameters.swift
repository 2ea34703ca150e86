extension Call {
  /// The call with the value of each `{{ formula }}` in its argument, options and body, and the
  /// parameters that the formulas read. `source` stays as it was typed.
  func substituting(
    _ parameters: Parameters, _ functions: Functions
  ) -> (call: Call, names: Set<String>, diagnostics: [Diagnostic]) {
    guard !parameters.declared.isEmpty else { return (self, [], []) }
    var call = self
    var names: Set<String> = []
    var diagnostics: [Diagnostic] = []
    func substitute(_ text: inout Text) {
      do throws(Diagnostic) {
        text = try text.substituting(parameters, functions, names: &names)
      } catch {
        diagnostics.append(error)
      }
    }
    substitute(&call.argument)
    for index in call.options.indices { substitute(&call.options[index].value) }
    for index in call.body.indices { substitute(&call.body[index]) }
    return (call, names, diagnostics)
  }
}

extension Text {
  fileprivate func substituting(
    _ parameters: Parameters, _ functions: Functions, names: inout Set<String>
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
      for name in formula.reads {
        _ = try parameters.parameter(name)
        names.insert(name.string)
      }
      let evaluator = Evaluator(functions: functions, values: [:], locals: parameters.values)
      result += string[rest..<open.lowerBound]
      result += try evaluator.quantity(of: formula).literal
      rest = close.upperBound
    }
    return rest == string.startIndex ? self : Text(result + string[rest...], at: place)
  }
}
