/// Computes formulas from the results of earlier cells.
struct Evaluator {
  let functions: Functions
  let values: [String: any Value]
  /// What goes by a name of its own only inside a formula, such as the columns of a table; it comes
  /// before `values`.
  var locals: [String: Quantity] = [:]

  /// The formula's value, which must be a number.
  func value(of expression: Expression) throws(Diagnostic) -> Double {
    let quantity = try quantity(of: expression)
    if case .number(let value) = quantity { return value }
    var hint: String?
    if case .numbers = quantity {
      hint = "take one, such as the last with `[last]`, or their `mean`, `sum`, `max`, `min`"
    } else if case .truth = quantity {
      hint = "a truth value belongs into a `{check}`"
    }
    throw Diagnostic(
      "wrong-type", at: expression.place, "a number is needed here, but this is \(quantity.kind)",
      hint: hint)
  }

  /// The formula's value, which must be a truth value.
  func truth(of expression: Expression) throws(Diagnostic) -> Bool {
    let quantity = try quantity(of: expression)
    if case .truth(let value) = quantity { return value }
    var hint: String?
    if case .truths = quantity { hint = "are they to hold for `all(…)` or for `any(…)`?" }
    if case .number = quantity { hint = "compare it: `<`, `<=`, `>`, `>=`, `=` or `!=`" }
    throw Diagnostic(
      "wrong-type", at: expression.place,
      "a truth value is needed here, but this is \(quantity.kind)", hint: hint)
  }

  func quantity(of expression: Expression) throws(Diagnostic) -> Quantity {
    switch expression {
    case .number(let value, _): return .number(value)
    case .text(let text, _): return .text(text)
    case .truth(let value, _): return .truth(value)
    case .vector(let entries, _): return try vector(entries)
    case .name(let name): return try quantity(called: name)
    case .member(let name, let key): return try member(key, of: name)
    case .entry(let whole, let index, let place): return try entry(index, of: whole, at: place)
    case .call(let function, let arguments, let given):
      return try call(function, arguments, given: given)
    case .negated(let inner, _):
      let entries = try numbers(inner, for: "-")
      return Quantity(try entries.map { 0 - $0 })
    case .not(let inner, _):
      return Quantity(try truths(inner, for: "not").map { !$0 })
    case .chain(let first, let links):
      var value = try quantity(of: first)
      var left = first
      for link in links {
        value = try apply(link, to: value, from: left)
        left = link.operand
      }
      return value
    }
  }

  private func vector(_ entries: [Expression]) throws(Diagnostic) -> Quantity {
    var numbers: [Double] = []
    for entry in entries {
      switch try quantity(of: entry) {
      case .number(let value): numbers.append(value)
      case .numbers(let values): numbers += values
      case let other: throw wrongType(other, for: "a list", takes: "numbers", at: entry.place)
      }
      try checkSize(numbers.count, at: entry.place)
    }
    return .numbers(numbers)
  }

  func checkSize(_ count: Int, at place: Place) throws(Diagnostic) {
    guard count <= Quantity.sizeLimit else {
      throw Diagnostic(
        "limit-exceeded", at: place,
        "\(count) entries are too many for a formula; the limit is \(Quantity.sizeLimit)")
    }
  }

  func wrongType(
    _ found: Quantity, for what: String, takes expected: String, at place: Place
  ) -> Diagnostic {
    Diagnostic(
      "wrong-type", at: place, "\(what) takes \(expected), but this is \(found.kind)")
  }

  // MARK: Names

