/// Computes formulas from the results of earlier cells.
struct Evaluator {
  let functions: [NumberFunction]
  let values: [String: any Value]

  func value(of expression: Expression) throws(Diagnostic) -> Double {
    switch expression {
    case .number(let value): return value
    case .negated(let inner): return -(try value(of: inner))
    case .binary(let symbol, let a, let b, let place):
      return try apply(symbol, try value(of: a), try value(of: b), at: place)
    case .name(let name):
      let found = try lookUp(name)
      throw Diagnostic(
        "not-a-number", at: name.place, "\(name.string.quoted) is \(found.kind), not a number",
        hint: hint(for: found, called: name.string))
    case .member(let name, let key, let index):
      return try member(key, of: name, at: index)
    case .call(let function, let arguments, let given):
      return try call(function, arguments, given: given)
    }
  }

  private func apply(
    _ symbol: Expression.Operator, _ a: Double, _ b: Double, at place: Place
  ) throws(Diagnostic) -> Double {
    switch symbol {
    case .plus: return a + b
    case .minus: return a - b
    case .times: return a * b
    case .divided:
      guard b != 0 else { throw Diagnostic("bad-expression", at: place, "this divides by zero") }
      return a / b
    case .power:
      guard b == b.rounded(), b.magnitude <= 1024 else {
        throw Diagnostic(
          "bad-expression", at: place, "`^` takes a whole number up to 1024 on its right",
          hint: "x^y is exp(y * ln(x))")
      }
      guard a != 0 || b >= 0 else {
        throw Diagnostic("bad-expression", at: place, "this divides by zero")
      }
      var result = 1.0
      for _ in 0..<Int(b.magnitude) { result *= a }
      return b < 0 ? 1 / result : result
    }
  }

  /// How to ask `found` for a number.
  private func hint(for found: any Value, called name: String) -> String? {
    var ways: [String] = []
    if let figure = (found as? any FigureValue)?.figures.first {
      ways.append("\(name).\(figure.name)")
    }
    if let key = (found as? any TableValue)?.table.numberKeys.first {
      ways.append("\(name).\(key)[1]")
    }
    if let function = (found as? any QueryableValue)?.functions.first {
      ways.append("\(function)(\(name), …)")
    }
    return ways.isEmpty ? nil : "ask it for one: \(ways.map(\.quoted).joined(separator: ", "))"
  }

  private func lookUp(_ name: Text) throws(Diagnostic) -> any Value {
    guard let found = values[name.string] else {
      throw Diagnostic(
        "unknown-name", at: name.place, "nothing above is called \(name.string.quoted)",
        hint: Suggestion.hint(
          for: name.string, among: values.keys.sorted(), called: "defined above")
          ?? (name.string.contains("-") ? "write blanks around a minus sign" : nil))
    }
    return found
  }

  private func member(
    _ key: Text, of name: Text, at index: Expression.Index?
  ) throws(Diagnostic) -> Double {
    let found = try lookUp(name)
    let figures = (found as? any FigureValue)?.figures ?? []
    let table = (found as? any TableValue)?.table
    guard let index else {
      if let figure = figures.first(where: { $0.name == key.string }) { return figure.value }
      var hint: String?
      if table?[key.string] != nil {
        hint = "it is a column; a row is missing: \("\(name.string).\(key.string)[1]".quoted)"
      } else if (found as? any QueryableValue)?.functions.contains(key.string) == true {
        hint = "it is a function: \("\(key.string)(\(name.string), …)".quoted)"
      }
      throw unknown("figure", key, of: name, hint, candidates: figures.map(\.name))
    }
    guard let table, case .numbers(let cells, _)? = table[key.string]?.cells else {
      throw unknown("column", key, of: name, nil, candidates: table?.numberKeys ?? [])
    }
    let row: Int
    switch index {
    case .last: row = cells.count
    case .number(let inner):
      let value = try value(of: inner)
      guard value == value.rounded(), value.magnitude < 1e9 else {
        throw Diagnostic("bad-expression", at: key.place, "rows are whole numbers from 1")
      }
      row = Int(value)
    }
    guard cells.indices.contains(row - 1), let cell = cells[row - 1] else {
      throw Diagnostic(
        "out-of-range", at: key.place,
        "\(name.string.quoted) has rows 1 to \(cells.count), and no number at row \(row)")
    }
    return cell
  }

  private func unknown(
    _ what: String, _ key: Text, of name: Text, _ hint: String?, candidates: [String]
  ) -> Diagnostic {
    Diagnostic(
      "unknown-name", at: key.place,
      "\(name.string.quoted) has no \(what) \(key.string.quoted)",
      hint: hint ?? Suggestion.hint(for: key.string, among: candidates, called: "it has"))
  }

  private func call(
    _ function: Text, _ arguments: [Expression.Argument], given: [Expression.Argument]
  ) throws(Diagnostic) -> Double {
    if let known = functions.first(where: { $0.name == function.string }) {
      guard arguments.count == 1, given.isEmpty, case .value(let argument)? = arguments.first else {
        throw Diagnostic(
          "bad-expression", at: function.place, "\(function.string.quoted) takes one number")
      }
      return known.apply(try value(of: argument))
    }
    guard case .value(.name(let name))? = arguments.first else {
      throw Diagnostic(
        "unknown-function", at: function.place,
        "there is no function \(function.string.quoted) of numbers",
        hint: Suggestion.hint(
          for: function.string, among: functions.map(\.name), called: "functions"))
    }
    let found = try lookUp(name)
    guard let model = found as? any QueryableValue else {
      throw Diagnostic(
        "wrong-kind", at: name.place,
        "\(name.string.quoted) is \(found.kind), which \(function.string.quoted) cannot ask")
    }
    guard model.functions.contains(function.string) else {
      throw Diagnostic(
        "unknown-function", at: function.place,
        "\(found.kind) does not answer \(function.string.quoted)",
        hint: Suggestion.hint(for: function.string, among: model.functions, called: "it answers"))
    }
    var query = Query(function: function, assignments: [], given: [], temperature: 1)
    for argument in arguments.dropFirst() {
      if let unit = try assignment(argument, in: &query) { query.assignments.append(unit) }
    }
    for argument in given {
      if let unit = try assignment(argument, in: &query) { query.given.append(unit) }
    }
    return try model.answer(query)
  }

  /// The unit and state that `argument` names; nil if it sets the temperature instead.
  private func assignment(
    _ argument: Expression.Argument, in query: inout Query
  ) throws(Diagnostic) -> Query.Assignment? {
    guard case .assignment(let name, let formula) = argument else {
      throw Diagnostic(
        "bad-expression", at: query.function.place,
        "\(query.function.string.quoted) takes units and their states, such as `v1=1`")
    }
    let value = try value(of: formula)
    guard name.string == "T" else { return Query.Assignment(name: name, value: value) }
    guard value > 0 else {
      throw Diagnostic("out-of-range", at: name.place, "the temperature must be above 0")
    }
    query.temperature = value
    return nil
  }
}
