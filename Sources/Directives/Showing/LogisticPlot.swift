internal import Boltzmann
package import Notebooks
internal import Numerals
internal import Plots

/// `{logistic-plot}`: how temperature makes the logistic function steeper or flatter.
package struct LogisticPlot: Directive {
  static let temperatures = Option<[Double]>.numbers(
    "temperatures", "One curve for each temperature, four at most.", in: 1e-6...1e6,
    default: [0.5, 1, 4])
  static let range = Option<Double>.number(
    "range", "The plot goes from -range to +range.", in: 1e-3...1e6, default: 8)

  package static let manual = Manual(
    "logistic-plot", "σ(ΔE/T), the probability that a unit is on, for several temperatures.",
    options: [temperatures, range],
    details: "$$\n\\sigma(\\Delta E / T) = \\frac{1}{1 + \\exp(-\\Delta E/T)}\n$$",
    example: """
      ```{logistic-plot}
      :temperatures: 0.5 1 4
      ```
      """)

  /// The most curves that can be told apart.
  private static let curveLimit = 4

  private let temperatures: [Double]
  private let range: Double

  package init(_ arguments: inout Arguments) {
    arguments.noArgument()
    arguments.noBody()
    let given = arguments.value(of: Self.temperatures)
    range = arguments.value(of: Self.range)
    temperatures = Array(given.prefix(Self.curveLimit))
    if given.count > Self.curveLimit {
      arguments.report(
        Diagnostic(
          "limit-exceeded", at: arguments.call.place,
          "\(given.count) curves cannot be told apart; the limit is \(Self.curveLimit)"))
    }
  }

  package func run(in context: Context) throws(Diagnostic) -> Outcome {
    let gaps = (0...128).map { range * Double($0 - 64) / 64 }
    let format = NumberFormat.significant(4)
    let marks = temperatures.map { temperature in
      Mark.line(
        Series(
          "T = \(format.string(temperature))", x: gaps, y: gaps.map { logistic($0 / temperature) }))
    }
    let plot = Plot(
      title: "Probability that a unit is on",
      x: Axis("dE = E(off) - E(on), energy units", domain: -range...range),
      y: Axis("p(on) = 1 / (1 + exp(-dE/T))", domain: 0...1), marks: marks)
    let columns = temperatures.map { temperature in
      Table.Column(
        "T\(format.string(temperature))",
        .numbers(gaps.map { logistic($0 / temperature) }, .fixed(4)))
    }
    let gap = Table.Column("dE", .numbers(gaps, .column(gaps, decimals: 4)), isKey: true)
    return Outcome([.plot(plot)], value: TableResult(Table([gap] + columns)))
  }
}
