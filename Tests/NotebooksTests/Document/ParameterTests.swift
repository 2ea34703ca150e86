import Testing

@testable import Notebooks

@Suite struct ParameterTests {
  private static let matter = """
    ---
    harmonium:
      parameters:
        steps: 4
        rate: {default: 0.5, min: 0.1, max: 2, about: step}
        whole: {default: 1, type: number}
        word: {default: cd, choices: [cd, pcd]}
        list: [1, 2.5]
        loud: true
    ---

    """

  private func inline(_ text: String, _ settings: String...) throws -> [String] {
    report(on: Self.matter + text, settings: try settings.map { try ParameterSetting($0) })
      .results.compactMap { if case .inline(let text, _) = $0 { text } else { nil } }
  }

  private func messages(_ text: String, _ settings: String...) throws -> [String] {
    report(on: Self.matter + text, settings: try settings.map { try ParameterSetting($0) })
      .diagnostics.map { "\($0.place.file):\($0.place.line): \($0.message)" }
  }

  @Test func typesAreThoseOfTheDefaults() {
    let matter = Notebook(Self.matter).frontMatter
    #expect(
      matter.parameters.map(\.kind) == [.integer, .number, .number, .text, .numbers, .truth])
    #expect(
      matter.parameters.map(\.fallback) == [
        .number(4), .number(0.5), .number(1), .text("cd"), .numbers([1, 2.5]), .truth(true),
      ])
    #expect(matter.parameters[1].bounds == "0.1 to 2")
    #expect(matter.parameters[1].about == "step")
    #expect(matter.parameters[3].bounds == "cd, pcd")
  }

  @Test func formulasKnowThem() throws {
    let text = "{eval}`steps * rate + sum(list)` {eval}`whole`"
    #expect(try inline(text) == ["5.5", "1"])
    #expect(try inline(text, "steps=6", "whole=.5", "list=1 1") == ["5", "0.5"])
  }

  @Test func directivesHaveThemInBraces() throws {
    let cell = "```{probe} a\n:size: {{ steps + 1 }}\n```\n{eval}`a.size`"
    #expect(try inline(cell) == ["5"])
    #expect(try inline(cell, "steps=8") == ["9"])
    #expect(try messages(cell, "steps=9") == ["n.md:12: `size` goes from 1 to 9, not 10"])
    #expect(try inline("```{probe} a{{ steps }}\n```\n{eval}`a4.size`") == ["3"])
  }

  @Test func theSourceStaysAsItIs() {
    let report = report(on: Self.matter + "```{probe} a\n:size: {{ steps }}\n```\n")
    let sources = report.results.compactMap { result -> [String]? in
      if case .outputs(_, let call, _) = result { call.source } else { nil }
    }
    #expect(sources == [["```{probe} a", ":size: {{ steps }}", "```"]])
  }

  @Test func mistakesInBraces() throws {
    func cell(_ value: String) -> String { "```{probe} a\n:size: \(value)\n```\n" }
    #expect(
      try messages(cell("{{ stepps }}")) == ["n.md:12: there is no parameter `stepps`"])
    #expect(try messages(cell("{{ steps")) == ["n.md:12: `{{` is never closed with `}}`"])
    #expect(try messages(cell("{{ steps + }}")) == ["n.md:12: the formula ends too early"])
    #expect(
      try messages(cell("{{ rate }}")) == ["n.md:12: `size` takes a whole number, not `0.5`"])
  }

  /// Without parameters braces are text, as in formulas of LaTeX.
  @Test func bracesAreTextWithoutParameters() {
    let marks = report(on: "```{probe} a\n:size: {{ 1 }}\n```\n").diagnostics.map(\.message)
    #expect(marks == ["`size` takes a whole number, not `{{ 1 }}`"])
  }

  @Test(arguments: [
    ("rate=3", "`rate` takes 0.1 to 2, not 3"), ("rate=fast", "`rate` takes a number, not `fast`"),
    ("steps=1.5", "`steps` takes a whole number, not `1.5`"),
    ("word=gibbs", "`word` does not take `gibbs`"),
    ("loud=1", "`loud` takes `true` or `false`, not `1`"),
    ("list=1 x", "`list` takes a number, not `x`"), ("rat=1", "`n.md` has no parameter `rat`"),
  ])
  func wrongSettings(setting: String, message: String) throws {
    #expect(try messages("", setting) == ["-p \(setting):0: \(message)"])
  }

  @Test func suggestionsAndRepetitions() throws {
    let report = report(on: Self.matter, settings: [try ParameterSetting("rat=1")])
    #expect(report.diagnostics.first?.hint == "did you mean `rate`?")
    #expect(try messages("", "steps=1", "steps=2") == ["-p steps=2:0: `steps` is set twice"])
  }

  @Test(arguments: ["", "rate", "=1", "rate=", "1=2"]) func settingsThatAreNone(typed: String) {
    let found = diagnostic { () throws(Diagnostic) in try ParameterSetting(typed) }
    #expect(found?.id == "bad-parameter")
  }

  @Test(arguments: [
    ("x: {min: 1}", "missing-value"), ("x: {default: 1, mim: 0}", "unknown-key"),
    ("x: {default: 1, min: 2}", "out-of-range"),
    ("x: {default: 1, min: 2, max: 0}", "out-of-range"),
    ("x: {default: 1, type: whole}", "not-a-choice"),
    ("x: {default: a, choices: [b]}", "not-a-choice"),
    ("x: {default: a, type: number}", "not-a-number"), ("1x: 2", "bad-name"),
    ("not: 2", "bad-name"),
    ("x: {default: 1, min: low}", "not-a-number"), ("x: []", "wrong-type"),
  ])
  func wrongDeclarations(line: String, id: String) {
    let notebook = Notebook("---\nharmonium:\n  parameters:\n    \(line)\n---\n")
    #expect(notebook.diagnostics.map(\.id) == [id])
    #expect(notebook.diagnostics.first?.place.line == 4)
  }

  /// What a parameter that could not be read takes with it is no second mistake.
  @Test func lostParameters() {
    let text = "---\nharmonium:\n  parameters:\n    x: {default: 1, min: 2}\n---\n\n{eval}`x`\n"
    #expect(report(on: text).diagnostics.marks == ["4:18 out-of-range"])
  }

  @Test func valuesInBracesAreLimited() {
    let matter = "---\nharmonium:\n  parameters:\n    x: VALUE\n---\n\n"
    func cell(_ count: Int) -> String {
      "```{probe} a\n\n" + (0..<count).map { _ in "{{ x }}\n" }.joined() + "```\n"
    }
    let short = matter.replacing("VALUE", with: "1")
    #expect(report(on: short + cell(256)).diagnostics.map(\.id) == ["unexpected-body"])
    #expect(report(on: short + cell(257)).diagnostics.marks.contains("265:4 limit-exceeded"))
    let numbers = "[" + (0..<6000).map { "\(100_000 + $0)" }.joined(separator: ", ") + "]"
    let long = matter.replacing("VALUE", with: numbers)
    #expect(report(on: long + cell(30)).diagnostics.map(\.id).contains("limit-exceeded"))
  }

  @Test func aListOfNamesIsNoMapping() {
    let notebook = Notebook("---\nharmonium:\n  parameters: [a, b]\n---\n")
    #expect(notebook.diagnostics.marks == ["3:15 front-matter"])
  }

  @Test func cellsCannotTakeTheirNames() throws {
    #expect(
      try messages("```{probe} rate\n```\n") == ["n.md:11: `rate` is already defined on line 5"])
  }

  @Test func literals() {
    #expect(Quantity.number(1e-5).literal == "0.00001")
    #expect(Quantity.number(1e-30).literal == "1.0000000000000000e-30")
    #expect(Quantity.number(-0.0).literal == "0")
    #expect(Quantity.number(123456).literal == "123456")
    #expect(Quantity.numbers([0.5, 2]).literal == "0.5 2")
    #expect(Quantity.truths([true, false]).literal == "true false")
  }
}
