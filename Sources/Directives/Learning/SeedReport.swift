internal import Boltzmann
internal import Notebooks
internal import Numerals

/// A study of many seeds with an aim: a row for each seed, with the updates that it took.
struct SeedReport {
  let table: Table
  let figures: [(name: String, value: Double)]
  let sentence: String

  init(_ runs: [TrainingTrace], columns: [TrainingColumn], until: [UntilCondition]) {
    let reached = runs.map { $0.reached.last ?? nil }
    var result = [
      Table.Column("seed", .numbers(runs.indices.map { Double($0 + 1) }, .fixed(0)), isKey: true),
      Table.Column("updates", .numbers(reached.map { $0.map(Double.init) }, .fixed(0))),
    ]
    var figures = Self.figures("", reached)
    for (number, condition) in until.enumerated().dropLast() {
      let reached = runs.map { $0.reached[number] }
      // Further conditions on the same columns are counted.
      let before = until[..<number].count { $0.columns == condition.columns }
      let columns =
        condition.columns.map(\.rawValue).joined(separator: "-")
        + (before > 0 ? "-\(before + 1)" : "")
      result.append(
        Table.Column(
          "\(columns)-first", heading: "`\(condition.described)`",
          .numbers(reached.map { $0.map(Double.init) }, .fixed(0))))
      figures += Self.figures("-\(columns)", reached)
    }
    for (number, column) in columns.enumerated() {
      result.append(
        Table.Column(
          column.rawValue, heading: column.heading,
          .numbers(runs.map { $0.rows.last?[number] ?? nil }, column.format)))
    }
    table = Table(result, shownRows: 10)
    self.figures = figures
    let count = reached.compactMap(\.self).count
    let aim = until.map { "`\($0.described)`" }.joined(separator: " and ")
    let median = figures.first { $0.name == "median" }.map {
      "; half of them after \(NumberFormat.significant(4).string($0.value)) updates"
    }
    sentence = "\(count) of \(runs.count) reach \(aim)\(median ?? "")."
  }

  /// How many reached it, and after how many updates.
  private static func figures(
    _ suffix: String, _ reached: [Int?]
  ) -> [(name: String, value: Double)] {
    let updates = reached.compactMap(\.self).sorted()
    var figures = [("solved\(suffix)", Double(updates.count))]
    if let shortest = updates.first, let longest = updates.last {
      let (low, high) = ((updates.count - 1) / 2, updates.count / 2)
      figures += [
        ("median\(suffix)", Double(updates[low] + updates[high]) / 2),
        ("shortest\(suffix)", Double(shortest)), ("longest\(suffix)", Double(longest)),
      ]
    }
    return figures.map { (name: $0.0, value: $0.1) }
  }
}
