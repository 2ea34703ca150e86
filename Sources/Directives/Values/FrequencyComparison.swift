internal import Boltzmann
internal import Notebooks
internal import Numerals
internal import Plots

/// Frequencies of a sampling run beside the exact probabilities, where enumeration reaches.
struct FrequencyComparison {
  let table: Table
  let plot: Plot
  let figures: [(name: String, value: Double)]
  /// How far frequencies and probabilities are apart; nil without exact ones.
  let sentence: String?

  init(
    _ tabulation: Tabulation, _ frequencies: Frequencies, lastStates: [BitVector],
    exact: ExactDistribution?
  ) {
    let cells = tabulation.values.map { frequencies[$0] }
    let means = cells.map(\.frequency.mean)
    let errors = cells.map(\.frequency.standardError)
    let exactP = exact.map(tabulation.probabilities)
    table = Self.table(tabulation, cells, exactP)
    var bars = [
      Bars.Series(
        "sampled", values: means, errors: errors.contains(nil) ? nil : errors.map { $0 ?? 0 })
    ]
    if let exactP { bars.append(Bars.Series("exact", values: exactP)) }
    plot = Plot(
      x: Axis(tabulation.title), y: Axis("probability"),
      marks: [.bars(Bars(categories: tabulation.labels, series: bars))])
    guard let exactP else {
      (figures, sentence) = ([], nil)
      return
    }
    let distance = totalVariationDistance(means, exactP)
    let last = Frequencies(tabulation.statistic, ofIndependent: lastStates)
    let test = CountTest(
      counts: last.counts(of: tabulation.values), probabilities: exactP)
    let floor = expectedTotalVariation(of: exactP, draws: frequencies.sampleCount)
    let format = NumberFormat.fixed(4)
    sentence =
      "Total variation from the exact distribution: \(format.string(distance)) "
      + "(exact independent draws: about \(format.string(floor)))."
      + (test.map { Self.sentence($0, chains: lastStates.count) } ?? "")
    figures =
      [("tv", distance), ("floor", floor)]
      + (test.map { [("chi2", $0.statistic), ("pvalue", $0.pValue)] } ?? [])
  }

  /// What the test says, with a blank before it; nothing where there is but one state, or so few
  /// chains that hardly anything could be found.
  private static func sentence(_ test: CountTest, chains: Int) -> String {
    guard let freedom = test.degreesOfFreedom, freedom > 0 || test.pValue < 1 else { return "" }
    let pooled = test.pooledCells > 0 ? ", \(test.pooledCells) rare rows as one" : ""
    return " $\\chi^2$ = \(NumberFormat.fixed(2).string(test.statistic)) with \(freedom) "
      + "\(freedom == 1 ? "degree" : "degrees") of freedom on the "
      + "\(chains == 1 ? "last state" : "\(chains) last states")\(pooled), p \(equation(test.pValue))."
  }

  /// `= 0.240` or `< 0.001`.
  private static func equation(_ pValue: Double) -> String {
    let text = NumberFormat.pValue.string(pValue)
    return text.hasPrefix("<") ? text : "= \(text)"
  }

  private static func table(
    _ tabulation: Tabulation, _ cells: [Frequencies.Cell], _ exact: [Double]?
  ) -> Table {
    var columns = tabulation.keyColumns
    columns.append(
      Table.Column("count", .numbers(cells.map { Double($0.count) }, .fixed(0))))
    columns.append(
      Table.Column("frequency", .numbers(cells.map(\.frequency.mean), .fixed(4))))
    columns.append(
      Table.Column(
        "error", heading: "± error", .numbers(cells.map(\.frequency.standardError), .fixed(4))))
    if let exact {
      columns.append(
        Table.Column(
          "p", heading: "exact p", .numbers(exact, .column(exact, decimals: 4))))
    }
    return Table(columns, shownRows: 64)
  }
}
