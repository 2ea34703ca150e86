package import Notebooks
internal import Numerals

/// `{published}`: a printed table beside the computed one, number by number.
package struct Published: Directive {
  /// A difference that the author knows of: column, row, reason.
  struct Known: Sendable {
    var column: Text
    var row: Int?
    var reason: String
  }

  static let source = Option<Text?>.text("source", "text", "Where the table was printed.")
  static let known = Option<[Known]>(
    "differs", "COLUMN[ROW]: reason",
    "A cell that is known to differ, and why; the row counts from 1, `*` is every row.",
    default: [], repeatable: true
  ) { (lines) throws(Diagnostic) in
    var result: [Known] = []
    for line in lines { result.append(try Known(line)) }
    return result
  }

  static let spread = Option<Text?>.text(
    "spread", "a column", "Standard deviations: printed numbers are single draws, not exact.",
    shown: "none")
  static let within = Option<Double>.number(
    "within", "How many standard deviations a single draw may be off.", in: 0.1...10, default: 2)

  package static let manual = Manual(
    "published", "Which numbers of a printed table reproduce, and which do not.",
    argument: "TABLE",
    body: "The printed table as Markdown; its headings are columns of TABLE",
    options: [source, known, spread, within],
    details: """
      Rows are found by the columns that tell them apart, such as the states of units. A printed \
      number reproduces if the computed one, rounded to the digits that were printed, is the same. \
      A number that does not reproduce fails `check`, unless `:differs:` states why; a stated \
      difference that is none fails as well. With `:spread:` the computed column is a mean over \
      many runs, and a printed number from a single run is consistent if it lies `:within:` that \
      many standard deviations.
      """,
    example: """
      ```{machine} pair
      :visible: a b

      a -- b: 1.5
      ```

      ```{energy-table} pair
      :name: states
      ```

      ```{published} states
      :source: an example
      :differs: p[1]: a misprint

      | a | b | p    |
      |---|---|------|
      | 1 | 1 | 0.50 |
      | 0 | 0 | 0.13 |
      ```
      """)

  private let table: Text
  private let source: Text?
  private let known: [Known]
  private let spread: Text?
  private let within: Double
  private let printed: PrintedTable?

  package init(_ arguments: inout Arguments) {
    table = arguments.reference("a table")
    source = arguments.value(of: Self.source)
    known = arguments.value(of: Self.known)
    spread = arguments.value(of: Self.spread)
    within = arguments.value(of: Self.within)
    let body = arguments.body("the printed table")
    printed =
      body.isEmpty
      ? nil : arguments.attempt { () throws(Diagnostic) in try PrintedTable(body) }
  }

  package func run(in context: Context) throws(Diagnostic) -> Outcome {
    guard let printed else { return Outcome() }
    let computed = try context.value(table, as: (any TableValue).self, "a table").table
    let comparison = try PublishedComparison(
      printed, with: computed, called: table, known: known,
      spread: spread.map { PublishedComparison.Spread(column: $0, limit: within) })
    var outputs: [Output] = source.map { [.sentence("Printed in: \($0.string)")] } ?? []
    outputs += [.table(comparison.table), .sentence(comparison.summary)]
    return Outcome(
      outputs, value: TableResult(comparison.table, figures: comparison.figures),
      failures: comparison.failures)
  }
}

extension Published.Known {
  /// Reads `COLUMN[ROW]: reason`.
  fileprivate init(_ line: Text) throws(Diagnostic) {
    guard let (target, reason) = line.cut(at: ":"), !reason.isEmpty,
      let (column, rest) = target.cut(at: "["), rest.string.hasSuffix("]")
    else {
      throw Diagnostic(
        "bad-difference", at: line.place, "\(line.string.quoted) is not `COLUMN[ROW]: reason`")
    }
    self.column = column
    self.reason = reason.string
    let row = String(rest.string.dropLast())
    guard row == "*" || Int(row).map({ $0 > 0 }) == true else {
      throw Diagnostic("not-a-number", at: rest.place, "\(row.quoted) is not a row")
    }
    self.row = Int(row)
  }
}
