internal import Notebooks

/// A parameter and the values that a sweep gives to it: `rate = 0.01 0.1 1`.
struct SweptParameter: Sendable {
  private enum Values: Sendable {
    case typed([Quantity])
    /// Known only when the cell runs.
    case formula(Expression)
  }

  let name: Text
  private let parameter: Parameter
  private let values: Values

  init(_ line: Text, of arguments: inout Arguments) throws(Diagnostic) {
    guard let (name, tail) = line.cut(at: "="), !tail.isEmpty else {
      throw Diagnostic(
        "bad-sweep", at: line.place, "a sweep goes over `parameter = values`",
        hint: "for example `:over: rate = 0.01 0.1 1` or `:over: size = range(2, 10)`")
    }
    self.name = name
    parameter = try arguments.parameter(name)
    let isFormula = tail.string.contains("(") || tail.string.contains("[")
    if isFormula, parameter.kind == .integer || parameter.kind == .number {
      values = .formula(try Expression(tail))
      return
    }
    guard parameter.kind != .numbers else {
      throw Diagnostic(
        "bad-sweep", at: name.place, "\(name.string.quoted) is a list and cannot be swept",
        hint: "sweep over a number, and make the list of it in a formula")
    }
    var typed: [Quantity] = []
    for word in tail.words { typed.append(try parameter.value(word)) }
    values = .typed(typed)
  }

  /// The cells that the values depend on.
  var reads: [Text] {
    if case .formula(let formula) = values { formula.reads } else { [] }
  }

  /// The values, all of them such as the parameter may have.
  func values(in context: Context) throws(Diagnostic) -> [Quantity] {
    switch values {
    case .typed(let values): return values
    case .formula(let formula):
      guard case .numbers(let numbers) = try context.quantity(of: formula) else {
        throw Diagnostic(
          "wrong-type", at: formula.place, "a sweep goes over a list",
          hint: "for example `range(0, 1, 0.25)`")
      }
      var values: [Quantity] = []
      for number in numbers.prefix(Sweep.pointLimit + 1) {
        values.append(try parameter.checked(.number(number), at: formula.place))
      }
      return values
    }
  }
}
