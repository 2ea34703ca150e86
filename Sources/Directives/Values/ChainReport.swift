internal import Boltzmann
internal import Notebooks
internal import Numerals
internal import Plots

/// How the chains of a run moved: the energy, and how many units are on.
struct ChainReport {
  /// What is followed besides the energy: a number of units that are on, or a sum of spins.
  struct Followed {
    let title: String
    let statistic: Statistic
    /// From the number of units on to what is printed.
    let scale: (Double) -> Double

    /// The sum that the run tabulates, or that of all free units.
    init(_ tabulation: Tabulation, of machine: MachineValue, _ clamp: Clamp) {
      let units = tabulation.summedUnits ?? clamp.freeUnits(of: machine.machine.unitCount)
      statistic = .sum(of: units)
      let count = Double(units.count)
      let isBinary = machine.units == .binary
      scale = isBinary ? { $0 } : { 2 * $0 - count }
      title =
        tabulation.summedUnits != nil ? tabulation.title : isBinary ? "units on" : "sum of spins"
    }
  }

  let table: Table
  let tracePlot: (_ chains: Int) -> Plot
  let correlationPlot: Plot
  let figures: [(name: String, value: Double)]

  private struct Row {
    let key: String
    let title: String
    let found: ChainDiagnostics
    let exact: Double?
  }

  /// `traces` are those of the energy and of what is followed, the first after `warmUp` sweeps.
  init(
    _ traces: [Trace], _ followed: Followed, constant: Double, exact: ExactDistribution?,
    warmUp: Int
  ) {
    func moved(_ trace: Trace, _ change: (Double) -> Double) -> Trace {
      Trace(chains: trace.chains.map { $0.map(change) }, interval: trace.interval)
    }
    let energy = moved(traces[0]) { $0 + constant }
    let sum = moved(traces[1], followed.scale)
    let rows = [
      Row(
        key: "energy", title: "energy", found: ChainDiagnostics(energy),
        exact: exact.map { $0.meanEnergy + constant }),
      Row(
        key: "sum", title: followed.title, found: ChainDiagnostics(sum),
        exact: exact.map { exact in
          followed.scale(exact.expectation { Double(followed.statistic($0)) })
        }),
    ]
    table = Self.table(rows)
    figures = rows.flatMap(Self.figures)
    correlationPlot = Self.correlationPlot(rows, interval: sum.interval)
    tracePlot = { Self.tracePlot(sum, followed.title, $0, rows[1].exact, warmUp: warmUp) }
  }

  private static func table(_ rows: [Row]) -> Table {
    let found = rows.map(\.found)
    var columns = [
      Table.Column("observable", heading: "", .text(rows.map(\.title)), isKey: true),
      Table.Column("mean", .numbers(found.map(\.mean.mean), .fixed(4))),
      Table.Column(
        "error", heading: "± error", .numbers(found.map(\.mean.standardError), .fixed(4))),
    ]
    if rows.contains(where: { $0.exact != nil }) {
      columns.append(Table.Column("exact", .numbers(rows.map(\.exact), .fixed(4))))
    }
    columns += [
      Table.Column(
        "tau", heading: "$\\tau$ (sweeps)", .numbers(found.map(\.autocorrelationTime), .fixed(2))),
      Table.Column(
        "ess", heading: "effective samples",
        .numbers(found.map(\.effectiveSampleSize), .fixed(0))),
      Table.Column("rhat", heading: "$\\hat R$", .numbers(found.map(\.rHat), .fixed(3))),
    ]
    return Table(columns)
  }

  private static func figures(_ row: Row) -> [(name: String, value: Double)] {
    let found = row.found
    let values: [(String, Double?)] = [
      ("", found.mean.mean), ("error", found.mean.standardError), ("exact", row.exact),
      ("tau", found.autocorrelationTime), ("tauerror", found.autocorrelationTimeError),
      ("ess", found.effectiveSampleSize),
      ("rhat", found.rHat),
    ]
    return values.compactMap { name, value in value.map { (row.key + name, $0) } }
  }

  private static func tracePlot(
    _ trace: Trace, _ title: String, _ chains: Int, _ exact: Double?, warmUp: Int
  ) -> Plot {
    var marks: [Mark] = exact.map { [.rule(Rule(.horizontal, at: $0, label: "exact mean"))] } ?? []
    for (number, chain) in trace.chains.prefix(chains).enumerated() {
      let x = chain.indices.map { Double(warmUp + ($0 + 1) * trace.interval) }
      marks.append(.line(Series("chain \(number + 1)", x: x, y: chain)))
    }
    return Plot(title: "Trace", x: Axis("sweep"), y: Axis(title), marks: marks)
  }

  private static func correlationPlot(_ rows: [Row], interval: Int) -> Plot {
    let marks = rows.compactMap { row -> Mark? in
      guard let coefficients = row.found.autocorrelation?.coefficients else { return nil }
      let x = coefficients.indices.map { Double($0 * interval) }
      return .points(Series(row.title, x: x, y: coefficients))
    }
    return Plot(
      title: "Autocorrelation", x: Axis("sweeps apart"), y: Axis("correlation"), marks: marks)
  }
}
