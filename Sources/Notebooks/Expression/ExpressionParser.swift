/// Recursive descent over the tokens of one formula.
struct ExpressionParser {
  private let tokens: [Token]
  private var position = 0
  private let end: Place

  init(_ tokens: [Token], end text: Text) {
    self.tokens = tokens
    end = text.place.advanced(by: text.string.unicodeScalars.count)
  }

  private var next: Token? { position < tokens.count ? tokens[position] : nil }
  private var place: Place { next?.text.place ?? end }

  mutating func expression(depth: Int) throws(Diagnostic) -> Expression {
    guard depth < Expression.depthLimit else {
      throw Diagnostic("bad-expression", at: place, "the formula is nested too deeply")
    }
    return try chain(of: [.plus, .minus], depth: depth) { (parser) throws(Diagnostic) in
      try parser.chain(of: [.times, .divided], depth: depth) { (parser) throws(Diagnostic) in
        try parser.factor(depth: depth + 1)
      }
    }
  }

  func expectEnd() throws(Diagnostic) {
    guard let next else { return }
    throw Diagnostic(
      "bad-expression", at: next.text.place, "\(next.text.string.quoted) is not expected here")
  }

  private mutating func chain(
    of operators: [Expression.Operator], depth: Int,
    _ operand: (inout ExpressionParser) throws(Diagnostic) -> Expression
  ) throws(Diagnostic) -> Expression {
    var left = try operand(&self)
    while let token = next,
      let found = operators.first(where: { token.kind == .symbol($0.rawValue) })
    {
      position += 1
      left = .binary(found, left, try operand(&self), at: token.text.place)
    }
    return left
  }

  private mutating func factor(depth: Int) throws(Diagnostic) -> Expression {
    guard depth < Expression.depthLimit else {
      throw Diagnostic("bad-expression", at: place, "the formula is nested too deeply")
    }
    if take("-") != nil { return .negated(try factor(depth: depth + 1)) }
    if take("+") != nil { return try factor(depth: depth + 1) }
    let base = try atom(depth: depth)
    guard let power = take("^") else { return base }
    return .binary(.power, base, try factor(depth: depth + 1), at: power.text.place)
  }

  private mutating func atom(depth: Int) throws(Diagnostic) -> Expression {
    guard let token = next else {
      throw Diagnostic("bad-expression", at: end, "the formula ends too early")
    }
    position += 1
    switch token.kind {
    case .number(let value): return .number(value)
    case .symbol("("):
      let inner = try expression(depth: depth + 1)
      try expect(")", "to close the parenthesis")
      return inner
    case .name:
      if take("(") != nil { return try call(token.text, depth: depth) }
      if take(".") != nil { return try member(of: token.text, depth: depth) }
      return .name(token.text)
    case .symbol:
      throw Diagnostic(
        "bad-expression", at: token.text.place,
        "a value is missing before \(token.text.string.quoted)")
    }
  }

  private mutating func call(_ name: Text, depth: Int) throws(Diagnostic) -> Expression {
    var arguments: [Expression.Argument] = []
    var given: [Expression.Argument] = []
    var conditional = false
    if take(")") != nil { return .call(name, arguments: [], given: []) }
    while true {
      let argument = try argument(depth: depth)
      if conditional { given.append(argument) } else { arguments.append(argument) }
      if take(",") != nil { continue }
      if !conditional, take("|") != nil {
        conditional = true
        continue
      }
      try expect(")", "to close \("\(name.string)(".quoted)")
      return .call(name, arguments: arguments, given: given)
    }
  }

  private mutating func argument(depth: Int) throws(Diagnostic) -> Expression.Argument {
    if let name = next, name.kind == .name, position + 1 < tokens.count,
      tokens[position + 1].kind == .symbol("=")
    {
      position += 2
      return .assignment(name.text, try expression(depth: depth + 1))
    }
    return .value(try expression(depth: depth + 1))
  }

  private mutating func member(of name: Text, depth: Int) throws(Diagnostic) -> Expression {
    guard let key = next, key.kind == .name else {
      throw Diagnostic(
        "bad-expression", at: place, "a column or figure of \(name.string.quoted) is missing")
    }
    position += 1
    guard take("[") != nil else { return .member(of: name, key.text, index: nil) }
    if let word = next, word.kind == .name, word.text.string == "last" {
      position += 1
      try expect("]", "to close the index")
      return .member(of: name, key.text, index: .last)
    }
    let index = try expression(depth: depth + 1)
    try expect("]", "to close the index")
    return .member(of: name, key.text, index: .number(index))
  }

  private mutating func take(_ symbol: Character) -> Token? {
    guard let token = next, token.kind == .symbol(symbol) else { return nil }
    position += 1
    return token
  }

  private mutating func expect(_ symbol: Character, _ why: String) throws(Diagnostic) {
    guard take(symbol) == nil else { return }
    throw Diagnostic("bad-expression", at: place, "\(String(symbol).quoted) is missing \(why)")
  }
}