  private func quantity(called name: Text) throws(Diagnostic) -> Quantity {
    if let local = locals[name.string] { return local }
    let found = try lookUp(name)
    if let named = found as? QuantityValue { return named.quantity }
    throw Diagnostic(
      "not-a-number", at: name.place, "\(name.string.quoted) is \(found.kind), not a number",
      hint: hint(for: found, called: name.string))
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

  func lookUp(_ name: Text) throws(Diagnostic) -> any Value {
    guard let found = values[name.string] else {
      throw Diagnostic(
        "unknown-name", at: name.place, "nothing above is called \(name.string.quoted)",
        hint: Suggestion.hint(
          for: name.string, among: (Array(locals.keys) + values.keys).sorted(),
          called: "defined above")
          ?? (name.string.contains("-") ? "write blanks around a minus sign" : nil))
    }
    return found
  }

  // MARK: Figures and columns

  /// A figure, or where there is none of that name, a whole column.
  private func member(_ key: Text, of name: Text) throws(Diagnostic) -> Quantity {
    let found = try lookUp(name)
    let figures = (found as? any FigureValue)?.figures ?? []
    if let figure = figures.first(where: { $0.name == key.string }) {
      return .number(figure.value)
    }
    if let cells = Self.column(key.string, of: found) {
      try checkSize(cells.count, at: key.place)
      return .numbers(cells.map { $0 ?? .nan })
    }
    var hint: String?
    if (found as? any QueryableValue)?.functions.contains(key.string) == true {
      hint = "it is a function: \("\(key.string)(\(name.string), …)".quoted)"
    }
    throw unknown("figure", key, of: name, hint, candidates: figures.map(\.name))
  }

  private static func column(_ key: String, of value: any Value) -> [Double?]? {
    guard case .numbers(let cells, _)? = (value as? any TableValue)?.table[key]?.cells else {
      return nil
    }
    return cells
  }

  private func unknown(
    _ what: String, _ key: Text, of name: Text, _ hint: String?, candidates: [String]
  ) -> Diagnostic {
    Diagnostic(
      "unknown-name", at: key.place,
      "\(name.string.quoted) has no \(what) \(key.string.quoted)",
      hint: hint ?? Suggestion.hint(for: key.string, among: candidates, called: "it has"))
  }

  // MARK: Entries

  private func entry(
    _ index: Expression.Index, of whole: Expression, at place: Place
  ) throws(Diagnostic) -> Quantity {
    switch whole {
    case .member(let name, let key):
      let found = try lookUp(name)
      guard let cells = Self.column(key.string, of: found) else {
        let table = (found as? any TableValue)?.table
        throw unknown("column", key, of: name, nil, candidates: table?.numberKeys ?? [])
      }
      guard let row = try position(index, of: cells.count, at: key.place) else {
        try checkSize(cells.count, at: key.place)
        return .numbers(cells.map { $0 ?? .nan })
      }
      guard cells.indices.contains(row - 1), let cell = cells[row - 1] else {
        throw Diagnostic(
          "out-of-range", at: key.place,
          "\(name.string.quoted) has rows 1 to \(cells.count), and no number at row \(row)")
      }
      return .number(cell)
    case .name(let name) where locals[name.string] == nil && values[name.string] is any RowsValue:
      guard let rows = values[name.string] as? any RowsValue else { break }
      let row = try position(index, of: rows.rowCount, at: place)
      guard let row, (1...max(1, rows.rowCount)).contains(row) else {
        throw outOfRange(row, of: rows.rowCount, "rows", at: place)
      }
      let values = rows.row(row - 1)
      try checkSize(values.count, at: place)
      return .numbers(values)
    default: break
    }
    switch try quantity(of: whole) {
    case .numbers(let values):
      guard let number = try position(index, of: values.count, at: place) else {
        return .numbers(values)
      }
      guard values.indices.contains(number - 1) else {
        throw outOfRange(number, of: values.count, "entries", at: place)
      }
      return .number(values[number - 1])
    case .truths(let values):
      guard let number = try position(index, of: values.count, at: place) else {
        return .truths(values)
      }
      guard values.indices.contains(number - 1) else {
        throw outOfRange(number, of: values.count, "entries", at: place)
      }
      return .truth(values[number - 1])
    case let other: throw wrongType(other, for: "`[…]`", takes: "a list", at: whole.place)
    }
  }

  private func outOfRange(
    _ number: Int?, of count: Int, _ what: String, at place: Place
  ) -> Diagnostic {
    guard let number else {
      return Diagnostic("bad-expression", at: place, "`[all]` is of a column; take one row")
    }
    return Diagnostic(
      "out-of-range", at: place, "there are \(what) 1 to \(count), and none at \(number)")
  }

  /// The number, from 1, that an index stands for; nil for all entries.
  private func position(
    _ index: Expression.Index, of count: Int, at place: Place
  ) throws(Diagnostic) -> Int? {
    switch index {
    case .last: return count
    case .all: return nil
    case .number(let inner):
      let value = try value(of: inner)
      guard value == value.rounded(), value.magnitude < 1e9 else {
        throw Diagnostic("bad-expression", at: place, "rows are whole numbers from 1")
      }
      return Int(value)
    }
  }
}

extension Expression {
  /// Whether the formula holds for given names alone, without any cell.
  package func holds(
    where names: [String: Quantity], calling functions: Functions
  ) throws(Diagnostic) -> Bool {
    try Evaluator(functions: functions, values: [:], locals: names).truth(of: self)
  }
}
