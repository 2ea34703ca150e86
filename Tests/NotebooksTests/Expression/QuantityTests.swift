import Testing

@testable import Notebooks

@Suite struct QuantityTests {
  private static let names: [String: Quantity] = [
    "x": .number(3), "xs": .numbers([1, 2, 4]), "yes": .truth(true), "word": .text("cd"),
    "gappy": .numbers([1, .nan, 3]), "flags": .truths([true, false, true]),
  ]

  private func quantity(_ formula: String) throws(Diagnostic) -> Quantity {
    try Evaluator(functions: Registry.probes.functions, values: [:], locals: Self.names)
      .quantity(of: Expression(Text(formula)))
  }

  private func mistake(_ formula: String) -> Diagnostic? {
    diagnostic { () throws(Diagnostic) in try quantity(formula) }
  }

  @Test(arguments: [
    ("[1, 2, 3]", [1.0, 2, 3]), ("xs + 1", [2, 3, 5]), ("10 - xs", [9, 8, 6]),
    ("xs * xs", [1, 4, 16]), ("-xs", [-1, -2, -4]), ("8 / xs", [8, 4, 2]), ("xs ^ 2", [1, 4, 16]),
    ("double(xs)", [2, 4, 8]), ("[xs, 9, xs]", [1, 2, 4, 9, 1, 2, 4]), ("xs[all]", [1, 2, 4]),
    ("range(1, 4)", [1, 2, 3, 4]), ("range(0, 0.5, 0.1)", [0, 0.1, 0.2, 0.3, 0.4, 0.5]),
    ("range(3, 1, -1)", [3, 2, 1]), ("range(2, 2)", [2]), ("range(0, 1, 0.4)", [0, 0.4, 0.8]),
    ("[x]", [3]), ("gappy[1] + [0, 1]", [1, 2]),
  ])
  func lists(formula: String, expected: [Double]) throws {
    #expect(try quantity(formula) == .numbers(expected))
  }

  @Test(arguments: [
    ("xs[1]", 1.0), ("xs[last]", 4), ("xs[x - 1]", 2), ("[5, 6][2]", 6), ("sum(xs)", 7),
    ("sum(1, 2, x)", 6), ("max(xs, 9)", 9), ("count(xs > 1)", 2), ("count(flags)", 2),
    ("length(xs)", 3), ("length(flags)", 3), ("sum(range(1, 100))", 5050), ("count(yes)", 1),
  ])
  func numbers(formula: String, expected: Double) throws {
    #expect(try quantity(formula) == .number(expected))
  }

  @Test(arguments: [
    ("1 < 2", true), ("2 <= 2", true), ("2 < 2", false), ("2 >= 3", false), ("3 > 2", true),
    ("x = 3", true), ("x != 3", false), ("1 < 2 and 2 < 1", false), ("1 < 2 or 2 < 1", true),
    ("not 1 < 2", false), ("not not yes", true), ("true and not false", true),
    ("false or false or true", true), ("true or false and false", true), ("1 + 1 = 2", true),
    ("word = \"cd\"", true), ("word != \"cd\"", false), ("all(xs > 0)", true),
    ("all(xs > 1)", false), ("any(xs > 3)", true), ("any(xs > 4)", false), ("flags[1]", true),
    ("flags[last] and yes", true), ("-1 < -x * 0.1", true),
  ])
  func truths(formula: String, expected: Bool) throws {
    #expect(try quantity(formula) == .truth(expected))
  }

  @Test func truthsEntryByEntry() throws {
    #expect(try quantity("xs > 1 and flags") == .truths([false, false, true]))
    #expect(try quantity("xs = 2 or yes") == .truths([true, true, true]))
    #expect(try quantity("not flags") == .truths([false, true, false]))
  }

  @Test func emptyCellsStayEmpty() throws {
    guard case .numbers(let values) = try quantity("2 * gappy + 1") else {
      Issue.record("a list is expected")
      return
    }
    #expect(values[0] == 3 && values[1].isNaN && values[2] == 7)
    #expect(mistake("sum(gappy)")?.id == "not-finite")
    #expect(mistake("gappy > 1")?.id == "not-finite")
    #expect(mistake("root(-xs)")?.id == "not-finite")
  }

