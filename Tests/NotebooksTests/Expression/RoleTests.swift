import Testing

@testable import Notebooks

@Suite struct RoleTests {
  private static let table = "```{probe} a\n:size: 4\n```\n\n"

  private func inline(_ text: String) -> [String] {
    report(on: Self.table + text).results.compactMap { result in
      if case .inline(let text, _) = result { text } else { nil }
    }
  }

  private func mistakes(_ text: String) -> [String] {
    report(on: Self.table + text).diagnostics.map { "\($0.place.column) \($0.id)" }
  }

  @Test(arguments: [
    ("1/3", "0.3333"), ("1/3:.2f", "0.33"), ("1/3 : .2e", "3.33e-1"), ("2", "2"),
    ("1000000*1000000", "1.000e12"), ("-0.0001:.2f", "0.00"), ("a.size", "4"), ("a.n[1]", "0"),
    ("a.n[last]", "3"), ("a.n[a.size - 1] + 1", "3"), ("2/3:.0f", "1"),
  ])
  func formats(formula: String, shown: String) { #expect(inline("{eval}`\(formula)`") == [shown]) }

  @Test(arguments: [".3g", "3f", ".99f", ".f", ".-1f", "", ".3F"])
  func badFormats(format: String) {
    #expect(
      mistakes("{eval}`1:\(format)`").map { String($0.drop { $0 != " " }) } == [" bad-format"])
  }

  @Test func claimsKeepWhatWasTyped() {
    #expect(
      inline("{claim}`0.333 = 1/3` {claim}`.33=1/3` {claim}`0 = 1/3`") == ["0.333", ".33", "0"])
  }

  @Test func falseClaimsShowBothNumbers() {
    let report = report(on: "{claim}`0.34 = 1/3`")
    #expect(report.diagnostics.map(\.kind) == [.failure])
    #expect(report.isComplete)
    guard case .inline(let text, _)? = report.results.first else {
      Issue.record("a claim has a result")
      return
    }
    #expect(text == "**0.34** (computed: 0.33)")
  }

  @Test(arguments: [
    ("{eval}`b.n[1]`", "8 unknown-name"), ("{eval}`a`", "8 not-a-number"),
    ("{eval}`a.m`", "10 unknown-name"), ("{eval}`a.n`", "8 wrong-type"),
    ("{eval}`a.n[0]`", "10 out-of-range"), ("{eval}`a.n[5]`", "10 out-of-range"),
    ("{eval}`a.n[1.5]`", "10 bad-expression"), ("{eval}`a.m[1]`", "10 unknown-name"),
    ("{eval}`p(a)`", "10 wrong-kind"), ("{eval}`root(-1)`", "8 not-finite"),
    ("{eval}`1e308*10`", "8 not-finite"), ("{claim}`1 + 1`", "9 bad-expression"),
    ("{claim}`= 1`", "9 missing-value"), ("{claim}`1 =`", "12 bad-expression"),
    ("{claim}`x = 1`", "9 not-a-number"), ("{claim}`1 = root(-1)`", "9 not-finite"),
  ])
  func mistakesHaveTheirPlace(text: String, mark: String) { #expect(mistakes(text) == [mark]) }
}

@Suite struct FormulaOverSeveralLinesTests {
  @Test(arguments: ["1 +\n 1", "1\r\n+ 1", "1\n\t+\n1"]) func inAParagraph(formula: String) {
    let report = report(on: "a {eval}`\(formula)` b")
    #expect(report.diagnostics.isEmpty)
  }

  @Test func inAQuotation() {
    #expect(report(on: "> > a {claim}`2\n> > = 1 +\n> > 1` b").diagnostics.isEmpty)
  }

  @Test func placesAreThoseOfTheLine() {
    #expect(report(on: "> a {eval}`1 +\n>   x.y`").diagnostics.marks == ["2:5 unknown-name"])
    #expect(report(on: "> 1 > {eval}`1 +\n> 2 $ 3`").diagnostics.marks == ["2:5 bad-expression"])
  }
}
