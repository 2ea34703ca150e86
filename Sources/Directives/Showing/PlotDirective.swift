package import Notebooks
internal import Numerals
internal import Plots

/// `{plot}`: columns of earlier tables, or formulas, as an ASCII plot.
package struct PlotDirective: Directive {
  enum Kind: String, CaseIterable, Sendable {
    case line, points, bars, histogram
  }

  static let x = Option<Text?>.text(
    "x", "a column or a formula", "What goes along the x axis.", shown: "the first column")
  static let y = Option<[Text]>.words(
    "y", "columns", "What is drawn, one series a column.", shown: "the last column")
  static let errors = Option<[Text]>.words(
    "errors", "columns", "Standard errors of the `y` columns, for bars.")
  static let kind = Option<Kind>.choice("kind", "How it is drawn.", default: .line)
  static let title = Option<Text?>.text("title", "text", "A line above the plot.")
  static let xLabel = Option<Text?>.text("x-label", "text", "The x axis: quantity and unit.")
  static let yLabel = Option<Text?>.text("y-label", "text", "The y axis: quantity and unit.")
  static let bins = Option<Int>.integer(
    "bins", "The most bins of a histogram.", in: 1...60, default: 12)

  package static let manual = Manual(
    "plot", "Columns of earlier tables, or formulas: lines, points, bars or a histogram.",
    argument: "TABLE …", body: "Formulas, one series a line, `name = formula` or the formula alone",
    options: [kind, x, y, errors, title, xLabel, yLabel, bins],
    details: """
      Bars take their categories from `:x:`; a histogram counts the values of `:y:`. Lines and points \
      of several tables lie in one plot, each table with its own `x`, under the name of its table.

      With a body, each line is a series of lines or points: a formula that knows `x`, the list that \
      `:x:` gives, and of one table the columns. Without a table `:x:` must be a formula such as \
      `range(-6, 6, 0.1)`.
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

      ```{plot} ons
      :kind: bars
      :y: p
      :y-label: probability
      ```

      ```{plot}
      :x: range(-6, 6, 0.1)
      :x-label: gap
      :y-label: probability

      cold = sigmoid(2 * x)
      warm = sigmoid(x / 2)
      ```
      """)

  let tables: [Text]
  let series: [PlottedFormula]
  let x: Text?
  let y: [Text]
  let errors: [Text]
  let kind: Kind
  private let title: Text?
  private let xLabel: Text?
  private let yLabel: Text?
  private let bins: Int

  package init(_ arguments: inout Arguments) {
    series = PlottedFormula.all(&arguments)
    tables =
      series.isEmpty || !arguments.call.argument.isEmpty
      ? arguments.someReferences("a table") : []
    x = arguments.value(of: Self.x)
    y = arguments.value(of: Self.y)
    errors = arguments.value(of: Self.errors)
    kind = arguments.value(of: Self.kind)
    title = arguments.value(of: Self.title)
    xLabel = arguments.value(of: Self.xLabel)
    yLabel = arguments.value(of: Self.yLabel)
    bins = arguments.value(of: Self.bins)
    checkFormulas(&arguments)
    if tables.count > 1, kind == .bars || kind == .histogram {
      arguments.report(
        Diagnostic(
          "unexpected-argument", at: tables[1].place,
          "only lines and points can be drawn of several tables"))
    }
    if !errors.isEmpty, errors.count != y.count {
      arguments.report(
        Diagnostic(
          "bad-assignment", at: errors[0].place,
          "there are \(errors.count) error columns for \(y.count) columns"))
    }
  }

  package func run(in context: Context) throws(Diagnostic) -> Outcome {
    if !series.isEmpty { return try formulas(in: context) }
    switch kind {
    case .line, .points:
      var curves: [Curve] = []
      for table in tables { curves += try self.curves(source(table, context)) }
      return outcome(
        curves.map { kind == .line ? .line($0.series) : .points($0.series) },
        across: curves[0].x, up: Set(curves.map(\.y)).count == 1 ? curves[0].y : "")
    case .histogram:
      let columns = try columns(source(tables[0], context))
      return outcome(
        columns.map { .histogram(Histogram(values: $0.values, bins: bins)) },
        across: columns.map(\.heading).joined(separator: ", "), up: up(columns))
    case .bars:
      let source = try source(tables[0], context)
      let columns = try columns(source)
      let (heading, categories) = try categories(source)
      var series: [Bars.Series] = []
      for (index, column) in columns.enumerated() {
        let errors = errors.isEmpty ? nil : try numbers(errors[index], source).values
        series.append(Bars.Series(column.heading, values: column.values, errors: errors))
      }
      return outcome(
        [.bars(Bars(categories: categories, series: series))], across: heading, up: up(columns))
    }
  }

  /// A table with the name that the call has for it.
  typealias Source = (name: Text, table: Table)
  private typealias Column = (heading: String, values: [Double])

  /// A line or points, with what its axes measure.
  private struct Curve {
    let series: Series
    let x: String
    let y: String
  }

  func outcome(_ marks: [Mark], across: String, up: String) -> Outcome {
    Outcome([
      .plot(
        Plot(
          title: title?.string, x: Axis(xLabel?.string ?? across), y: Axis(yLabel?.string ?? up),
          marks: marks))
    ])
  }

  private func up(_ columns: [Column]) -> String { columns.count == 1 ? columns[0].heading : "" }

  func source(_ name: Text, _ context: Context) throws(Diagnostic) -> Source {
    let table = try context.value(name, as: (any TableValue).self, "a table").table
    guard table.rowCount > 0, !table.numberKeys.isEmpty else {
      throw Diagnostic(
        "nothing-to-plot", at: name.place, "\(name.string.quoted) has no column of numbers")
    }
    return (name, table)
  }

  /// The columns that `:y:` names; without it the last one.
  private func columns(_ source: Source) throws(Diagnostic) -> [Column] {
    let last = source.table.numberKeys.suffix(1).map { Text($0, at: source.name.place) }
    var columns: [Column] = []
    for name in y.isEmpty ? last : y { columns.append(try numbers(name, source)) }
    return columns
  }

  private func curves(_ source: Source) throws(Diagnostic) -> [Curve] {
    let key = x ?? Text(source.table.columns[0].key, at: source.name.place)
    let across = try numbers(key, source)
    return try columns(source).map { column in
      let own = tables.count == 1 ? column.heading : source.name.string
      let name = tables.count > 1 && y.count > 1 ? "\(own), \(column.heading)" : own
      return Curve(
        series: Series(name, x: across.values, y: column.values), x: across.heading,
        y: column.heading)
    }
  }

  /// A column of numbers; empty cells become gaps.
  private func numbers(_ name: Text, _ source: Source) throws(Diagnostic) -> Column {
    if let column = source.table[name.string], case .numbers(let values, _) = column.cells {
      return (column.heading, values.map { $0 ?? .nan })
    }
    throw Diagnostic(
      "unknown-column", at: name.place,
      "\(source.name.string.quoted) has no column \(name.string.quoted) of numbers",
      hint: Suggestion.hint(for: name.string, among: source.table.numberKeys, called: "columns"))
  }

  private func categories(_ source: Source) throws(Diagnostic) -> (String, [String]) {
    let indices: [Int]
    if let x {
      guard let index = source.table.columns.firstIndex(where: { $0.key == x.string }) else {
        throw Diagnostic(
          "unknown-column", at: x.place,
          "\(source.name.string.quoted) has no column \(x.string.quoted)",
          hint: Suggestion.hint(
            for: x.string, among: source.table.columns.map(\.key), called: "columns"))
      }
      indices = [index]
    } else {
      let keys = source.table.columns.indices.filter { source.table.columns[$0].isKey }
      indices = keys.isEmpty ? [0] : keys
    }
    let labels = (0..<source.table.rowCount).map { row in
      indices.map { source.table.text(row: row, column: $0) }.joined(separator: " ")
    }
    return (indices.map { source.table.columns[$0].heading }.joined(separator: " "), labels)
  }
}
