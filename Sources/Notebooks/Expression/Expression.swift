/// A formula of the notebook's expression language: total, typed, without loops.
///
///     expression := both { "or" both }
///     both       := denial { "and" denial }
///     denial     := "not" denial | comparison
///     comparison := sum [ ("<" | "<=" | ">" | ">=" | "=" | "!=") sum ]
///     sum        := product { ("+" | "-") product }
///     product    := factor { ("*" | "/") factor }
///     factor     := ("-" | "+") factor | entry [ "^" factor ]
///     entry      := atom { "[" index "]" }
///     index      := "last" | "all" | expression, counted from 1
///     atom       := number | text | "true" | "false" | "(" expression ")"
///                 | "[" expression { "," expression } "]" | call | name [ "." name ]
///     call       := name "(" [ argument {"," argument} ] [ "|" argument {"," argument} ] ")"
///     argument   := name "=" sum | expression
package indirect enum Expression: Sendable {
  case number(Double, at: Place)
  case text(String, at: Place)
  case truth(Bool, at: Place)
  case vector([Expression], at: Place)
  case name(Text)
  case member(of: Text, Text)
  case entry(Expression, Index, at: Place)
  case call(Text, arguments: [Argument], given: [Argument])
  case negated(Expression, at: Place)
  case not(Expression, at: Place)
  /// Operators of one rank, from left to right.
  case chain(Expression, [Link])

  package enum Operator: String, Sendable {
    case plus = "+"
    case minus = "-"
    case times = "*"
    case divided = "/"
    case power = "^"
    case below = "<"
    case atMost = "<="
    case above = ">"
    case atLeast = ">="
    case equal = "="
    case unequal = "!="
    case and, or
  }

  /// An operator and what stands on its right.
  package struct Link: Sendable {
    package let operation: Operator
    package let operand: Expression
    package let place: Place
  }

  package enum Argument: Sendable {
    case assignment(Text, Expression)
    case value(Expression)
  }

  package enum Index: Sendable {
    case last
    case all
    case number(Expression)
  }

  /// How deep parentheses, signs and powers may nest.
  package static let depthLimit = 64

  /// The most functions that one formula may call, models included.
  package static let callLimit = 128

  /// Words that cannot be names in a formula.
  package static let words = ["and", "or", "not", "true", "false"]

  /// Reads a formula; throws with the place inside it where reading stopped.
  package init(_ text: Text) throws(Diagnostic) {
    var parser = ExpressionParser(try Token.tokens(of: text), end: text)
    self = try parser.expression(depth: 0)
    try parser.expectEnd()
  }

  /// Where it begins.
  package var place: Place {
    switch self {
    case .number(_, let place), .text(_, let place), .truth(_, let place), .vector(_, let place),
      .negated(_, let place), .not(_, let place):
      place
    case .name(let name), .member(let name, _), .call(let name, _, _): name.place
    case .entry(let whole, _, _): whole.place
    case .chain(let first, _): first.place
    }
  }

  /// The names of cells that the formula reads.
  package var reads: [Text] {
    var names: [Text] = []
    collectReads(into: &names)
    return names
  }

  private func collectReads(into names: inout [Text]) {
    switch self {
    case .number, .text, .truth: break
    case .name(let name), .member(let name, _): names.append(name)
    case .negated(let inner, _), .not(let inner, _): inner.collectReads(into: &names)
    case .vector(let entries, _): entries.forEach { $0.collectReads(into: &names) }
    case .entry(let whole, let index, _):
      whole.collectReads(into: &names)
      if case .number(let inner) = index { inner.collectReads(into: &names) }
    case .chain(let first, let links):
      first.collectReads(into: &names)
      links.forEach { $0.operand.collectReads(into: &names) }
    case .call(_, let arguments, let given):
      for argument in arguments + given {
        switch argument {
        case .assignment(_, let value), .value(let value): value.collectReads(into: &names)
        }
      }
    }
  }
}
