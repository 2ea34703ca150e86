import Testing

@testable import Notebooks

@Suite struct ExpressionTests {
  private func value(_ formula: String) throws(Diagnostic) -> Double {
    try Evaluator(functions: Registry.probes.functions, values: [:])
      .value(of: Expression(Text(formula)))
  }

  private func mistake(_ formula: String) -> Diagnostic? {
    diagnostic { () throws(Diagnostic) in try value(formula) }
  }

  @Test(arguments: [
    ("1 + 2 * 3", 7), ("(1 + 2) * 3", 9), ("8 - 3 - 2", 3), ("16 / 4 / 2", 2), ("2 * 3 / 4", 1.5),
    ("2 ^ 3 ^ 2", 512), ("-2 ^ 2", -4), ("(-2) ^ 2", 4), ("2 ^ -2", 0.25), ("2 * -3", -6),
    ("--2", 2), ("-+-2", 2), ("+.5", 0.5), ("1 - -1", 2), ("\u{2212}3 \u{2212} 1", -4),
    ("1.5e3", 1500), ("2E-1", 0.2), ("double(4)", 8), ("double(double(1) + 1)", 6),
    ("-double(2)^2", -16), ("0 ^ 0", 1), ("1e308 * 10 / 10", .infinity), ("  7\t", 7),
    ("2^1024", .infinity), ("3e0", 3), ("10 / 4 * 2", 5),
  ])
  func values(formula: String, expected: Double) throws {
    #expect(try value(formula) == expected)
  }

  @Test(arguments: [
    ("", 1), ("1 +", 4), ("(1", 3), ("1)", 2), ("1 2", 3), ("* 1", 1), ("1 + * 2", 5), ("1 $ 2", 3),
    ("1..2", 1), ("double(", 8), ("double(1", 9), ("double()", 1), ("double(1, 2)", 1),
    ("double(x=1)", 8), ("3 double(1)", 3), ("()", 2), ("m.", 3), ("m.a[1", 6), ("m.a[]", 5),
    ("m.1", 2), ("1e", 2), ("é", 1), ("1 / 0", 3), ("4 + 0 ^ -1", 7), ("2 ^ 0.5", 3),
    ("2 ^ 1025", 3), ("f(1 | 2 | 3)", 9), ("[1]", 1), ("[]", 2), ("[1, 2", 6), ("1 < 2 < 3", 7),
    ("a b", 3), ("p(m |)", 6), ("1,5", 2),
  ])
  func mistakesHaveTheirPlace(formula: String, column: Int) throws {
    let found = try #require(mistake(formula))
    #expect(found.place.column == column, "\(found)")
  }

  @Test func nestingIsLimited() throws {
    func nested(_ depth: Int) -> String {
      String(repeating: "(", count: depth) + "1" + String(repeating: ")", count: depth)
    }
    #expect(try value(nested(30)) == 1)
    for formula in [
      nested(100), nested(2000), String(repeating: "-", count: 100) + "1",
      String(repeating: "2^", count: 100) + "1", String(repeating: "double(", count: 100) + "1",
    ] {
      #expect(mistake(formula)?.message == "the formula is nested too deeply")
    }
  }

  @Test func lengthIsLimited() throws {
    let most = "1" + String(repeating: "+1", count: 2047)
    #expect(try value(most) == 2048)
    #expect(mistake(most + "  ")?.message == "the formula has more than 4096 characters")
  }

  @Test func readsAreTheNamesOfCells() throws {
    let expression = try Expression(Text("p(m, a=x.y[i.j] | b=Z(n)) + double(2) - k"))
    #expect(expression.reads.map(\.string) == ["m", "x", "i", "n", "k"])
    #expect(expression.reads.map(\.place.column) == [3, 8, 12, 23, 41])
  }

  @Test func hyphensJoinOnlyLetters() throws {
    #expect(try Expression(Text("cd-run.norm")).reads.map(\.string) == ["cd-run"])
    #expect(try Expression(Text("a-1")).reads.map(\.string) == ["a"])
    #expect(try Expression(Text("a - b")).reads.map(\.string) == ["a", "b"])
  }

  @Test func unknownFunctions() {
    #expect(mistake("doubel(1)")?.hint == "did you mean `double`?")
    #expect(
      mistake("sin(1)")?.hint
        == "functions: `double`, `root`, `sum`, `max`, `count`, `all`, `any`, `length`, `range`")
  }
}
