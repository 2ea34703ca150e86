internal import Numerals

/// A cell that has been read and can be run.
enum Step: Sendable {
  case directive(any Directive, DirectiveStep)
  case role(RoleStep)

  /// The names of the cells that it reads.
  var reads: [Text] {
    switch self {
    case .directive(_, let step): step.reads
    case .role(let step): step.expression.reads
    }
  }
}

/// What the run needs to know of a directive besides the directive itself.
struct DirectiveStep: Sendable {
  var call: Call
  /// The name that the result gets, if any.
  var definition: Text?
  /// Unique in the notebook; random numbers derive from it.
  var identity: String
  var reads: [Text]
  var showsSource: Bool
  /// Where the result is saved, if anywhere.
  var save: Text?
}

/// An inline formula: printed, or compared with what the author typed.
struct RoleStep: Sendable {
  enum Purpose: Sendable {
    case print(NumberFormat)
    case compare(Numeral, typed: Text)
  }
  var purpose: Purpose
  var expression: Expression
}

extension RoleStep {
  init(_ role: RoleCall) throws(Diagnostic) {
    switch role.name {
    case .eval:
      let (formula, format) = try Self.format(of: role.content)
      expression = try Expression(formula)
      purpose = .print(format)
    case .claim:
      guard let (typed, formula) = role.content.cut(at: "=") else {
        throw Diagnostic(
          "bad-expression", at: role.content.place, "a claim is `NUMBER = FORMULA`",
          hint: "the digits typed are the precision: `0.466 = p(m, v1=1)`")
      }
      guard !typed.isEmpty else {
        throw Diagnostic(
          "missing-value", at: typed.place, "the number before `=` is missing",
          hint: "a claim is `NUMBER = FORMULA`")
      }
      guard let numeral = Numeral(parsing: typed.string) else {
        throw Diagnostic(
          "not-a-number", at: typed.place, "\(typed.string.quoted) is not a number",
          hint: "a claim is `NUMBER = FORMULA`")
      }
      expression = try Expression(formula)
      purpose = .compare(numeral, typed: typed)
    }
  }

  /// Splits `formula:.3f` or `formula:.2e` into the formula and how its value is written.
  private static func format(of text: Text) throws(Diagnostic) -> (Text, NumberFormat) {
    let string = text.string
    guard let colon = string.lastIndex(of: ":") else { return (text, .significant(4)) }
    let typed = text.slice(string.index(after: colon)..<string.endIndex).trimmed
    let formula = text.slice(string.startIndex..<colon)
    if typed.string.first == ".", let kind = typed.string.last,
      let digits = Int(typed.string.dropFirst().dropLast()), (0...15).contains(digits)
    {
      if kind == "f" { return (formula, .fixed(digits)) }
      if kind == "e" { return (formula, .scientific(digits)) }
    }
    throw Diagnostic(
      "bad-format", at: typed.place, "\(typed.string.quoted) is not a number format",
      hint: "`.3f` for three decimals, `.2e` for powers of ten")
  }
}
