import Testing

@testable import Notebooks

@Suite struct ExitCodeTests {
  private func code(_ kinds: Diagnostic.Kind...) -> Int32 {
    ExitCode(kinds.map { Diagnostic("x", at: Place(file: "n.md"), "x", kind: $0) }).rawValue
  }

  @Test func theWorstWins() {
    #expect(code() == 0)
    #expect(code(.stale) == 3)
    #expect(code(.stale, .failure, .stale) == 1)
    #expect(code(.failure, .error, .stale) == 2)
    #expect(code(.stale, .error) == 2)
  }

  @Test func diagnosticsAsText() {
    var diagnostic = Diagnostic(
      "an-id", at: Place(file: "a/n.md", line: 3, column: 7), "it is wrong", hint: "mend it")
    #expect(diagnostic.description == "a/n.md:3:7: error: it is wrong [an-id]\n  hint: mend it")
    diagnostic.detail = ["one", "two"]
    diagnostic.hint = nil
    diagnostic.kind = .stale
    #expect(diagnostic.description == "a/n.md:3:7: stale: it is wrong [an-id]\none\ntwo")
  }

  @Test func reportsAreInReadingOrderWithoutRepetition() {
    func at(_ line: Int, _ column: Int, _ id: String) -> Diagnostic {
      Diagnostic(id, at: Place(file: "n.md", line: line, column: column), "x")
    }
    let all = [at(9, 1, "a"), at(2, 5, "b"), at(2, 3, "c"), at(2, 5, "b"), at(2, 3, "a")]
    #expect(all.sortedForReport.map(\.id) == ["c", "a", "b", "a"])
  }
}
