import Testing

@testable import Notebooks

@Suite struct OptionTests {
  private enum Colour: String, CaseIterable { case red, green }

  private func parse<T>(_ option: Option<T>, _ text: String) throws(Diagnostic) -> T {
    try option.parse([Text(text)])
  }

  private func id<T>(_ option: Option<T>, _ text: String) -> String? {
    diagnostic { () throws(Diagnostic) in try parse(option, text) }?.id
  }

  @Test func integers() throws {
    let option = Option<Int>.integer("n", "N.", in: -2...5, default: 3)
    #expect(try parse(option, "-2") == -2)
    #expect(try parse(option, "+5") == 5)
    #expect(id(option, "6") == "out-of-range")
    #expect(id(option, "-3") == "out-of-range")
    for text in ["1.0", "x", "1e1", "0x1", "1_0", "99999999999999999999"] {
      #expect(id(option, text) == "not-a-number")
    }
    #expect(id(option, "") == "missing-value")
    #expect(option.form == "-2 to 5" && option.standard == "3" && option.fallback == 3)
  }

  @Test func optionalIntegers() throws {
    let option = Option<Int?>.integer("n", "N.", in: 1...2)
    #expect(try parse(option, "2") == 2)
    #expect(option.fallback == nil)
    #expect(id(option, "3") == "out-of-range")
  }

  @Test func numbers() throws {
    let option = Option<Double>.number("t", "T.", in: 1e-6...1e6, default: 0.5)
    #expect(try parse(option, ".25") == 0.25)
    #expect(try parse(option, "1e-6") == 1e-6)
    #expect(id(option, "0") == "out-of-range")
    #expect(id(option, "\u{2212}1") == "out-of-range")
    #expect(id(option, "1e7") == "out-of-range")
    for text in ["nan", "NaN", "inf", "-Infinity", "1e999"] {
      #expect(id(option, text) == "not-finite")
    }
    for text in ["one", "1,5", "1.2.3", "0x1p3", "1 2", "--1"] {
      #expect(id(option, text) == "not-a-number")
    }
    #expect(id(option, "") == "missing-value")
    #expect(option.form == "1e-6 to 1000000")
    #expect(option.standard == "0.5")
  }

  @Test func aDecimalCommaGetsAHint() {
    let option = Option<Double>.number("t", "T.", in: 0...9, default: 1)
    let found = diagnostic { () throws(Diagnostic) in try parse(option, "1,5") }
    #expect(found?.hint == "decimals go after a point: `1.5`")
    let other = diagnostic { () throws(Diagnostic) in try parse(option, "1,5,6") }
    #expect(other?.hint == nil)
  }

  @Test func listsOfNumbers() throws {
    let option = Option<[Double]>.numbers("t", "T.", in: 0...9, default: [1, 0.5])
    #expect(try parse(option, "1, 2\t3") == [1, 2, 3])
    #expect(id(option, " , ") == "missing-value")
    #expect(id(option, "1 10") == "out-of-range")
    #expect(option.standard == "1 0.5")
  }

  @Test func flags() throws {
    let option = Option<Bool>.flag("f", "F.")
    for text in ["", "true", "yes"] { #expect(try parse(option, text)) }
    for text in ["false", "no"] { #expect(try !parse(option, text)) }
    for text in ["True", "1", "on"] { #expect(id(option, text) == "not-a-choice") }
  }

  @Test func choices() throws {
    let one = Option<Colour>.choice("c", "C.", default: .red)
    #expect(try parse(one, "green") == .green)
    #expect(one.form == "red, green")
    #expect(id(one, "blue") == "not-a-choice")
    #expect(id(one, "") == "missing-value")
    let near = diagnostic { () throws(Diagnostic) in try parse(one, "gren") }
    #expect(near?.hint == "did you mean `green`?")
    let several = Option<[Colour]>.choices("c", "C.", default: [.red])
    #expect(try parse(several, "green, red green") == [.green, .red, .green])
    #expect(id(several, "red blue") == "not-a-choice")
    #expect(id(several, "") == "missing-value")
  }

  @Test func wordsAndTexts() throws {
    #expect(try parse(Option<[Text]>.words("w", "words", "W."), "a b").map(\.string) == ["a", "b"])
    #expect(try parse(Option<Text?>.text("t", "a text", "T."), "a b")?.string == "a b")
  }

  @Test func mistakesNameTheOptionAndItsPlace() {
    let report = report(on: "```{probe} a\n:size: 12\n```\n")
    #expect(report.diagnostics.marks == ["2:8 out-of-range"])
    #expect(report.diagnostics.first?.message == "`size` goes from 1 to 9, not 12")
  }
}
