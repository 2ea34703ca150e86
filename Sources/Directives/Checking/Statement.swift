internal import Notebooks

/// One line of a check.
///
///     statement := formula that is a truth value
///                | subject "~" reference ":" measure relation formula
///     subject   := NAME | NAME "." COLUMN or FIGURE
///     reference := "exact" | NAME | NAME "." COLUMN | formula, for a figure
///     relation  := "<" | "<=" | ">" | ">="
struct Statement: Sendable {
  enum Measure: String, CaseIterable, Sendable {
    /// The total-variation distance.
    case tv
    /// KL(subject ‖ reference).
    case kl
    /// The difference in standard errors; of a table, the largest.
    case z
  }

  enum Content: Sendable {
    case formula(Expression)
    case distance(Measure, of: ComparedName, from: Text, Relation, Expression)
  }

  /// The line as typed.
  let text: Text
  let content: Content

  init(_ line: Text) throws(Diagnostic) {
    text = line.trimmed
    if let (subject, rest) = text.cut(at: "~") {
      content = try Self.distance(subject, rest)
      return
    }
    let formula = try Expression(text)
    guard formula.isCondition else {
      throw Diagnostic(
        "bad-statement", at: text.place, "this is a value, and no statement that holds or does not",
        hint: "compare it, as in `Z(machine) > 3` or `samples ~ exact : tv < 0.02`")
    }
    content = .formula(formula)
  }

  /// The names of cells that the statement reads.
  var reads: [Text] {
    switch content {
    case .formula(let formula): return formula.reads
    case .distance(_, let subject, let reference, _, let bound):
      let names = [subject.name] + bound.reads
      if reference.string == RowDistribution.exactWord { return names }
      // A reference that is no formula is reported when it is looked up.
      return names + ((try? Expression(reference))?.reads ?? [])
    }
  }

  private static func distance(_ subject: Text, _ rest: Text) throws(Diagnostic) -> Content {
    guard let (reference, claim) = rest.cut(at: ":") else {
      let (shown, relation, _) = try cut(rest)
      throw Diagnostic(
        "bad-statement", at: rest.place, "what is measured is missing after `~`",
        hint: "write `\(subject.string) ~ \(shown.string) : tv \(relation.rawValue) …`")
    }
    let (measure, relation, bound) = try cut(claim)
    for (part, what) in [(subject, "before"), (reference, "after")] where part.isEmpty {
      throw Diagnostic("bad-statement", at: part.place, "a name is missing \(what) `~`")
    }
    return .distance(
      try measure.choice(of: Measure.self, for: "a statement"), of: ComparedName(subject),
      from: reference, relation, try Expression(bound))
  }

  /// Splits at the one relation.
  private static func cut(
    _ text: Text
  ) throws(Diagnostic) -> (head: Text, Relation, tail: Text) {
    let string = text.string
    guard let start = string.firstIndex(where: { "<>=".contains($0) }) else {
      throw Diagnostic(
        "bad-statement", at: text.place, "a statement needs one of `<`, `<=`, `>`, `>=`",
        hint: "such as `samples ~ exact : tv < 0.02`")
    }
    var end = string.index(after: start)
    if end < string.endIndex, string[end] == "=" { end = string.index(after: end) }
    let typed = text.slice(start..<end)
    guard let relation = Relation(rawValue: typed.string) else {
      throw Diagnostic(
        "bad-statement", at: typed.place, "\(typed.string.quoted) is not a relation")
    }
    let tail = text.slice(end..<string.endIndex).trimmed
    guard !tail.isEmpty else {
      throw Diagnostic(
        "bad-statement", at: typed.place, "a side of \(typed.string.quoted) is missing")
    }
    return (text.slice(string.startIndex..<start).trimmed, relation, tail)
  }
}

extension Expression {
  /// Whether the formula can be a truth value, as far as its form tells.
  fileprivate var isCondition: Bool {
    switch self {
    case .truth, .not, .name, .entry: true
    case .call(let function, _, _): ["all", "any"].contains(function.string)
    case .chain(_, let links): links.last?.operation.isOfTruth ?? false
    default: false
    }
  }

  /// What stands on the left of the comparisons that the formula consists of.
  var comparedSides: [Expression] {
    guard case .chain(let first, let links) = self, let last = links.last else {
      if case .not(let inner, _) = self { return inner.comparedSides }
      return []
    }
    switch last.operation {
    case .and, .or: return ([first] + links.map(\.operand)).flatMap(\.comparedSides)
    case .below, .atMost, .above, .atLeast, .equal, .unequal: return [first]
    default: return []
    }
  }

  /// Whether the formula is one comparison by `=`.
  var isEquation: Bool {
    if case .chain(_, let links) = self { links.last?.operation == .equal } else { false }
  }
}

extension Expression.Operator {
  fileprivate var isOfTruth: Bool {
    switch self {
    case .below, .atMost, .above, .atLeast, .equal, .unequal, .and, .or: true
    case .plus, .minus, .times, .divided, .power: false
    }
  }
}
