/// Recursive descent over the tokens of one formula.
struct ExpressionParser {
  private let tokens: [Token]
  private var position = 0
  private let end: Place
  private var callCount = 0

  init(_ tokens: [Token], end text: Text) {
    self.tokens = tokens
    end = text.place.advanced(over: text.string[...])
  }

  private var next: Token? { position < tokens.count ? tokens[position] : nil }
  private var place: Place { next?.text.place ?? end }

  mutating func expression(depth: Int) throws(Diagnostic) -> Expression {
    try checkDepth(depth)
    return try chain(of: [.or]) { (parser) throws(Diagnostic) in
      try parser.chain(of: [.and]) { (parser) throws(Diagnostic) in
        try parser.denial(depth: depth)
      }
    }
  }

  func expectEnd() throws(Diagnostic) {
    guard let next else { return }
    throw Diagnostic(
      "bad-expression", at: next.text.place, "\(next.text.string.quoted) is not expected here")
  }

  private func checkDepth(_ depth: Int) throws(Diagnostic) {
    guard depth < Expression.depthLimit else {
      throw Diagnostic("bad-expression", at: place, "the formula is nested too deeply")
    }
  }

  private mutating func denial(depth: Int) throws(Diagnostic) -> Expression {
    try checkDepth(depth)
    guard let word = take(word: "not") else { return try comparison(depth: depth) }
    return .not(try denial(depth: depth + 1), at: word.text.place)
  }

  private mutating func comparison(depth: Int) throws(Diagnostic) -> Expression {
    let left = try sum(depth: depth)
    guard let link = try relation(depth: depth) else { return left }
    if let token = next, Self.relations.contains(where: { token.kind == .symbol($0.rawValue) }) {
      throw Diagnostic(
        "bad-expression", at: token.text.place, "one comparison cannot follow another",
        hint: "join two with `and`: `0 < x and x < 1`")
    }
    return .chain(left, [link])
  }

  private static let relations: [Expression.Operator] = [
    .below, .atMost, .above, .atLeast, .equal, .unequal,
  ]

  private mutating func relation(depth: Int) throws(Diagnostic) -> Expression.Link? {
    guard let (found, token) = take(Self.relations) else { return nil }
    return Expression.Link(
      operation: found, operand: try sum(depth: depth), place: token.text.place)
  }

  private mutating func sum(depth: Int) throws(Diagnostic) -> Expression {
    try chain(of: [.plus, .minus]) { (parser) throws(Diagnostic) in
      try parser.chain(of: [.times, .divided]) { (parser) throws(Diagnostic) in
        try parser.factor(depth: depth + 1)
      }
    }
  }

  private mutating func chain(
    of operators: [Expression.Operator],
    _ operand: (inout ExpressionParser) throws(Diagnostic) -> Expression
  ) throws(Diagnostic) -> Expression {
    let first = try operand(&self)
    var links: [Expression.Link] = []
    while let (found, token) = take(operators) {
      links.append(
        Expression.Link(operation: found, operand: try operand(&self), place: token.text.place))
    }
    return links.isEmpty ? first : .chain(first, links)
  }

  private mutating func factor(depth: Int) throws(Diagnostic) -> Expression {
    try checkDepth(depth)
    if let sign = take("-") { return .negated(try factor(depth: depth + 1), at: sign.text.place) }
    if take("+") != nil { return try factor(depth: depth + 1) }
    let base = try entry(depth: depth)
    guard let power = take("^") else { return base }
    let link = Expression.Link(
      operation: .power, operand: try factor(depth: depth + 1), place: power.text.place)
    return .chain(base, [link])
  }

  private mutating func entry(depth: Int) throws(Diagnostic) -> Expression {
    var whole = try atom(depth: depth)
    var depth = depth
    while let bracket = take("[") {
      depth += 1
      try checkDepth(depth)
      let index = try index(depth: depth)
      try expect("]", "to close the index")
      whole = .entry(whole, index, at: bracket.text.place)
    }
    return whole
  }

  private mutating func index(depth: Int) throws(Diagnostic) -> Expression.Index {
    if position + 1 < tokens.count, tokens[position + 1].kind == .symbol("]") {
      if take(word: "last") != nil { return .last }
      if take(word: "all") != nil { return .all }
    }
    return .number(try expression(depth: depth + 1))
  }

  private mutating func atom(depth: Int) throws(Diagnostic) -> Expression {
    guard let token = next else {
      throw Diagnostic("bad-expression", at: end, "the formula ends too early")
    }
    position += 1
    switch token.kind {
    case .number(let value): return .number(value, at: token.text.place)
    case .text(let text): return .text(text, at: token.text.place)
    case .symbol("("):
      let inner = try expression(depth: depth + 1)
      try expect(")", "to close the parenthesis")
      return inner
    case .symbol("["): return try vector(from: token.text.place, depth: depth)
    case .name:
      switch token.text.string {
      case "true", "false": return .truth(token.text.string == "true", at: token.text.place)
      case let word where Expression.words.contains(word): throw missing(before: token)
      default: break
      }
      if take("(") != nil { return try call(token.text, depth: depth) }
      if take(".") != nil { return try member(of: token.text) }
      return .name(token.text)
    case .symbol: throw missing(before: token)
    }
  }

  private func missing(before token: Token) -> Diagnostic {
    Diagnostic(
      "bad-expression", at: token.text.place,
      "a value is missing before \(token.text.string.quoted)")
  }

  private mutating func vector(from place: Place, depth: Int) throws(Diagnostic) -> Expression {
    var entries: [Expression] = []
    repeat { entries.append(try expression(depth: depth + 1)) } while take(",") != nil
    try expect("]", "to close the list")
    return .vector(entries, at: place)
  }

  private mutating func call(_ name: Text, depth: Int) throws(Diagnostic) -> Expression {
    callCount += 1
    guard callCount <= Expression.callLimit else {
      throw Diagnostic(
        "limit-exceeded", at: name.place,
        "the formula calls more than \(Expression.callLimit) functions, which is the limit")
    }
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
      return .assignment(name.text, try sum(depth: depth + 1))
    }
    return .value(try expression(depth: depth + 1))
  }

  private mutating func member(of name: Text) throws(Diagnostic) -> Expression {
    guard let key = next, key.kind == .name else {
      throw Diagnostic(
        "bad-expression", at: place, "a column or figure of \(name.string.quoted) is missing")
    }
    position += 1
    return .member(of: name, key.text)
  }

  private mutating func take(_ symbol: String) -> Token? {
    guard let token = next, token.kind == .symbol(symbol) else { return nil }
    position += 1
    return token
  }

  private mutating func take(word: String) -> Token? {
    guard let token = next, token.kind == .name, token.text.string == word else { return nil }
    position += 1
    return token
  }

  private mutating func take(
    _ operators: [Expression.Operator]
  ) -> (Expression.Operator, Token)? {
    guard let token = next else { return nil }
    let found = operators.first { candidate in
      token.kind == .symbol(candidate.rawValue)
        || token.kind == .name && token.text.string == candidate.rawValue
    }
    guard let found else { return nil }
    position += 1
    return (found, token)
  }

  private mutating func expect(_ symbol: String, _ why: String) throws(Diagnostic) {
    guard take(symbol) == nil else { return }
    throw Diagnostic("bad-expression", at: place, "\(symbol.quoted) is missing \(why)")
  }
}
