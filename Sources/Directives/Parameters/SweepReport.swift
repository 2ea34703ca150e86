internal import Boltzmann
internal import Notebooks
internal import Numerals
internal import Plots

/// The table and the plot of a sweep.
struct SweepReport {
  let parameters: [String]
  let results: [Sweep.NamedResult]
  let runs: Int
  let isLogarithmic: Bool
  private var points: [[Quantity]] = []
  /// [point][result].
  private var means: [[Double]] = []
  private var errors: [[Double]] = []

  init(
    parameters: [String], results: [Sweep.NamedResult], runs: Int, isLogarithmic: Bool
  ) {
    (self.parameters, self.results) = (parameters, results)
    (self.runs, self.isLogarithmic) = (runs, isLogarithmic)
  }

  /// Takes up a point with the results of its runs, [run][result].
  mutating func add(_ point: [Quantity], _ values: [[Double]]) {
    points.append(point)
    let moments = results.indices.map { result in Self.moments(values.map { $0[result] }) }
    means.append(moments.map(\.mean))
    errors.append(moments.map(\.error))
  }

  /// The mean, and the standard error of it: √(Σ (x − mean)² / (n (n − 1))).
  private static func moments(_ values: [Double]) -> (mean: Double, error: Double) {
    guard values.count > 1 else { return (values[0], 0) }
    var sum = CompensatedSum()
    for value in values { sum.add(value) }
    let count = Double(values.count)
    let mean = sum.value / count
    var squares = CompensatedSum()
    for value in values { squares.add((value - mean) * (value - mean)) }
    return (mean, (squares.value / (count * (count - 1))).squareRoot())
  }

  func outcome(isPlotted: Bool) -> Outcome {
    let table = Table(keyColumns + results.indices.flatMap(columns))
    var outputs: [Output] = [.table(table)]
    if isPlotted, let plot { outputs.append(.plot(plot)) }
    return Outcome(outputs, value: TableResult(table))
  }

  private var keyColumns: [Table.Column] {
    parameters.enumerated().map { index, name in
      let values = points.map { $0[index] }
      let numbers = values.compactMap { if case .number(let value) = $0 { value } else { nil } }
      guard numbers.count == values.count else {
        return Table.Column(name, .text(values.map(\.literal)), isKey: true)
      }
      return Table.Column(name, .numbers(numbers, .column(numbers, decimals: 6)), isKey: true)
    }
  }

  private func columns(_ result: Int) -> [Table.Column] {
    let (name, format) = (results[result].name, results[result].formula.format)
    let values = means.map { $0[result] }
    // A formula that is its own name is no plain word.
    let key = name.isName ? name : "value\(result + 1)"
    let heading = name.isName ? name : name.quoted
    let column = Table.Column(
      key, heading: heading, .numbers(values, format ?? .column(values, decimals: 4)))
    guard runs > 1 else { return [column] }
    return [
      column,
      Table.Column(
        "\(key)-error", heading: "±", .numbers(errors.map { $0[result] }, .significant(2))),
    ]
  }

  /// The first result against the first parameter, a line for each combination of the others; nil
  /// where the first parameter is no number.
  private var plot: Plot? {
    var lines: [(label: String, x: [Double], y: [Double])] = []
    for (point, mean) in zip(points, means) {
      guard case .number(let x) = point[0] else { return nil }
      let label = zip(parameters, point).dropFirst()
        .map { "\($0) = \($1.literal)" }.joined(separator: ", ")
      for (result, y) in zip(results, mean) {
        let name = [results.count > 1 ? result.name : "", label].filter { !$0.isEmpty }
          .joined(separator: ", ")
        if let index = lines.firstIndex(where: { $0.label == name }) {
          lines[index].x.append(x)
          lines[index].y.append(y)
        } else {
          lines.append((name, [x], [y]))
        }
      }
    }
    guard lines.count <= 8 else { return nil }
    return Plot(
      x: Axis(parameters[0], scale: isLogarithmic ? .log : .linear),
      y: Axis(results.count == 1 ? results[0].name : ""),
      marks: lines.map { .line(Series($0.label, x: $0.x, y: $0.y)) })
  }
}
