internal import Boltzmann
package import Notebooks
internal import Numerals
internal import Plots

/// `{compare}`: two distributions over the same states, row by row and in one figure.
package struct Compare: Directive {
  static let with = Option<Text?>.text(
    "with", "NAME or NAME.COLUMN", "What to compare with; it has to be given.")
  static let plot = Option<Bool>.flag("plot", "Whether a plot is drawn.", default: false)
  static let rows = Option<Int>.integer(
    "rows", "The most rows that are printed.", in: 1...4096, default: 32)

  package static let manual = Manual(
    "compare", "Two distributions side by side: differences, total variation, KL divergence.",
    argument: "NAME",
    options: [
      with, MachineOptions.marginal, MachineOptions.sum, MachineOptions.temperature, plot, rows,
    ],
    details: """
      NAME is a table (`NAME.COLUMN` for one of its columns; without a column its frequencies, or \
      else its `p`) or a machine, whose exact distribution is taken at `temperature`. Beside a \
      table, a machine is tabulated over the same states; two machines over all their units, \
      `marginal` or `sum`. With $p$ the first and $q$ the second,

      $$
      \\mathrm{TV} = \\frac12 \\sum |p - q|, \\qquad
      \\mathrm{KL}(p \\,\\|\\, q) = \\sum p \\ln \\frac{p}{q}
      $$

      Where a side is counted from samples, the total variation that independent draws alone would \
      give on average stands beside it: a distance near that floor means nothing.
      """,
    example: """
      ```{machine} pair
      :visible: a b

      a -- b: 1.5
      ```

      ```{sample} pair
      :temperature: 2
      :chains: 500
      :plot: no
      :name: hot
      ```

      ```{compare} hot
      :with: pair
      ```
      """)

  private let first: ComparedName
  private let second: ComparedName?
  private let marginal: [Text]
  private let sum: Text?
  private let temperature: Double
  private let showsPlot: Bool
  private let rows: Int
  private let place: Place

  package init(_ arguments: inout Arguments) {
    place = arguments.call.place
    first = ComparedName(arguments.call.argument)
    if arguments.call.argument.isEmpty {
      _ = arguments.reference("a table or a machine")
    } else {
      _ = arguments.references([first.name])
    }
    second = arguments.required(Self.with).map(ComparedName.init)
    _ = arguments.references(second.map { [$0.name] } ?? [])
    marginal = arguments.value(of: MachineOptions.marginal)
    sum = arguments.value(of: MachineOptions.sum)
    temperature = arguments.value(of: MachineOptions.temperature)
    showsPlot = arguments.value(of: Self.plot)
    rows = arguments.value(of: Self.rows)
    arguments.noBody()
  }

  package func run(in context: Context) throws(Diagnostic) -> Outcome {
    guard let second else { return Outcome() }
    let pair = try ComparedPair(
      first, second, marginal: marginal, sum: sum, temperature: temperature, in: context, at: place)
    let (p, q) = (pair.first, pair.second)
    let differences = zip(p.probabilities, q.probabilities).map { $0 - $1 }
    let format = NumberFormat.fixed(4)
    let table = Table(
      p.keys + [
        Table.Column("first", heading: p.name, .numbers(p.probabilities, format)),
        Table.Column("second", heading: q.name, .numbers(q.probabilities, format)),
        Table.Column("difference", .numbers(differences, format)),
      ], shownRows: rows)
    let distances = RowDistances(p, q)
    var outputs: [Output] = [.table(table), .sentence(Self.sentence(distances, p.name, q.name))]
    if showsPlot {
      let bars = Bars(
        categories: p.labels,
        series: [p, q].map { Bars.Series($0.name, values: $0.probabilities) })
      outputs.append(
        .plot(
          Plot(
            x: Axis(p.keys.map(\.heading).joined(separator: " ")), y: Axis("probability"),
            marks: [.bars(bars)])))
    }
    let figures =
      [
        ("tv", distances.totalVariation), ("kl", distances.divergence),
        ("klback", distances.backDivergence),
      ] + (distances.floor.map { [("floor", $0)] } ?? [])
    return Outcome(outputs, value: TableResult(table, figures: figures))
  }

  private static func sentence(
    _ distances: RowDistances, _ first: String, _ second: String
  ) -> String {
    let format = NumberFormat.fixed(4)
    let floor = distances.floor.map { " (independent draws alone: about \(format.string($0)))" }
    return "Total variation \(format.string(distances.totalVariation))\(floor ?? ""); "
      + "KL(\(first) ‖ \(second)) = \(format.string(distances.divergence)), "
      + "KL(\(second) ‖ \(first)) = \(format.string(distances.backDivergence)) nats."
  }
}
