internal import Boltzmann
package import Notebooks
internal import Numerals
internal import Plots

/// `{activity}`: how often the hidden units of an RBM are on.
package struct ActivityDirective: Directive {
  static let data = Option<Text?>.text(
    "data", "a dataset", "The rows that the hidden units answer.",
    shown: "those that the RBM learned from")
  static let bins = Option<Int>.integer(
    "bins", "The most bins of the histogram.", in: 1...60, default: 10)
  static let plot = Option<Bool>.flag("plot", "Whether the histogram is drawn.", default: true)

  package static let manual = Manual(
    "activity", "How often the hidden units of an RBM are on, as a table and a histogram.",
    argument: "RBM", options: [data, bins, plot],
    details: """
      The table has for each hidden unit the mean over the rows of its probability to be on, and the \
      smallest and largest; the histogram counts the probabilities of all units for all rows. A unit \
      that is always off or always on says nothing about a row. The means alone: `{plot} NAME` with \
      `:kind: histogram` and `:y: mean`. Source: Hinton 2010, sections 11 and 16.
      """,
    example: """
      ```{dataset} bars
      :bars-and-stripes: 2
      ```

      ```{rbm} small
      :visible: 4
      :hidden: 3
      :weights: normal 0 2
      ```

      ```{activity} small
      :data: bars
      ```
      """)

  private let name: Text
  private let data: Text?
  private let bins: Int
  private let showsPlot: Bool

  package init(_ arguments: inout Arguments) {
    name = arguments.reference("an RBM")
    data = arguments.value(of: Self.data)
    if let data { _ = arguments.references([data]) }
    bins = arguments.value(of: Self.bins)
    showsPlot = arguments.value(of: Self.plot)
    arguments.noBody()
  }

  package func run(in context: Context) throws(Diagnostic) -> Outcome {
    let value = try context.value(name, as: (any RBMSource).self, "an RBM")
    let machine = value.shown
    let dataset = try context.rows(data, for: value, called: name)
    let hidden = machine.hiddenProbabilities(given: VisibleData(dataset))
    let rows = (0..<hidden.rowCount).map { hidden.row($0).map(Double.init) }
    let report = ActivityReport(rows)
    var outputs: [Output] = [.sentence(report.sentence), .table(report.table)]
    if showsPlot {
      let histogram = Histogram(values: rows.flatMap(\.self), bins: bins)
      outputs.append(
        .plot(
          Plot(
            x: Axis("probability of a hidden unit"), y: Axis("units and rows"),
            marks: [.histogram(histogram)])))
    }
    return Outcome(outputs, value: TableResult(report.table, figures: report.figures))
  }
}

/// The activity of hidden units over rows.
private struct ActivityReport {
  let table: Table
  let figures: [(name: String, value: Double)]
  let sentence: String

  /// Probabilities, [row, unit].
  init(_ rows: [[Double]]) {
    let units = rows[0].indices
    let values = units.map { unit in rows.map { $0[unit] } }
    let means = values.map { $0.reduce(0, +) / Double(rows.count) }
    table = Table(
      [
        Table.Column("unit", .text(units.map { "h\($0 + 1)" }), isKey: true),
        Table.Column("mean", .numbers(means, .fixed(3))),
        Table.Column("smallest", .numbers(values.map { $0.min() }, .fixed(3))),
        Table.Column("largest", .numbers(values.map { $0.max() }, .fixed(3))),
      ], shownRows: 20)
    let mean = means.reduce(0, +) / Double(means.count)
    let still = values.count { values in
      let (low, high) = (values.min() ?? 0, values.max() ?? 0)
      return high < Self.off || low > 1 - Self.off
    }
    figures = [("activity", mean), ("still", Double(still))]
    sentence =
      "Over \(rows.count) \(rows.count == 1 ? "row" : "rows") the \(means.count) hidden units are on "
      + "with a mean probability of \(NumberFormat.fixed(3).string(mean)); \(still) of them "
      + "\(still == 1 ? "is" : "are") always off or always on, to 1 %."
  }

  private static let off = 0.01
}
