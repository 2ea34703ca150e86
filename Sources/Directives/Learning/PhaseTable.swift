internal import Boltzmann
internal import Notebooks
internal import Numerals

/// The means of both phases, a row for each connection and then one for each unit.
struct PhaseTable {
  let table: Table
  let figures: [(name: String, value: Double)]

  /// Exact means.
  init(_ value: MachineValue, _ statistics: PhaseStatistics) {
    let columns = [
      ("clamped", statistics.clamped), ("free", statistics.free),
      ("difference", statistics.differences),
    ]
    table = Table(
      Self.keys(value)
        + columns.map { Table.Column($0.0, .numbers($0.1, .fixed(4))) })
    figures = [("largest", statistics.differences.map { abs($0) }.max() ?? 0)]
  }

  /// Estimates of the same, at least two, beside the exact differences where there are any.
  init(_ value: MachineValue, _ estimates: [PhaseStatistics], _ exact: PhaseStatistics?) {
    let differences = Self.moments(estimates.map(\.differences))
    let deviations = differences.map { ($0.variance ?? 0).squareRoot() }
    var columns = [
      ("clamped", Self.moments(estimates.map(\.clamped)).map(\.mean)),
      ("free", Self.moments(estimates.map(\.free)).map(\.mean)),
      ("difference", differences.map(\.mean)), ("sd", deviations),
    ]
    var figures = [("largest", differences.map { abs($0.mean) }.max() ?? 0)]
    if let exact {
      columns.append(("exact", exact.differences))
      let scores = zip(differences, exact.differences).map { estimate, exact in
        let error = ((estimate.variance ?? 0) / Double(estimate.count)).squareRoot()
        return error > 0 ? abs(estimate.mean - exact) / error : 0
      }
      figures.append(("worst", scores.max() ?? 0))
    }
    table = Table(
      Self.keys(value) + columns.map { Table.Column($0.0, .numbers($0.1, .fixed(4))) })
    self.figures = figures.map { (name: $0.0, value: $0.1) }
  }

  private static func moments(_ series: [[Double]]) -> [Moments] {
    series[0].indices.map { index in
      var moments = Moments()
      for values in series { moments.add(values[index]) }
      return moments
    }
  }

  private static func keys(_ value: MachineValue) -> [Table.Column] {
    let edges = value.machine.edges
    let units = edges.map { value.unitNames[$0.first] } + value.unitNames
    let others = edges.map { value.unitNames[$0.second] } + value.unitNames.map { _ in "" }
    let parameters = edges.map(\.weight) + value.machine.biases
    return [
      Table.Column("unit", .text(units), isKey: true),
      Table.Column("other", heading: "and unit", .text(others), isKey: true),
      Table.Column(
        "weight", heading: "weight or bias",
        .numbers(parameters, .column(parameters, decimals: 3))),
    ]
  }
}

extension PhaseStatistics {
  fileprivate var clamped: [Double] { positive.pairs + positive.units }
  fileprivate var free: [Double] { negative.pairs + negative.units }
  fileprivate var differences: [Double] { pairDifferences + unitDifferences }
}
