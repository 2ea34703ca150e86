internal import Notebooks

/// A formula over columns at which learning may end: `kl < 0.01 and codes = 4`.
struct UntilCondition: Sendable {
  /// What the formula reads.
  let columns: [TrainingColumn]
  private let formula: Expression
  /// As it was written: `kl < 0.01`.
  let described: String

  static let option = Option<[UntilCondition]>(
    "until", "a formula over columns, such as `kl < 0.01`",
    "Ends learning at the first record where this formula holds; given several times, each "
      + "condition is looked at where those before it hold.", default: [], repeatable: true
  ) { (lines) throws(Diagnostic) in
    var conditions: [UntilCondition] = []
    for line in lines { conditions.append(try UntilCondition(line)) }
    return conditions
  }

  private init(_ line: Text) throws(Diagnostic) {
    formula = try Expression(line)
    var columns: [TrainingColumn] = []
    for name in formula.reads {
      let column = try name.choice(of: TrainingColumn.self, for: "a condition")
      if !columns.contains(column) { columns.append(column) }
    }
    guard !columns.isEmpty else {
      throw Diagnostic(
        "bad-condition", at: line.place, "\(line.string.quoted) names no column",
        hint: "for example `kl < 0.01`")
    }
    self.columns = columns
    described = line.words.map(\.string).joined(separator: " ")
    // Whatever the columns are, they are numbers: a formula of another type never holds.
    let numbers = columns.map { ($0.rawValue, Quantity.number(0.5)) }
    _ = try formula.holds(
      where: Dictionary(uniqueKeysWithValues: numbers), calling: .harmonium)
  }

  /// Whether it holds for the values of `columns`; without one of them, or where the formula has no
  /// value, it does not.
  func holds(_ values: [Double?]) -> Bool {
    var known: [String: Quantity] = [:]
    for (column, value) in zip(columns, values) {
      guard let value else { return false }
      known[column.rawValue] = .number(value)
    }
    return (try? formula.holds(where: known, calling: .harmonium)) ?? false
  }
}
