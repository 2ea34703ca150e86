internal import Boltzmann
package import Notebooks
internal import Numerals

/// `{summary}`: the columns of a table in a few figures each.
package struct Summary: Directive {
  static let columns = Option<[Text]>.words(
    "columns", "columns", "The columns of numbers that are summed up.", shown: "all of them")

  package static let manual = Manual(
    "summary", "Columns of an earlier table in figures: how many, mean, median, extremes.",
    argument: "TABLE", options: [columns],
    details: """
      Empty cells are counted as missing and take no part in the rest. The error of the median is \
      the standard deviation of the medians of 400 tables whose rows are drawn from this one with \
      replacement (the bootstrap; Efron, Annals of Statistics 7 (1979) 1).
      """,
    example: """
      ```{machine} pair
      :visible: a b

      a -- b: 1.5
      ```

      ```{energy-table} pair
      :name: states
      ```

      ```{summary} states
      :columns: p
      ```
      """)

  private static let resamples = 400

  private let table: Text
  private let columns: [Text]

  package init(_ arguments: inout Arguments) {
    table = arguments.reference("a table")
    columns = arguments.value(of: Self.columns)
    arguments.drawsRandomNumbers()
    arguments.noBody()
  }

  package func run(in context: Context) throws(Diagnostic) -> Outcome {
    let source = try context.value(table, as: (any TableValue).self, "a table").table
    let stream = RandomStream(seed: context.seed, name: context.identity)
    var rows: [Row] = []
    for name in columns.isEmpty ? source.numberKeys.map({ Text($0, at: table.place) }) : columns {
      guard let column = source[name.string], case .numbers(let values, _) = column.cells else {
        throw Diagnostic(
          "unknown-column", at: name.place,
          "\(table.string.quoted) has no column \(name.string.quoted) of numbers",
          hint: Suggestion.hint(for: name.string, among: source.numberKeys, called: "columns"))
      }
      rows.append(Row(name.string, values, stream.substream(UInt64(rows.count))))
    }
    return Outcome([.table(Self.table(rows))], value: TableResult(Self.table(rows)))
  }

  private struct Row {
    let name: String
    let count: Int
    let missing: Int
    let mean: Double?
    let median: Double?
    let error: Double?
    let smallest: Double?
    let largest: Double?

    init(_ name: String, _ cells: [Double?], _ stream: RandomStream) {
      let values = cells.compactMap(\.self).filter(\.isFinite).sorted()
      (self.name, count, missing) = (name, values.count, cells.count - values.count)
      var moments = Moments()
      for value in values { moments.add(value) }
      mean = values.isEmpty ? nil : moments.mean
      (smallest, largest) = (values.first, values.last)
      median = Self.median(values)
      error = values.count < 2 ? nil : Self.error(values, stream)
    }

    private static func median(_ sorted: [Double]) -> Double? {
      if sorted.isEmpty { return nil }
      return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
    }

    private static func error(_ values: [Double], _ stream: RandomStream) -> Double? {
      var medians = Moments()
      for resample in 0..<Summary.resamples {
        let drawn = values.indices.map { unit in
          values[
            stream.index(below: values.count, .resampling, step: resample, chain: 0, unit: unit)]
        }
        if let median = median(drawn.sorted()) { medians.add(median) }
      }
      return medians.variance?.squareRoot()
    }
  }

  private static func table(_ rows: [Row]) -> Table {
    func numbers(_ key: String, _ values: [Double?]) -> Table.Column {
      Table.Column(key, .numbers(values, .significant(4)))
    }
    func counts(_ key: String, _ values: [Int]) -> Table.Column {
      Table.Column(key, .numbers(values.map(Double.init), .fixed(0)))
    }
    return Table([
      Table.Column("column", .text(rows.map(\.name)), isKey: true),
      counts("count", rows.map(\.count)), counts("missing", rows.map(\.missing)),
      numbers("mean", rows.map(\.mean)), numbers("median", rows.map(\.median)),
      Table.Column(
        "error", heading: "± of the median", .numbers(rows.map(\.error), .significant(2))),
      numbers("smallest", rows.map(\.smallest)), numbers("largest", rows.map(\.largest)),
    ])
  }
}
