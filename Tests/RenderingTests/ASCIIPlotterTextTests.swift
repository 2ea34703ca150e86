import Testing

@testable import Rendering

@Suite struct ASCIIPlotterTextTests {
  @Test(arguments: [
    ("ΔE − σ ≤ 3×β", "DE - sigma <= 3xbeta"), ("10⁻³ Wᵀ x²", "10^-3 W^T x^2"),
    ("⟨v₁h₂⟩", "<v1h2>"), ("Énergie e\u{301}", "Energie e"), ("能量", "??"),
    ("tab\tline\nnbsp\u{A0}", "tab line nbsp "), ("∑ᵢ", "Sum?"), ("\u{1B}[31m", "?[31m"),
  ])
  func spelling(text: String, spelled: String) {
    #expect(ASCIIText.spelled(text) == spelled)
  }

  @Test func onlyWhatIsLostIsReported() {
    #expect(ASCIIText.isLossy("能?"))
    #expect(!ASCIIText.isLossy("σ?"))
  }

  @Test(arguments: [
    ("a b c", 3, ["a b", "c"]), ("abcdefgh", 3, ["abc", "def", "gh"]), ("", 5, []),
    ("  a  ", 5, ["a"]), ("ab abcd", 3, ["ab", "abc", "d"]), ("abc", 3, ["abc"]),
  ])
  func wrapping(text: String, width: Int, lines: [String]) {
    #expect(ASCIIText.wrapped(text, to: width) == lines)
  }

  @Test func shortening() {
    #expect(ASCIIText.shortened("abcdef", to: 6) == "abcdef")
    #expect(ASCIIText.shortened("abcdefg", to: 6) == "abc...")
  }
}
