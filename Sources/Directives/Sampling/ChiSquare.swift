internal import Boltzmann
package import Notebooks
internal import Numerals

/// `{chi-square}`: could these counts be draws from a computed distribution?
package struct ChiSquare: Directive {
  static let column = Option<Text?>.text(
    "column", "a column", "The column of the table that holds the probabilities.", shown: "p")
  static let level = Option<Double>.number(
    "level", "Rows with a smaller p-value are called different.", in: 1e-9...0.5, default: 0.01)

  package static let manual = Manual(
    "chi-square", "Pearson's test: could printed counts be draws from a computed distribution?",
    argument: "TABLE",
    body: "A Markdown table: a name for each row of counts, and one column for each row of TABLE",
    options: [column, level],
    details: """
      $$
      \\chi^2 = \\sum_k \\frac{(n_k - n p_k)^2}{n p_k}
      $$

      with one degree of freedom less than there are cells. Cells in which fewer than 5 counts are \
      expected stand together as one, with that of the next smallest expectation where they are \
      still too few. Where this leaves a single cell, the sum is over all cells as they are, and \
      the p-value is exact: the probability of all outcomes of so many draws with at least this \
      $\\chi^2$. The headings of the body name the rows \
      of TABLE by its first column. The verdict is about the counts as a whole: sampling error \
      alone gives p-values below the level in that share of all cases.
      """,
    example: """
      ```{machine} pair
      :visible: a b

      a -- b: 1.5
      ```

      ```{energy-table} pair
      :sum: a + b
      :name: ons
      ```

      ```{chi-square} ons
      | draws | 0   | 1   | 2   |
      |-------|-----|-----|-----|
      | mine  | 140 | 260 | 600 |
      ```
      """)

  private let table: Text
  private let column: Text?
  private let level: Double
  private let printed: PrintedTable?

  package init(_ arguments: inout Arguments) {
    table = arguments.reference("a table")
    column = arguments.value(of: Self.column)
    level = arguments.value(of: Self.level)
    let body = arguments.body("a table of counts")
    printed =
      body.isEmpty
      ? nil : arguments.attempt { () throws(Diagnostic) in try PrintedTable(body) }
  }

  package func run(in context: Context) throws(Diagnostic) -> Outcome {
    guard let printed else { return Outcome() }
    let source = try context.value(table, as: (any TableValue).self, "a table").table
    let key = column?.string ?? "p"
    guard case .numbers(let probabilities, _)? = source[key]?.cells else {
      throw Diagnostic(
        "unknown-column", at: column?.place ?? table.place,
        "\(table.string.quoted) has no column \(key.quoted) of numbers",
        hint: Suggestion.hint(for: key, among: source.numberKeys, called: "columns"))
    }
    let p = try ordered(probabilities, source, by: printed)
    var tests: [CountTest] = []
    for row in printed.rows {
      var counts: [Int] = []
      for cell in row.dropFirst() {
        counts.append(try cell.integer(in: 0...1_000_000_000_000, for: "a count"))
      }
      guard counts.contains(where: { $0 > 0 }) else {
        throw Diagnostic(
          "no-counts", at: row[0].place, "all counts of the row \(row[0].string.quoted) are 0")
      }
      guard let test = CountTest(counts: counts, probabilities: p) else {
        throw Self.tooFew(counts.reduce(0, +), in: row[0], p)
      }
      tests.append(test)
    }
    let format = NumberFormat.fixed(2)
    var columns = [
      Table.Column(
        "row", heading: printed.headings[0].string, .text(printed.rows.map { $0[0].string }),
        isKey: true)
    ]
    for index in printed.headings.indices.dropFirst() {
      columns.append(
        Table.Column(
          "n\(index)", heading: printed.headings[index].string,
          .numbers(printed.rows.map { Double($0[index].string) }, .fixed(0))))
    }
    columns += [
      Table.Column("chi2", heading: "$\\chi^2$", .numbers(tests.map(\.statistic), format)),
      Table.Column(
        "df", heading: "df",
        .numbers(tests.map { $0.degreesOfFreedom.map(Double.init) }, .fixed(0))),
      Table.Column("pvalue", heading: "p-value", .numbers(tests.map(\.pValue), .pValue)),
      Table.Column(
        "verdict",
        .text(tests.map { $0.pValue < level ? "different" : "consistent" })),
    ]
    let result = Table(columns)
    let names = printed.rows.map { $0[0].string }
    return Outcome(
      [.table(result)] + Self.remarks(Array(zip(names, tests))).map { .sentence($0) },
      value: TableResult(result))
  }

  /// What the columns leave unsaid of the rows: pooled cells, exact p-values.
  private static func remarks(_ tests: [(row: String, test: CountTest)]) -> [String] {
    let pooled = tests.filter { $0.test.pooledCells > 0 }
      .map { "\($0.test.pooledCells) cells of \($0.row)" }
    let exact = tests.filter { $0.test.degreesOfFreedom == nil }.map(\.row)
    return [
      (pooled, "Expecting fewer than 5 counts each, these stand together as one"),
      (exact, "Too few counts for the $\\chi^2$ distribution; the p-value is exact"),
    ].filter { !$0.0.isEmpty }.map { "\($0.1): \($0.0.joined(separator: ", "))." }
  }

  private static func tooFew(_ count: Int, in row: Text, _ probabilities: [Double]) -> Diagnostic {
    let needed = NumberFormat.significant(6).string(CountTest.neededCounts(probabilities))
    return Diagnostic(
      "too-few-counts", at: row.place,
      "\(count) \(count == 1 ? "count is" : "counts are") too few for these probabilities: fewer "
        + "than \(Int(ChiSquareTest.smallestExpectedCount)) are expected outside of one cell",
      hint: "at least \(needed) counts are needed")
  }

  /// The probabilities in the order of the printed headings.
  private func ordered(
    _ probabilities: [Double?], _ source: Table, by printed: PrintedTable
  ) throws(Diagnostic) -> [Double] {
    var result: [Double] = []
    for heading in printed.headings.dropFirst() {
      let row = (0..<source.rowCount).first { source.text(row: $0, column: 0) == heading.string }
      guard let row, let value = probabilities[row] else {
        throw Diagnostic(
          "unknown-row", at: heading.place,
          "\(table.string.quoted) has no row \(heading.string.quoted)",
          hint: Suggestion.hint(
            for: heading.string,
            among: (0..<source.rowCount).map { source.text(row: $0, column: 0) }, called: "rows"))
      }
      result.append(value)
    }
    guard abs(result.reduce(0, +) - 1) < 1e-10, result.allSatisfy({ $0 >= 0 }) else {
      throw Diagnostic(
        "bad-distribution", at: table.place,
        "\((column?.string ?? "p").quoted) of the rows named is no distribution: its values must add "
          + "up to 1", hint: "every row of \(table.string.quoted) needs a column of counts")
    }
    return result
  }
}
