import Notebooks
import Numerals
import Testing

@testable import Rendering

@Suite struct MarkdownRendererTests {
  private func lines(_ output: Output) -> [String] { output.markdownLines }

  @Test func tablesAreAlignedBySort() {
    let table = Table([
      Table.Column("s", heading: "state", .text(["a|b", "c"]), isKey: true),
      Table.Column("p", .numbers([0.5, nil], .fixed(3))),
    ])
    #expect(
      lines(.table(table)) == [
        "| state |     p |", "| :---- | ----: |", "| a\\|b  | 0.500 |", "| c     |       |",
      ])
  }

  @Test func rowsLeftOutAreCounted() {
    let table = Table([Table.Column("n", .numbers([1, 2, 3], .fixed(0)))], shownRows: 2)
    #expect(
      lines(.table(table)) == [
        "|   n |", "| --: |", "|   1 |", "|   2 |", "", "*The first 2 of 3 rows.*",
      ])
  }

  @Test func emptyTables() {
    #expect(lines(.table(Table([]))) == [])
    #expect(lines(.table(Table([Table.Column("n", .text([]))]))).count == 2)
  }

  @Test func derivations() {
    let steps = [
      Derivation.Step("First:", latex: "a = b", text: "a is b"),
      Derivation.Step("Then:", latex: "b = c", text: "b is c"),
    ]
    #expect(
      lines(.derivation(Derivation(steps, notation: .latex))) == [
        "First:", "", "$$", "a = b", "$$", "", "Then:", "", "$$", "b = c", "$$",
      ])
    #expect(
      lines(.derivation(Derivation(steps, notation: .text))) == [
        "```text", "First:", "    a is b", "", "Then:", "    b is c", "```",
      ])
  }

  @Test(arguments: [("x", 3), ("``", 3), ("```", 4), ("a ````` b ```", 6)])
  func fencesAreLongerThanWhatTheyHold(line: String, length: Int) {
    let fence = String(repeating: "`", count: length)
    #expect(Markdown.fence([line], info: "text") == [fence + "text", line, fence])
  }

  @Test func partsCoverTheDocument() {
    let text = "a {eval}`1 + 1` b\n\n{claim}`2 = 1 + 1`\n"
    let registry = Registry(directives: [], functions: .none)
    let notebook = Notebook(Array(text.utf8), file: "n.md", directives: [])
    let document = MarkdownRenderer().render(
      Run().report(on: Plan(notebook, registry: registry)))
    #expect(String(decoding: document.bytes, as: UTF8.self) == "a 2 b\n\n2\n")
    #expect(document.parts.map(\.start) == [0, 2, 3, 7, 8])
    #expect(
      document.parts.map(\.label) == [
        "prose", "{eval} 1 + 1", "prose", "{claim} 2 = 1 + 1", "prose",
      ])
    #expect(document.parts.map(\.place.line) == [1, 1, 1, 3, 3])
    #expect(document.part(at: 2)?.label == "{eval} 1 + 1")
    #expect(document.part(at: 3)?.label == "prose")
    #expect(document.part(at: 99)?.start == 8)
  }
}
