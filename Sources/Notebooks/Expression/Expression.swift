/// A formula of the notebook's expression language: total, typed, without loops.
///
///     expression := term { ("+" | "-") term }
///     term       := factor { ("*" | "/") factor }
///     factor     := ["-" | "+"] factor | atom ["^" factor]
///     atom       := number | "(" expression ")" | call | name ["." name ["[" index "]"]]
///     call       := name "(" [argument {"," argument}] ["|" argument {"," argument}] ")"
///     argument   := name "=" expression | expression
///     index      := "last" | expression, counted from 1
package indirect enum Expression: Sendable {
  case number(Double)
  case name(Text)
  case negated(Expression)
  case binary(Operator, Expression, Expression, at: Place)
  case call(Text, arguments: [Argument], given: [Argument])
  case member(of: Text, Text, index: Index?)

  package enum Operator: Character, Sendable {
    case plus = "+"
    case minus = "-"
    case times = "*"
    case divided = "/"
    case power = "^"
  }

  package enum Argument: Sendable {
    case assignment(Text, Expression)
    case value(Expression)
  }

  package enum Index: Sendable {
    case last
    case number(Expression)
  }

  /// How deep parentheses, signs and powers may nest.
  package static let depthLimit = 64

  /// Reads a formula; throws with the place inside it where reading stopped.
  package init(_ text: Text) throws(Diagnostic) {
    var parser = ExpressionParser(try Token.tokens(of: text), end: text)
    self = try parser.expression(depth: 0)
    try parser.expectEnd()
  }

  /// The names of cells that the formula reads.
  package var reads: [Text] {
    switch self {
    case .number: []
    case .name(let name): [name]
    case .negated(let inner): inner.reads
    case .binary(_, let a, let b, _): a.reads + b.reads
    case .member(let name, _, let index):
      if case .number(let inner) = index { [name] + inner.reads } else { [name] }
    case .call(_, let arguments, let given): (arguments + given).flatMap(\.reads)
    }
  }
}

extension Expression.Argument {
  var reads: [Text] {
    switch self {
    case .assignment(_, let value), .value(let value): value.reads
    }
  }
}
