import Testing

@testable import Notebooks

@Suite struct TextTests {
  private func dump(_ texts: [Text]) -> [String] { texts.map { "\($0.place.column)\($0.string)" } }

  @Test func wordsKnowTheirColumns() {
    #expect(dump(Text("  a, b\t\tc=1,,d ").words) == ["3a", "6b", "9c=1", "14d"])
    #expect(Text(" , \t").words.isEmpty)
  }

  @Test func columnsCountScalarsNotBytes() {
    #expect(dump(Text("é 𝛔 x").words) == ["1é", "3𝛔", "5x"])
  }

  @Test func trimming() {
    #expect(dump([Text(" \ta b\t ").trimmed]) == ["3a b"])
    #expect(Text(" \t ").trimmed.isEmpty)
    #expect(Text("\u{A0}a").trimmed.string == "\u{A0}a")
  }

  @Test func cutting() throws {
    let (head, tail) = try #require(Text("a : b : c").cut(at: ":"))
    #expect(dump([head, tail]) == ["1a", "5b : c"])
    #expect(Text("abc").cut(at: ":") == nil)
  }

  @Test func splittingKeepsEmptyPiecesOnRequest() {
    #expect(dump(Text("|a||b").split(keepEmpty: true) { $0 == "|" }) == ["1", "2a", "4", "5b"])
    #expect(dump(Text("|a||b").split { $0 == "|" }) == ["2a", "5b"])
  }

  @Test(arguments: ["a", "Z9", "cd-run", "a_b", "v1"]) func names(name: String) {
    #expect(name.isName)
  }

  @Test(arguments: ["", "1a", "-a", "_a", "a b", "é", "aé", "a.b", "a\u{301}"])
  func notNames(text: String) {
    #expect(!text.isName)
  }

  @Test func placesAreOrderedByFileThenLineThenColumn() {
    let a = Place(file: "a", line: 9, column: 9)
    let b = Place(file: "b", line: 1, column: 1)
    #expect(a < b)
    #expect(Place(file: "a", line: 9, column: 10) > a)
    #expect(Place(file: "a", line: 10, column: 1) > a)
    #expect(a.description == "a:9:9")
    #expect(Place(file: "a").description == "a")
  }
}
