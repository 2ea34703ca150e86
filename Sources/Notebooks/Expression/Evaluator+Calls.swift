extension Evaluator {
  func call(
    _ function: Text, _ arguments: [Expression.Argument], given: [Expression.Argument]
  ) throws(Diagnostic) -> Quantity {
    let name = function.string
    if let known = functions.elementwise.first(where: { $0.name == name }) {
      let values = try formulas(arguments, given, of: function)
      guard values.count == 1 else {
        throw Diagnostic("bad-expression", at: function.place, "\(name.quoted) takes one number")
      }
      return Quantity(try apply(known, to: try numbers(values[0], for: name), at: function.place))
    }
    if let known = functions.reducing.first(where: { $0.name == name }) {
      let values = try formulas(arguments, given, of: function)
      return .number(known.apply(try several(values, for: function)))
    }
    if let builtin = Functions.Builtin(rawValue: name) {
      return try call(builtin, try formulas(arguments, given, of: function), of: function)
    }
    return .number(try ask(function, arguments, given: given))
  }

  /// The arguments of a function of numbers, which are formulas.
  private func formulas(
    _ arguments: [Expression.Argument], _ given: [Expression.Argument], of function: Text
  ) throws(Diagnostic) -> [Expression] {
    var values: [Expression] = []
    for argument in arguments + given {
      switch argument {
      case .value(let value): values.append(value)
      case .assignment(let name, _):
        throw Diagnostic(
          "bad-expression", at: name.place,
          "\(function.string.quoted) asks no model, so nothing can be set here",
          hint: "a comparison goes in brackets: `(\(name.string) = …)`")
      }
    }
    guard given.isEmpty else {
      throw Diagnostic(
        "bad-expression", at: function.place,
        "\(function.string.quoted) asks no model, so it takes no `|`")
    }
    return values
  }

  private func apply(
    _ function: NumberFunction, to entries: Entries<Double>, at place: Place
  ) throws(Diagnostic) -> Entries<Double> {
    if entries.isSingle { return Entries(function.apply(entries.values[0])) }
    return try entries.map { (value) throws(Diagnostic) in
      let result = function.apply(value)
      // NaN stands for an empty cell; a result must not pass for one.
      guard !result.isNaN || value.isNaN else {
        throw Diagnostic(
          "not-finite", at: place, "\(function.name.quoted) has no value for one of these numbers")
      }
      return result
    }
  }

  /// The numbers of a list, or of several arguments, for a function that needs more than one.
  private func several(
    _ arguments: [Expression], for function: Text
  ) throws(Diagnostic) -> [Double] {
    let name = function.string
    var numbers: [Double] = []
    var isSingle = true
    for argument in arguments {
      let entries = try self.numbers(argument, for: name)
      isSingle = isSingle && entries.isSingle
      numbers += entries.values
      try checkSize(numbers.count, at: argument.place)
    }
    guard !(isSingle && numbers.count < 2) else {
      throw Diagnostic(
        "wrong-type", at: arguments.first?.place ?? function.place,
        "\(name.quoted) takes several numbers, but there is \(numbers.isEmpty ? "none" : "one")",
        hint: "`NAME.COLUMN[all]` is a whole column, even where there is a figure of that name")
    }
    guard !numbers.isEmpty else {
      throw Diagnostic("wrong-size", at: function.place, "\(name.quoted) has nothing to work on")
    }
    if let empty = numbers.firstIndex(where: \.isNaN) {
      throw Diagnostic(
        "not-finite", at: function.place,
        "\(name.quoted) cannot work on entry \(empty + 1), which is empty or no number")
    }
    return numbers
  }

  private func call(
    _ function: Functions.Builtin, _ arguments: [Expression], of text: Text
  ) throws(Diagnostic) -> Quantity {
    func one() throws(Diagnostic) -> Expression {
      guard arguments.count == 1 else {
        throw Diagnostic("bad-expression", at: text.place, "\(text.string.quoted) takes one list")
      }
      return arguments[0]
    }
    switch function {
    case .count: return .number(Double(try truths(try one(), for: text.string).values.count { $0 }))
    case .all: return .truth(try truths(try one(), for: text.string).values.allSatisfy { $0 })
    case .any: return .truth(try truths(try one(), for: text.string).values.contains(true))
    case .length:
      let list = try one()
      switch try quantity(of: list) {
      case .numbers(let values): return .number(Double(values.count))
      case .truths(let values): return .number(Double(values.count))
      case let other: throw wrongType(other, for: "`length`", takes: "a list", at: list.place)
      }
    case .range: return try range(arguments, of: text)
    }
  }

  private func range(_ arguments: [Expression], of text: Text) throws(Diagnostic) -> Quantity {
    guard (2...3).contains(arguments.count) else {
      throw Diagnostic(
        "bad-expression", at: text.place, "`range` takes a start, an end and perhaps a step",
        hint: "`range(0, 1, 0.25)` is 0, 0.25, 0.5, 0.75, 1")
    }
    let start = try value(of: arguments[0])
    let end = try value(of: arguments[1])
    let step = arguments.count == 3 ? try value(of: arguments[2]) : 1
    guard start.isFinite, end.isFinite, step.isFinite, step != 0, (end - start) / step >= 0 else {
      throw Diagnostic(
        "bad-expression", at: text.place, "these steps do not lead from the start to the end")
    }
    // A last step that rounding has made a hair too short still counts.
    let steps = ((end - start) / step + 1e-9).rounded(.down)
    guard steps < Double(Quantity.sizeLimit) else {
      throw Diagnostic(
        "limit-exceeded", at: text.place,
        "these are more than \(Quantity.sizeLimit) numbers, which is the limit")
    }
    // In whole parts of 1 where that is exact, so that the third tenth is 0.3.
    let parts = (1 / step).rounded()
    let isExact = 1 / parts == step && (start * parts).rounded() == start * parts
    return .numbers(
      (0...Int(steps)).map { index in
        isExact ? (start * parts + Double(index)) / parts : start + Double(index) * step
      })
  }

  // MARK: Questions to models

  private func ask(
    _ function: Text, _ arguments: [Expression.Argument], given: [Expression.Argument]
  ) throws(Diagnostic) -> Double {
    guard case .value(.name(let name))? = arguments.first, locals[name.string] == nil,
      !(values[name.string] is QuantityValue)
    else {
      throw Diagnostic(
        "unknown-function", at: function.place,
        "there is no function \(function.string.quoted) of numbers",
        hint: Suggestion.hint(for: function.string, among: functions.names, called: "functions"))
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
      if case .value(let formula) = argument, model.takesRows, query.row == nil,
        query.assignments.isEmpty,
        case .numbers(let row) = try quantity(of: formula)
      {
        query.row = Query.Row(values: row, place: formula.place)
      } else if let unit = try assignment(argument, in: &query) {
        query.assignments.append(unit)
      }
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
        "\(query.function.string.quoted) takes units and their states, such as `v1=1`",
        hint: "or the states in a row as a list: `[1, 0, 1]`, `digits[3]`")
    }
    let value = try value(of: formula)
    guard name.string == "T" else { return Query.Assignment(name: name, value: value) }
    guard value > 0, value.isFinite else {
      throw Diagnostic("out-of-range", at: name.place, "the temperature must be above 0")
    }
    query.temperature = value
    return nil
  }
}
