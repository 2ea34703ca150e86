internal import Notebooks

/// A statement about a column at which learning may end: `kl < 0.01`.
struct UntilCondition: Sendable {
  let column: TrainingColumn
  let relation: Relation
  let bound: Double
  /// As it was written: `kl < 0.01`.
  let described: String

  static let option = Option<[UntilCondition]>(
    "until", "COLUMN < NUMBER",
    "Ends learning at the first record where this holds; given several times, each condition is "
      + "looked at where those before it hold.", default: [], repeatable: true
  ) { (lines) throws(Diagnostic) in
    var conditions: [UntilCondition] = []
    for line in lines { conditions.append(try UntilCondition(line)) }
    return conditions
  }

  private init(_ line: Text) throws(Diagnostic) {
    let words = line.words
    guard words.count == 3 else {
      throw Diagnostic(
        "bad-condition", at: line.place, "\(line.string.quoted) is not `column < number`",
        hint: "a column, one of <, <=, =, >=, >, and a number, with blanks between them")
    }
    column = try words[0].choice(of: TrainingColumn.self, for: "a condition")
    relation = try words[1].choice(of: Relation.self, for: "a condition")
    bound = try words[2].number(for: "a condition")
    described = words.map(\.string).joined(separator: " ")
  }

  /// Whether a value is as the condition says; no value is not.
  func holds(_ value: Double?) -> Bool { value.map { relation.holds($0, bound) } ?? false }
}
