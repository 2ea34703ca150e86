internal import Boltzmann
package import Notebooks
internal import Numerals

/// `{check}`: statements about earlier results, each with its measured value and a verdict.
package struct Check: Directive {
  package static let manual = Manual(
    "check", "Statements that must hold, each with what was measured and a verdict.",
    body: "One statement a line",
    details: """
      A statement is a comparison of formulas with `<`, `<=`, `>` or `>=`, or a distance:

          samples ~ exact : tv < 0.02
          hot ~ cold : kl > 0.1
          run.energy ~ exact : z < 4
          run.energy ~ -1.31 : z < 4

      On the left of `~` stands a table (`NAME` or `NAME.COLUMN`), a machine, or a figure with an \
      error; on the right another one, or `exact`: the table's own exact column, or the exact \
      value of the figure. `tv` is the total-variation distance, `kl` the divergence \
      KL(left ‖ right) in nats, `z` the difference in standard errors, of a table the largest. A \
      statement that does not hold fails `check`, as a false claim does.
      """,
    example: """
      ```{machine} pair
      :visible: a b

      a -- b: 1.5
      ```

      ```{sample} pair
      :chains: 2000
      :plot: no
      :name: draws
      ```

      ```{check}
      draws ~ exact : tv < 0.03
      draws ~ pair : z < 4
      Z(pair) > 7
      ```
      """)

  private let statements: [Statement]
  private let place: Place

  package init(_ arguments: inout Arguments) {
    place = arguments.call.place
    arguments.noArgument()
    var statements: [Statement] = []
    for line in arguments.body("one statement a line") where !line.trimmed.isEmpty {
      let statement = arguments.attempt { () throws(Diagnostic) in try Statement(line) }
      guard let statement else { continue }
      _ = arguments.references(statement.reads)
      statements.append(statement)
    }
    self.statements = statements
  }

  package func run(in context: Context) throws(Diagnostic) -> Outcome {
    var rows: [(statement: String, measured: String, verdict: String)] = []
    var failures: [Diagnostic] = []
    var values: [Double] = []
    for statement in statements {
      let measured = try Measurement(statement.left, in: context, at: place)
      let bound = try context.value(of: statement.right)
      let holds = statement.relation.holds(measured.value, bound)
      let shown = Self.format.string(measured.value)
      if !holds {
        failures.append(
          Diagnostic(
            "check-fails", at: statement.text.place,
            "\(statement.text.string.quoted) does not hold: \(measured.name) is \(shown)",
            kind: .failure))
      }
      values.append(measured.value)
      rows.append(
        (
          "`\(statement.text.string)`",
          measured.remark.map { "\(shown) (\($0))" } ?? shown, holds ? "holds" : "**fails**"
        ))
    }
    let table = Table([
      Table.Column("statement", .text(rows.map(\.statement)), isKey: true),
      Table.Column("measured", .text(rows.map(\.measured))),
      Table.Column("verdict", .text(rows.map(\.verdict))),
    ])
    let figures = values.enumerated().map { ("s\($0 + 1)", $1) }
    return Outcome(
      [.table(table)], value: TableResult(table, figures: figures), failures: failures)
  }

  static let format = NumberFormat.significant(4)
}

/// The left side of a statement, computed.
private struct Measurement {
  let name: String
  let value: Double
  /// What helps to judge the value.
  let remark: String?

  init(_ left: Statement.Left, in context: Context, at place: Place) throws(Diagnostic) {
    switch left {
    case .formula(let formula):
      (name, value, remark) = ("the left side", try context.value(of: formula), nil)
    case .distance(let measure, let subject, let reference):
      if measure == .z, let column = subject.column,
        let figures = try? context.value(subject.name, as: (any FigureValue).self, "").figures,
        figures.contains(where: { $0.name == column.string })
      {
        self = try Self.score(figures, column, against: reference, in: context)
        return
      }
      let pair = try Self.pair(subject, reference, in: context, at: place)
      let distances = RowDistances(pair.first, pair.second)
      name = measure.rawValue
      switch measure {
      case .tv:
        value = distances.totalVariation
        remark = distances.floor.map { "draws alone: \(Check.format.string($0))" }
      case .kl: (value, remark) = (distances.divergence, nil)
      case .z:
        guard let score = distances.largestScore else {
          throw Diagnostic(
            "no-error", at: subject.name.place,
            "neither side of `~` has errors, so there is no `z`", hint: "measure `tv` or `kl`")
        }
        (value, remark) = (score, "the largest of \(pair.first.probabilities.count)")
      }
    }
  }

  private init(_ name: String, _ value: Double, _ remark: String?) {
    (self.name, self.value, self.remark) = (name, value, remark)
  }

  /// |figure − reference| in standard errors.
  private static func score(
    _ figures: [(name: String, value: Double)], _ column: Text, against reference: Text,
    in context: Context
  ) throws(Diagnostic) -> Measurement {
    func figure(_ name: String, _ what: String) throws(Diagnostic) -> Double {
      guard let found = figures.first(where: { $0.name == name })?.value else {
        throw Diagnostic(
          "no-error", at: column.place, "\(column.string.quoted) has no \(what) to measure with")
      }
      return found
    }
    let value = try figure(column.string, "value")
    let error = try figure("\(column.string)error", "standard error")
    let isExact = reference.string == RowDistribution.exactWord
    let target =
      isExact
      ? try figure("\(column.string)exact", "exact value")
      : try context.value(of: Expression(reference))
    let format = Check.format
    return Measurement(
      "z", value == target ? 0 : abs(value - target) / error,
      "\(format.string(value)) ± \(format.string(error)) against \(format.string(target))")
  }

  private static func pair(
    _ subject: ComparedName, _ reference: Text, in context: Context, at place: Place
  ) throws(Diagnostic) -> ComparedPair {
    guard reference.string == RowDistribution.exactWord else {
      return try ComparedPair(subject, ComparedName(reference), in: context, at: place)
    }
    let exact = ComparedName(name: subject.name, column: Text("p", at: reference.place))
    return try ComparedPair(subject, exact, in: context, at: place)
  }
}
