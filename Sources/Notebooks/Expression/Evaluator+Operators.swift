extension Evaluator {
  /// The operator of `link` between `left`, which stands at `from`, and the link's operand.
  func apply(
    _ link: Expression.Link, to left: Quantity, from: Expression
  ) throws(Diagnostic) -> Quantity {
    let right = try quantity(of: link.operand)
    let place = link.place
    switch link.operation {
    case .and, .or:
      let name = link.operation.rawValue
      let first = try truths(left, for: name, at: from.place)
      let second = try truths(right, for: name, at: link.operand.place)
      let isAnd = link.operation == .and
      return Quantity(
        try first.combined(with: second, at: place) { isAnd ? $0 && $1 : $0 || $1 })
    case .equal, .unequal:
      if case .text(let first) = left, case .text(let second) = right {
        return .truth((first == second) == (link.operation == .equal))
      }
      return try compare(link, left, right, from: from)
    case .below, .atMost, .above, .atLeast: return try compare(link, left, right, from: from)
    case .plus, .minus, .times, .divided, .power:
      let name = link.operation.rawValue
      let first = try numbers(left, for: name, at: from.place)
      let second = try numbers(right, for: name, at: link.operand.place)
      let operation = link.operation
      return Quantity(
        try first.combined(with: second, at: place) { (a, b) throws(Diagnostic) in
          try Self.result(operation, a, b, at: place)
        })
    }
  }

  private func compare(
    _ link: Expression.Link, _ left: Quantity, _ right: Quantity, from: Expression
  ) throws(Diagnostic) -> Quantity {
    let (operation, place) = (link.operation, link.place)
    let first = try numbers(left, for: operation.rawValue, at: from.place)
    let second = try numbers(right, for: operation.rawValue, at: link.operand.place)
    return Quantity(
      try first.combined(with: second, at: place) { (a, b) throws(Diagnostic) in
        guard !a.isNaN, !b.isNaN else {
          throw Diagnostic(
            "not-finite", at: place, "an entry here is empty or no number and cannot be compared")
        }
        switch operation {
        case .below: return a < b
        case .atMost: return a <= b
        case .above: return a > b
        case .atLeast: return a >= b
        case .unequal: return a != b
        default: return a == b
        }
      })
  }

  private static func result(
    _ operation: Expression.Operator, _ a: Double, _ b: Double, at place: Place
  ) throws(Diagnostic) -> Double {
    switch operation {
    case .plus: return a + b
    case .minus: return a - b
    case .times: return a * b
    case .divided:
      guard b != 0 else { throw Diagnostic("bad-expression", at: place, "this divides by zero") }
      return a / b
    default: return try power(a, b, at: place)
    }
  }

  private static func power(_ a: Double, _ b: Double, at place: Place) throws(Diagnostic) -> Double
  {
    guard b == b.rounded(), b.magnitude <= 1024 else {
      throw Diagnostic(
        "bad-expression", at: place, "`^` takes a whole number up to 1024 on its right",
        hint: "x^y is exp(y * ln(x))")
    }
    guard a != 0 || b >= 0 else {
      throw Diagnostic("bad-expression", at: place, "this divides by zero")
    }
    var (result, square, rest) = (1.0, a, Int(b.magnitude))
    while rest > 0 {
      if rest % 2 == 1 { result *= square }
      square *= square
      rest /= 2
    }
    return b < 0 ? 1 / result : result
  }

  // MARK: Operands

  func numbers(
    _ expression: Expression, for operation: String
  ) throws(Diagnostic) -> Entries<Double> {
    try numbers(try quantity(of: expression), for: operation, at: expression.place)
  }

  func truths(
    _ expression: Expression, for operation: String
  ) throws(Diagnostic) -> Entries<Bool> {
    try truths(try quantity(of: expression), for: operation, at: expression.place)
  }

  private func numbers(
    _ quantity: Quantity, for operation: String, at place: Place
  ) throws(Diagnostic) -> Entries<Double> {
    if let entries = quantity.numberEntries { return entries }
    throw wrongType(quantity, for: operation.quoted, takes: "numbers", at: place)
  }

  private func truths(
    _ quantity: Quantity, for operation: String, at place: Place
  ) throws(Diagnostic) -> Entries<Bool> {
    if let entries = quantity.truthEntries { return entries }
    throw wrongType(quantity, for: operation.quoted, takes: "truth values", at: place)
  }
}
