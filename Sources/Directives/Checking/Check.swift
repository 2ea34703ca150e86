internal import Boltzmann
package import Notebooks
internal import Numerals

/// `{check}`: statements about earlier results, each with its measured value and a verdict.
package struct Check: Directive {
  package static let manual = Manual(
    "check", "Statements that must hold, each with what was measured and a verdict.",
    body: "One statement a line",
    details: """
      A statement is a formula that holds or does not: comparisons with `<`, `<=`, `>`, `>=`, `=` and \
      `!=`, joined by `and`, `or` and `not`; for lists inside `all(…)` or `any(…)`. Or it is a distance:

          samples ~ exact : tv < 0.02
          hot ~ cold : kl > 0.1
          run.energy ~ exact : z < 4
          run.energy ~ -1.31 : z < 4

      On the left of `~` stands a table (`NAME` or `NAME.COLUMN`), a machine, or a figure with an \
      error; on the right another one, or `exact`: the table's own exact column, or the exact \
      value of the figure. `tv` is the total-variation distance, `kl` the divergence \
      KL(left ‖ right) in nats, `z` the difference in standard errors, of a table the largest; a \
      row's error counts as no smaller than that of as many independent draws. A statement that \
      does not hold fails `check`, as a false claim does.
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
      let verdict = try Verdict(statement, in: context, at: place)
      if let failure = verdict.failure(of: statement) { failures.append(failure) }
      values.append(verdict.values.first ?? (verdict.holds ? 1 : 0))
      rows.append(
        ("`\(statement.text.string)`", verdict.measured, verdict.holds ? "holds" : "**fails**"))
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
