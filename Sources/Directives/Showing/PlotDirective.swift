package import Notebooks
internal import Numerals
internal import Plots

/// `{plot}`: columns of an earlier table as an ASCII plot.
package struct PlotDirective: Directive {
  enum Kind: String, CaseIterable, Sendable {
    case line, points, bars, histogram
  }

  static let x = Option<Text?>.text(
    "x", "a column", "What goes along the x axis.", shown: "the first column")
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
    "plot", "Columns of an earlier table: lines, points, bars or a histogram.",
    argument: "TABLE", options: [kind, x, y, errors, title, xLabel, yLabel, bins],
    details: "Bars take their categories from `:x:`; a histogram counts the values of `:y:`.",
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
      """)

  private let table: Text
  private let x: Text?
  private let y: [Text]
  private let errors: [Text]
  private let kind: Kind
  private let title: Text?
  private let xLabel: Text?
  private let yLabel: Text?
  private let bins: Int

  package init(_ arguments: inout Arguments) {
    table = arguments.reference("a table")
    x = arguments.value(of: Self.x)
    y = arguments.value(of: Self.y)
    errors = arguments.value(of: Self.errors)
    kind = arguments.value(of: Self.kind)
    title = arguments.value(of: Self.title)
    xLabel = arguments.value(of: Self.xLabel)
    yLabel = arguments.value(of: Self.yLabel)
    bins = arguments.value(of: Self.bins)
    arguments.noBody()
    if !errors.isEmpty, errors.count != y.count {
      arguments.report(
        Diagnostic(
          "bad-assignment", at: errors[0].place,
          "there are \(errors.count) error columns for \(y.count) columns"))
    }
  }

  package func run(in context: Context) throws(Diagnostic) -> Outcome {
    let source = try context.value(table, as: (any TableValue).self, "a table").table
    guard source.rowCount > 0, let lastKey = source.numberKeys.last else {
      throw Diagnostic(
        "nothing-to-plot", at: table.place, "\(table.string.quoted) has no column of numbers")
    }
    var series: [(name: String, values: [Double])] = []
    for name in y { series.append(try numbers(name, source)) }
    if y.isEmpty { series = [try numbers(Text(lastKey, at: table.place), source)] }
    var marks: [Mark]
    var across = xLabel?.string ?? ""
    switch kind {
    case .histogram:
      marks = series.map { .histogram(Histogram(values: $0.values.filter(\.isFinite), bins: bins)) }
      across = across.isEmpty ? series.map(\.name).joined(separator: ", ") : across
    case .bars:
      let (heading, categories) = try categories(source)
      across = across.isEmpty ? heading : across
      var bars: [Bars.Series] = []
      for (index, one) in series.enumerated() {
        let errors = errors.isEmpty ? nil : try numbers(errors[index], source).values
        bars.append(Bars.Series(one.name, values: one.values, errors: errors))
      }
      marks = [.bars(Bars(categories: categories, series: bars))]
    case .line, .points:
      let key = x ?? Text(source.columns[0].key, at: table.place)
      let (heading, values) = try numbers(key, source)
      across = across.isEmpty ? heading : across
      marks = series.map {
        let one = Series($0.name, x: values, y: $0.values)
        return kind == .line ? .line(one) : .points(one)
      }
    }
    let up = yLabel?.string ?? (series.count == 1 ? series[0].name : "")
    let plot = Plot(title: title?.string, x: Axis(across), y: Axis(up), marks: marks)
    return Outcome([.plot(plot)])
  }

  /// A column of numbers; empty cells become gaps.
  private func numbers(
    _ name: Text, _ source: Table
  ) throws(Diagnostic) -> (name: String, values: [Double]) {
    if let column = source[name.string], case .numbers(let values, _) = column.cells {
      return (column.heading, values.map { $0 ?? .nan })
    }
    throw Diagnostic(
      "unknown-column", at: name.place,
      "\(table.string.quoted) has no column \(name.string.quoted) of numbers",
      hint: Suggestion.hint(for: name.string, among: source.numberKeys, called: "columns"))
  }

  private func categories(_ source: Table) throws(Diagnostic) -> (String, [String]) {
    let indices: [Int]
    if let x {
      guard let index = source.columns.firstIndex(where: { $0.key == x.string }) else {
        throw Diagnostic(
          "unknown-column", at: x.place,
          "\(table.string.quoted) has no column \(x.string.quoted)",
          hint: Suggestion.hint(
            for: x.string, among: source.columns.map(\.key), called: "columns"))
      }
      indices = [index]
    } else {
      let keys = source.columns.indices.filter { source.columns[$0].isKey }
      indices = keys.isEmpty ? [0] : keys
    }
    let labels = (0..<source.rowCount).map { row in
      indices.map { source.text(row: row, column: $0) }.joined(separator: " ")
    }
    return (indices.map { source.columns[$0].heading }.joined(separator: " "), labels)
  }
}
