internal import Notebooks

/// Whether a statement holds, and what was measured.
struct Verdict {
  let holds: Bool
  /// The left sides of the comparisons, or the distance.
  let values: [Double]
  /// `values` as they are shown.
  let measured: String
  private let name: String

  init(_ statement: Statement, in context: Context, at place: Place) throws(Diagnostic) {
    let format = Check.format
    switch statement.content {
    case .formula(let formula):
      holds = try context.truth(of: formula)
      var values: [Double] = []
      for side in formula.comparedSides {
        if case .number(let value) = try context.quantity(of: side) { values.append(value) }
      }
      self.values = values
      measured = values.map(format.string).joined(separator: ", ")
      name = values.count == 1 ? "the left side is" : "the left sides are"
    case .distance(let measure, let subject, let reference, let relation, let bound):
      let found = try Measurement(measure, of: subject, from: reference, in: context, at: place)
      holds = relation.holds(found.value, try context.value(of: bound))
      values = [found.value]
      let shown = format.string(found.value)
      measured = found.remark.map { "\(shown) (\($0))" } ?? shown
      name = "\(found.name) is"
    }
  }

  /// What to report; nil if the statement holds.
  func failure(of statement: Statement) -> Diagnostic? {
    guard !holds else { return nil }
    let shown = values.map(Check.format.string).joined(separator: ", ")
    var hint: String?
    if case .formula(let formula) = statement.content, formula.isEquation {
      hint = "two computed numbers are hardly ever equal: bound their difference, or use `{claim}`"
    }
    return Diagnostic(
      "check-fails", at: statement.text.place,
      "\(statement.text.string.quoted) does not hold"
        + (shown.isEmpty ? "" : ": \(name) \(shown)"), hint: hint, kind: .failure)
  }
}
