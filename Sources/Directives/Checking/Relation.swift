/// How two numbers compare, as it is written.
enum Relation: String, CaseIterable, Sendable {
  case below = "<"
  case atMost = "<="
  case equal = "="
  case atLeast = ">="
  case above = ">"

  func holds(_ a: Double, _ b: Double) -> Bool {
    switch self {
    case .below: a < b
    case .atMost: a <= b
    case .equal: a == b
    case .atLeast: a >= b
    case .above: a > b
    }
  }
}
