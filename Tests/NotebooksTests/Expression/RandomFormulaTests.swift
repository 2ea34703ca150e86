import Testing

@testable import Notebooks

/// Formulas from a grammar: most of them have a value, and each has a value or a mistake inside it.
@Suite struct RandomFormulaTests {
  private struct Source {
    private var state: UInt64
    private let names = ["x", "xs", "yes", "flags", "gappy", "word", "t.n", "t.n[last]", "t.size"]

    init(_ seed: UInt64) { state = seed }

    mutating func draw(_ count: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(count))
    }

    mutating func formula(_ depth: Int) -> String {
      guard depth > 0 else { return leaf() }
      func inner(_ source: inout Source) -> String { source.formula(depth - 1 - source.draw(2)) }
      switch draw(12) {
      case 0, 1, 2:
        let symbols = ["+", "-", "*", "/", "^"]
        return "\(inner(&self)) \(symbols[draw(symbols.count)]) \(inner(&self))"
      case 3:
        let symbols = ["<", "<=", ">", ">=", "=", "!="]
        return "\(inner(&self)) \(symbols[draw(symbols.count)]) \(inner(&self))"
      case 4: return "\(inner(&self)) \(["and", "or"][draw(2)]) \(inner(&self))"
      case 5: return "not \(inner(&self))"
      case 6: return "(\(inner(&self)))"
      case 7: return "-\(inner(&self))"
      case 8:
        return "[" + (0...draw(3)).map { _ in inner(&self) }.joined(separator: ", ") + "]"
      case 9:
        let words = ["double", "root", "sum", "max", "count", "all", "any", "length"]
        return "\(words[draw(words.count)])(\(inner(&self)))"
      case 10: return "range(\(inner(&self)), \(inner(&self)), \(inner(&self)))"
      default: return "(\(inner(&self)))[\(["last", "all", "1", inner(&self)][draw(4)])]"
      }
    }

    private mutating func leaf() -> String {
      switch draw(4) {
      case 0: return ["0", "1", "2", "7", "0.5", "1e3", "1e308"][draw(7)]
      case 1: return ["true", "false", "\"cd\"", "[1, 2, 4]", "range(1, 9)"][draw(5)]
      default: return names[draw(names.count)]
      }
    }
  }

  @Test func everyFormulaEnds() throws {
    let table = Table([.init("n", .numbers([1, nil, 3], .fixed(0)))])
    let evaluator = Evaluator(
      functions: Registry.probes.functions,
      values: ["t": TableResult(table, figures: [("size", 3)])],
      locals: [
        "x": .number(3), "xs": .numbers([1, 2, 4]), "yes": .truth(true), "word": .text("cd"),
        "gappy": .numbers([1, .nan, 3]), "flags": .truths([true, false, true]),
      ])
    var source = Source(7)
    var ends: [String: Int] = [:]
    for _ in 0..<40_000 {
      let formula = source.formula(1 + source.draw(6))
      do throws(Diagnostic) {
        let quantity = try evaluator.quantity(of: Expression(Text(formula)))
        #expect((quantity.count ?? 1) <= Quantity.sizeLimit)
        ends["value", default: 0] += 1
      } catch {
        #expect((1...formula.unicodeScalars.count + 1).contains(error.place.column), "\(formula)")
        #expect(error.place.line == 1 && !error.message.isEmpty, "\(formula)")
        ends[error.id, default: 0] += 1
      }
    }
    #expect(ends["value", default: 0] > 5000)
    for id in ["wrong-type", "wrong-size", "out-of-range", "not-finite", "bad-expression"] {
      #expect(ends[id, default: 0] > 20, "\(id): \(ends[id, default: 0])")
    }
  }

  /// The value is that of the same formula with all its brackets.
  @Test(arguments: [
    ("1 + 2 * 3 - 4 / 2", "((1 + (2 * 3)) - (4 / 2))"), ("-2 ^ 2", "-(2 ^ 2)"),
    ("2 ^ -1 ^ 2", "2 ^ (-(1 ^ 2))"), ("2 ^ 3 ^ 2", "2 ^ (3 ^ 2)"),
    ("-xs[2] ^ 2", "-((xs[2]) ^ 2)"),
    ("1 < 2 and 3 < 2 or 1 < 3", "(((1 < 2) and (3 < 2)) or (1 < 3))"),
    ("true or true and false", "(true or (true and false))"),
    ("not 1 < 2 and false", "((not (1 < 2)) and false)"), ("not not 2 > 1", "not (not (2 > 1))"),
    ("1 + 1 < 2 * 2", "(1 + 1) < (2 * 2)"), ("8 / 4 / 2 * 3", "(((8 / 4) / 2) * 3)"),
    ("xs + 1 = xs * 2", "((xs + 1) = (xs * 2))"), ("[1, 2] ^ 2 + 1", "(([1, 2] ^ 2) + 1)"),
    ("[5, 7][last] - 1", "(([5, 7])[last]) - 1"), ("[[1, 2], 3][3]", "([1, 2, 3])[3]"),
  ])
  func ranks(short: String, full: String) throws {
    let evaluator = Evaluator(
      functions: Registry.probes.functions, values: [:], locals: ["xs": .numbers([1, 2, 4])])
    #expect(
      try evaluator.quantity(of: Expression(Text(short)))
        == evaluator.quantity(of: Expression(Text(full))))
  }

  @Test func callsAreLimited() throws {
    let evaluator = Evaluator(functions: Registry.probes.functions, values: [:])
    func sum(_ count: Int) -> String {
      (0..<count).map { _ in "double(1)" }.joined(separator: " + ")
    }
    #expect(try evaluator.value(of: Expression(Text(sum(128)))) == 256)
    let found = diagnostic { () throws(Diagnostic) in try Expression(Text(sum(129))) }
    #expect(found?.id == "limit-exceeded")
    #expect(found?.place.column == 1 + 128 * 12)
  }
}

extension Quantity {
  fileprivate var count: Int? {
    switch self {
    case .numbers(let values): values.count
    case .truths(let values): values.count
    default: nil
    }
  }
}
