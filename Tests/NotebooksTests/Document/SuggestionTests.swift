import Testing

@testable import Notebooks

@Suite struct SuggestionTests {
  @Test(arguments: [
    ("", "", 0), ("abc", "abc", 0), ("abc", "", 3), ("kitten", "sitting", 3), ("form", "from", 1),
    ("abcd", "badc", 2), ("rows", "row", 1), ("ca", "abc", 3),
  ])
  func distance(a: String, b: String, expected: Int) {
    #expect(Suggestion.distance(a, b) == expected)
    #expect(Suggestion.distance(b, a) == expected)
  }

  @Test func longTextsAreCut() {
    let a = String(repeating: "a", count: 10_000)
    #expect(Suggestion.distance(a, a + "b") == 0)
  }

  @Test(arguments: [
    ("colums", "columns"), ("energy-tabel", "energy-table"), ("HIDDEN", "hidden"),
    ("evl", "eval"), ("H", "h"),
  ])
  func near(typed: String, meant: String) {
    #expect(Suggestion.nearest(to: typed, among: ["zebra", meant]) == meant)
  }

  /// Of two letters one wrong is half: that is no misspelling.
  @Test(arguments: [("q", "p"), ("v3", "v1"), ("3", "0"), ("abcdef", "abczzz"), ("", "a")])
  func far(typed: String, other: String) {
    #expect(Suggestion.nearest(to: typed, among: [other]) == nil)
  }

  @Test func theFirstOfEqualsWins() {
    #expect(Suggestion.nearest(to: "unit", among: ["units", "unit1"]) == "units")
    #expect(Suggestion.nearest(to: "abcx", among: ["abcdx", "abcx1", "abcx"]) == "abcx")
  }

  @Test func hints() {
    #expect(
      Suggestion.hint(for: "row", among: ["rows"], called: "options") == "did you mean `rows`?")
    #expect(Suggestion.hint(for: "zzz", among: ["a", "b"], called: "units") == "units: `a`, `b`")
    #expect(Suggestion.hint(for: "zzz", among: [], called: "units") == nil)
    let many = (1...20).map { "name\($0)" }
    let hint = Suggestion.hint(for: "zzz", among: many, called: "names")
    #expect(hint?.hasSuffix("`name12`, …") == true)
  }
}
