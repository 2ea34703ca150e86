import Testing

@testable import Notebooks

@Suite struct PlanTests {
  private func marks(_ text: String) -> [String] { report(on: text).diagnostics.marks }

  private func cell(_ name: String, _ options: String...) -> String {
    "```{probe} \(name)\n\(options.map { $0 + "\n" }.joined())```\n"
  }

  @Test func aSoundNotebook() {
    let text = cell("a") + cell("b", ":from: a") + "{eval}`b.size`\n"
    #expect(marks(text) == [])
    #expect(report(on: text).isComplete)
  }

  @Test func names() {
    #expect(marks(cell("a") + cell("a")) == ["3:12 duplicate-name"])
    #expect(marks(cell("a") + cell("b", ":name: c")) == ["4:8 duplicate-name"])
    #expect(marks(cell("1a")) == ["1:12 bad-name"])
    #expect(marks("```{probe}\n```\n") == ["1:5 missing-argument"])
    #expect(marks(cell("b", ":from: a") + cell("a")) == ["2:8 use-before-definition"])
    #expect(marks(cell("b", ":from: b")) == ["2:8 unknown-name"])
    #expect(marks("{eval}`x.size`\n") == ["1:8 unknown-name"])
  }

  @Test func aCellMayNotReadItself() {
    #expect(report(on: cell("b", ":from: b")).diagnostics.first?.hint == nil)
  }

  @Test func options() {
    #expect(marks(cell("a", ":sizze: 2")) == ["2:2 unknown-option"])
    #expect(marks(cell("a", ":size: 2", ":size: 3")) == ["3:2 repeated-option"])
    #expect(marks(cell("a", ":size: 2", "", "body")) == ["4:1 unexpected-body"])
    #expect(marks(cell("a", ":echo: perhaps")) == ["2:8 not-a-choice"])
  }

  @Test func failuresAreNotReportedAgainFurtherDown() {
    let text = cell("a", ":fails:") + cell("b", ":from: a") + "{eval}`b.size`\n"
    #expect(marks(text) == ["1:5 probe-failed"])
    #expect(!report(on: text).isComplete)
  }

  @Test func whatCouldNotBeReadIsNotReportedAgain() {
    #expect(marks("```{prob} a\n```\n" + cell("b", ":from: a")) == ["1:5 unknown-directive"])
    #expect(
      marks("```{prob}\n:name: a\n```\n" + cell("b", ":from: a")) == ["1:5 unknown-directive"])
    #expect(
      marks("> ```{probe} a\n\n" + cell("b", ":from: a")) == ["1:7 unclosed-fence"])
    #expect(
      marks("```\n```{probe} a\n```\n" + cell("b", ":from: a")) == ["1:1 unclosed-fence"])
    #expect(
      marks("```{prob} a\n```\n" + cell("b", ":from: c"))
        == ["1:5 unknown-directive", "4:8 unknown-name"])
  }

  @Test func everyMistakeIsReportedAtOnce() {
    let text = cell("a", ":size: x", ":nope: 1") + "{eval}`1 +`\n\n" + cell("a") + "```{zzz}\n```\n"
    #expect(
      marks(text) == [
        "2:8 not-a-number", "3:2 unknown-option", "5:11 bad-expression", "7:12 duplicate-name",
        "9:5 unknown-directive",
      ])
  }

  @Test func randomCellsNeedAnIdentity() {
    #expect(marks("```{dice} x\n```\n```{dice} y\n```\n") == [])
    #expect(marks("```{dice} x\n```\n```{dice} x\n```\n") == ["3:5 missing-name"])
  }

  @Test func identitiesAreNames() {
    let report = report(on: "```{dice} x\n```\n" + cell("a"))
    let texts = report.results.compactMap { result -> String? in
      guard case .outputs(let outputs, _, _) = result, case .sentence(let text)? = outputs.first
      else { return nil }
      return text
    }
    #expect(texts == ["dice x", "a of 3"])
  }

  @Test func onlyWhatHasAResultCanBeNamed() {
    #expect(marks("```{dice} x\n:name: d\n```\n") == ["2:8 nothing-to-name"])
  }

  @Test func echo() {
    func shown(_ text: String) -> [Bool] {
      report(on: text).results.compactMap { result in
        if case .outputs(_, _, let showsSource) = result { showsSource } else { nil }
      }
    }
    let off = "---\nharmonium: {echo: false}\n---\n"
    #expect(shown(cell("a") + cell("b", ":echo: false")) == [true, false])
    #expect(shown(off + cell("a") + cell("b", ":echo:")) == [false, true])
  }
}
