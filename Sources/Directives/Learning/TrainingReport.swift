internal import Boltzmann
internal import Notebooks
internal import Plots

/// The records of a study as a table and plots: of one seed as they are, of several as means with
/// standard deviations.
struct TrainingReport: Sendable {
  let table: Table
  private let task: TrainingTask

  /// Every trace has the same updates.
  init(_ traces: [TrainingTrace], of task: TrainingTask) {
    self.task = task
    let updates = traces[0].updates
    var result = [
      Table.Column("updates", .numbers(updates.map(Double.init), .fixed(0)), isKey: true)
    ]
    let parts = task.columns.flatMap { column in column.parts.map { ($0, column.format) } }
    for (index, (part, format)) in parts.enumerated() {
      let moments = updates.indices.map { row in
        var moments = Moments()
        for trace in traces { if let value = trace.rows[row][index] { moments.add(value) } }
        return moments
      }
      let means = moments.map { $0.count == 0 ? nil : $0.mean }
      result.append(
        Table.Column(part.key, heading: part.heading, .numbers(means, format)))
      if traces.count > 1 {
        let deviations = moments.map { $0.variance?.squareRoot() }
        result.append(
          Table.Column(
            "\(part.key)-sd", heading: "± sd", .numbers(deviations, format)))
      }
    }
    table = Table(result, shownRows: task.rows)
  }

  /// The table, unless none of its rows is to be shown, and the plots.
  var outputs: [Output] {
    (task.rows == 0 ? [] : [.table(table)]) + task.plotted.map { .plot(plot(of: $0)) }
  }

  /// The last value of each column, and the highest likelihood with its updates.
  var figures: [(name: String, value: Double)] {
    let last = table.numberKeys.compactMap { key -> (name: String, value: Double)? in
      values(key).last.flatMap(\.self).map { (key, $0) }
    }
    var peak: (updates: Double, value: Double)?
    for (update, value) in zip(values("updates"), values(TrainingColumn.likelihood.rawValue)) {
      guard let update, let value, value > peak?.value ?? -.infinity else { continue }
      peak = (update, value)
    }
    return last + (peak.map { [("peak", $0.value), ("peak-at", $0.updates)] } ?? [])
  }

  private func values(_ key: String) -> [Double?] {
    if case .numbers(let values, _)? = table[key]?.cells { values } else { [] }
  }

  /// A column over the updates.
  private func plot(of column: TrainingColumn) -> Plot {
    var (x, y): ([Double], [Double]) = ([], [])
    for (update, value) in zip(values("updates"), values(column.rawValue)) {
      guard let update, let value else { continue }
      x.append(update)
      y.append(value)
    }
    return Plot(
      x: Axis("updates"), y: Axis(column.axis, scale: column.isLogarithmic ? .log : .linear),
      marks: [.line(Series(task.seeds > 1 ? "mean over the seeds" : "", x: x, y: y))])
  }
}
