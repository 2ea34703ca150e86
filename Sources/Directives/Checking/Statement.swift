internal import Notebooks

/// One line of a check.
///
///     statement  := formula relation formula
///                 | subject "~" reference ":" measure relation formula
///     subject    := NAME | NAME "." COLUMN or FIGURE
///     reference  := "exact" | NAME | NAME "." COLUMN | formula, for a figure
///     relation   := "<" | "<=" | ">" | ">="
struct Statement: Sendable {
  enum Measure: String, CaseIterable, Sendable {
    /// The total-variation distance.
    case tv
    /// KL(subject ‖ reference).
    case kl
    /// The difference in standard errors; of a table, the largest.
    case z
  }

  enum Left: Sendable {
    case formula(Expression)
    case distance(Measure, of: ComparedName, from: Text)
  }

  /// The line as typed.
  let text: Text
  let left: Left
  let relation: Relation
  let right: Expression

  init(_ line: Text) throws(Diagnostic) {
    text = line.trimmed
    let (head, relation, tail) = try Self.cut(text)
    self.relation = relation
    right = try Expression(tail)
    guard let (subject, rest) = head.cut(at: "~") else {
      if head.string.contains(":") {
        throw Diagnostic(
          "bad-statement", at: head.place, "a measure after `:` needs two sides: `a ~ b : tv`")
      }
      left = .formula(try Expression(head))
      return
    }
    guard let (reference, measure) = rest.cut(at: ":") else {
      throw Diagnostic(
        "bad-statement", at: rest.place, "what is measured is missing after `~`",
        hint: "write `\(subject.string) ~ \(rest.string) : tv \(relation.rawValue) …`")
    }
    for (part, what) in [(subject, "before"), (reference, "after")] where part.isEmpty {
      throw Diagnostic("bad-statement", at: part.place, "a name is missing \(what) `~`")
    }
    left = .distance(
      try measure.choice(of: Measure.self, for: "a statement"), of: ComparedName(subject),
      from: reference)
  }

  /// The names of cells that the statement reads.
  var reads: [Text] {
    switch left {
    case .formula(let formula): return formula.reads + right.reads
    case .distance(_, let subject, let reference):
      let names = [subject.name] + right.reads
      if reference.string == RowDistribution.exactWord { return names }
      // A reference that is no formula is reported when it is looked up.
      return names + ((try? Expression(reference))?.reads ?? [])
    }
  }

  /// Splits at the one relation of the line.
  private static func cut(
    _ text: Text
  ) throws(Diagnostic) -> (head: Text, Relation, tail: Text) {
    let string = text.string
    guard let start = string.firstIndex(where: { $0 == "<" || $0 == ">" }) else {
      throw Diagnostic(
        "bad-statement", at: text.place, "a statement needs one of `<`, `<=`, `>`, `>=`",
        hint: string.contains("=")
          ? "two computed numbers are hardly ever equal: bound their difference, or use `{claim}`"
          : "such as `samples ~ exact : tv < 0.02` or `Z(machine) > 3`")
    }
    var end = string.index(after: start)
    if end < string.endIndex, string[end] == "=" { end = string.index(after: end) }
    let typed = text.slice(start..<end)
    guard let relation = Relation(rawValue: typed.string) else {
      throw Diagnostic(
        "bad-statement", at: typed.place, "\(typed.string.quoted) is not a relation")
    }
    let (head, tail) = (
      text.slice(string.startIndex..<start).trimmed, text.slice(end..<string.endIndex).trimmed
    )
    for (part, place) in [(head, text.place), (tail, typed.place)] where part.isEmpty {
      throw Diagnostic(
        "bad-statement", at: place, "a side of \(typed.string.quoted) is missing")
    }
    if let second = tail.string.firstIndex(where: { $0 == "<" || $0 == ">" }) {
      throw Diagnostic(
        "bad-statement", at: tail.slice(second..<tail.string.endIndex).place,
        "a statement has one relation", hint: "write two lines")
    }
    return (head, relation, tail)
  }
}
