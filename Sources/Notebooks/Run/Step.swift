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
  /// As typed: with `{{ formulas }}` of parameters instead of their values.
  var call: Call
  /// The names that the results get.
  var definitions: [Text]
  /// Unique in the notebook; random numbers derive from it.
  var identity: String
  var reads: [Text]
  /// Those, and names that would be read if a cell above defined them.
  var mentioned: Set<String>
  /// The parameters that the call's text reads.
  var parameters: Set<String>
  /// The parameters of which more than the value matters.
  var declarations: Set<String>
  /// The notebooks that definitions are taken from.
  var libraryFiles: [FileState]
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
      let formula = try Formula(role.content)
      expression = formula.expression
      purpose = .print(formula.format ?? .significant(4))
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
}
