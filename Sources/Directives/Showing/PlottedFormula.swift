internal import Notebooks
internal import Plots

/// A line of a plot's body: a series by formula.
struct PlottedFormula: Sendable {
  /// What the legend calls it.
  let label: String
  let expression: Expression

  /// `name = formula`, `"text" = formula`, or a formula that is its own label.
  private init(_ line: Text) throws(Diagnostic) {
    let string = line.string
    if string.first == "\"", let end = string.dropFirst().firstIndex(of: "\"") {
      let rest = line.slice(string.index(after: end)..<string.endIndex).trimmed
      if let (empty, formula) = rest.cut(at: "="), empty.isEmpty {
        label = String(string[string.index(after: string.startIndex)..<end])
        expression = try Expression(formula)
        return
      }
    }
    if let (name, formula) = line.cut(at: "="), name.string.isName {
      (label, expression) = (name.string, try Expression(formula))
    } else {
      (label, expression) = (string, try Expression(line))
    }
  }

  /// The most series that can be told apart.
  private static let limit = 8

  /// The lines of the body.
  static func all(_ arguments: inout Arguments) -> [PlottedFormula] {
    var all: [PlottedFormula] = []
    for line in arguments.call.body.map(\.trimmed) where !line.isEmpty {
      let read = arguments.attempt { () throws(Diagnostic) in try PlottedFormula(line) }
      if let read { all.append(read) }
    }
    if all.count > limit {
      arguments.report(
        Diagnostic(
          "limit-exceeded", at: arguments.call.body[0].place,
          "\(all.count) series cannot be told apart; the limit is \(limit)"))
    }
    return all
  }
}

extension PlotDirective {
  /// What the formula of `:x:` is called in the body.
  private static let argument = "x"

  /// Says what does not go together with a body, and what the formulas read.
  func checkFormulas(_ arguments: inout Arguments) {
    guard !series.isEmpty else { return }
    if tables.count > 1 {
      arguments.report(
        Diagnostic(
          "unexpected-argument", at: tables[1].place, "formulas can be drawn of one table only"))
    }
    if kind == .bars || kind == .histogram {
      arguments.report(
        Diagnostic(
          "unexpected-body", at: arguments.call.body[0].trimmed.place,
          "formulas are drawn as lines or points",
          hint: "`tabulate` makes a table of them, which can be drawn in other ways"))
    }
    if let name = y.first ?? errors.first {
      arguments.report(
        Diagnostic(
          "unexpected-option", at: name.place, "the body says what is drawn",
          hint: "leave `:y:` and `:errors:` out"))
    }
    if let x {
      let read = arguments.attempt { () throws(Diagnostic) in try Expression(x) }
      arguments.possibleReferences(read?.reads ?? [])
    } else if tables.isEmpty {
      arguments.report(
        Diagnostic(
          "missing-option", at: arguments.call.place, "formulas need the option `:x:`",
          hint: "for example `:x: range(-6, 6, 0.1)`"))
    }
    arguments.possibleReferences(
      series.flatMap { $0.expression.reads }.filter { $0.string != Self.argument })
  }

  /// The series of the body.
  func formulas(in context: Context) throws(Diagnostic) -> Outcome {
    let source = try tables.first.map { (name) throws(Diagnostic) in
      try self.source(name, context)
    }
    var known = try source?.table.namedNumbers(at: context.place) ?? [:]
    let first = source?.table.columns[0].key ?? ""
    let formula = x ?? Text(first, at: source?.name.place ?? context.place)
    let xs = try numbers(try Expression(formula), known, at: formula.place, in: context)
    guard case .several(let across) = xs else {
      throw Diagnostic(
        "wrong-type", at: formula.place, "`:x:` takes a list of numbers, but this is one number",
        hint: "for example `range(-6, 6, 0.1)`")
    }
    known[Self.argument] = .numbers(across)
    var marks: [Mark] = []
    for line in series {
      let place = line.expression.place
      let values: [Double]
      switch try numbers(line.expression, known, at: place, in: context) {
      case .one(let value): values = Array(repeating: value, count: across.count)
      case .several(let several): values = several
      }
      guard values.count == across.count else {
        throw Diagnostic(
          "wrong-size", at: place,
          "these are \(values.count) numbers, but `:x:` has \(across.count)")
      }
      let series = Series(line.label, x: across, y: values)
      marks.append(kind == .line ? .line(series) : .points(series))
    }
    let name = formula.string.isName ? formula.string : Self.argument
    return outcome(
      marks, across: source?.table[formula.string]?.heading ?? name,
      up: series.count == 1 ? series[0].label : "")
  }

  private enum Numbers {
    case one(Double)
    case several([Double])
  }

  private func numbers(
    _ formula: Expression, _ known: [String: Quantity], at place: Place, in context: Context
  ) throws(Diagnostic) -> Numbers {
    switch try context.quantity(of: formula, where: known) {
    case .number(let value): return .one(value)
    case .numbers(let values): return .several(values)
    case let other:
      throw Diagnostic(
        "wrong-type", at: place, "a plot takes numbers, but this is \(other.kind)")
    }
  }
}
