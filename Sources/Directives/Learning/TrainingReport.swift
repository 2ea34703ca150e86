internal import Boltzmann
internal import Notebooks
internal import Plots

/// What one seed of a study gave: a value for each record and column.
struct TrainingTrace: Sendable {
  var updates: [Int] = []
  var rows: [[Double?]] = []
}

/// The records of a study as a table and plots: of one seed as they are, of several as means with
/// standard deviations.
struct TrainingReport: Sendable {
  let table: Table
  private let isStudy: Bool

  /// Every trace has the same updates.
  init(_ traces: [TrainingTrace], columns: [TrainingColumn]) {
    isStudy = traces.count > 1
    let updates = traces[0].updates
    var result = [
      Table.Column("updates", .numbers(updates.map(Double.init), .fixed(0)), isKey: true)
    ]
    for (index, column) in columns.enumerated() {
      let moments = updates.indices.map { row in
        var moments = Moments()
        for trace in traces { if let value = trace.rows[row][index] { moments.add(value) } }
        return moments
      }
      let means = moments.map { $0.count == 0 ? nil : $0.mean }
      result.append(
        Table.Column(column.rawValue, heading: column.heading, .numbers(means, column.format)))
      if traces.count > 1 {
        let deviations = moments.map { $0.variance?.squareRoot() }
        result.append(
          Table.Column(
            "\(column.rawValue)-sd", heading: "± sd", .numbers(deviations, column.format)))
      }
    }
    table = Table(result, shownRows: 40)
  }

  /// The last value of each column.
  var figures: [(name: String, value: Double)] {
    table.numberKeys.compactMap { key in
      guard case .numbers(let values, _)? = table[key]?.cells else { return nil }
      return values.last.flatMap(\.self).map { (key, $0) }
    }
  }

  /// A column over the updates.
  func plot(of column: TrainingColumn) -> Plot {
    var (x, y): ([Double], [Double]) = ([], [])
    if case .numbers(let updates, _)? = table["updates"]?.cells,
      case .numbers(let values, _)? = table[column.rawValue]?.cells
    {
      for (update, value) in zip(updates, values) {
        guard let update, let value else { continue }
        x.append(update)
        y.append(value)
      }
    }
    return Plot(
      x: Axis("updates"), y: Axis(column.axis),
      marks: [.line(Series(isStudy ? "mean over the seeds" : "", x: x, y: y))])
  }
}