  @Test(arguments: [
    ("yes + 1", 1, "`+` takes numbers, but this is a truth value"),
    ("1 + yes", 5, "`+` takes numbers, but this is a truth value"),
    ("not x", 5, "`not` takes truth values, but this is a number"),
    ("x and yes", 1, "`and` takes truth values, but this is a number"),
    ("yes or xs", 8, "`or` takes truth values, but this is 3 numbers"),
    ("word < 1", 1, "`<` takes numbers, but this is text"),
    ("double(yes)", 8, "`double` takes numbers, but this is a truth value"),
    ("count(xs)", 7, "`count` takes truth values, but this is 3 numbers"),
    ("sum(x)", 5, "`sum` takes several numbers, but there is one"),
    ("sum()", 1, "`sum` takes several numbers, but there is none"),
    ("x[1]", 1, "`[…]` takes a list, but this is a number"),
    ("[yes]", 2, "a list takes numbers, but this is a truth value"),
    ("xs[0]", 3, "there are entries 1 to 3, and none at 0"),
    ("xs[4]", 3, "there are entries 1 to 3, and none at 4"),
    ("flags[9]", 6, "there are entries 1 to 3, and none at 9"),
    ("xs[1.5]", 3, "rows are whole numbers from 1"),
    ("xs + [1, 2]", 4, "there are 3 entries on the left and 2 on the right"),
    ("count(x = 3)", 7, "`count` asks no model, so nothing can be set here"),
    ("sum(1, 2 | 3)", 1, "`sum` asks no model, so it takes no `|`"),
    ("range(1)", 1, "`range` takes a start, an end and perhaps a step"),
    ("range(1, 0)", 1, "these steps do not lead from the start to the end"),
    ("range(0, 1, 0)", 1, "these steps do not lead from the start to the end"),
    ("range(0, 1e9)", 1, "these are more than 65536 numbers, which is the limit"),
    ("range(0, 1, 1e-300)", 1, "these are more than 65536 numbers, which is the limit"),
    ("1 ! 2", 3, "`!` has no meaning in a formula"),
    ("\"open", 1, "the quotation mark `\"` is never closed"),
    ("and", 1, "a value is missing before `and`"),
    ("1 < 2 < 3", 7, "one comparison cannot follow another"),
    ("8 / (xs - 1)", 3, "this divides by zero"),
  ])
  func mistakes(formula: String, column: Int, message: String) throws {
    let found = try #require(mistake(formula))
    #expect(found.place.column == column)
    #expect(found.message == message)
  }

  @Test func sizesAreLimited() {
    let long = "range(1, 65536)"
    #expect(mistake("length(\(long))") == nil)
    #expect(mistake("[\(long), 1]")?.id == "limit-exceeded")
  }

  @Test func whatIsNeededIsSaid() {
    let evaluator = Evaluator(
      functions: Registry.probes.functions, values: [:], locals: Self.names)
    let number = diagnostic { () throws(Diagnostic) in
      try evaluator.value(of: Expression(Text("xs")))
    }
    #expect(number?.message == "a number is needed here, but this is 3 numbers")
    let truth = diagnostic { () throws(Diagnostic) in
      try evaluator.truth(of: Expression(Text("flags")))
    }
    #expect(truth?.message == "a truth value is needed here, but this is 3 truth values")
    #expect(truth?.hint == "are they to hold for `all(…)` or for `any(…)`?")
  }

  /// Whatever is typed gives a value or a mistake inside the formula, and never takes long.
  @Test func randomTokens() {
    let words = [
      "1", "2.5", "x", "xs", "yes", "flags", "gappy", "word", "\"cd\"", "and", "or", "not", "true",
      "(", ")", "[", "]", ",", "|", ".", "+", "-", "*", "/", "^", "<", "<=", "=", "!=", "sum(",
      "double(", "range(", "count(", "all(", "length(", "p(", "last", "all", "T=", "é", "$", "1e9",
    ]
    var state: UInt64 = 1
    func draw(_ count: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(count))
    }
    var (values, mistakes) = (0, 0)
    for _ in 0..<20_000 {
      let formula = (0...draw(12)).map { _ in words[draw(words.count)] }.joined(separator: " ")
      if let found = mistake(formula) {
        mistakes += 1
        #expect(
          (1...formula.unicodeScalars.count + 1).contains(found.place.column), "\(formula)")
        #expect(!found.message.isEmpty)
      } else {
        values += 1
      }
    }
    #expect(values > 100 && mistakes > 10_000)
  }
}
