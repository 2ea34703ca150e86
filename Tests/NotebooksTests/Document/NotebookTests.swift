import Foundation
import Testing

@testable import Notebooks

@Suite struct NotebookTests {
  private static func joined(_ notebook: Notebook) -> Range<Int>? {
    var end = 0
    for cell in notebook.cells {
      let range =
        switch cell {
        case .prose(let range): range
        case .call(let call): call.range
        case .role(let role): role.range
        }
      guard range.lowerBound == end, range.upperBound >= end else { return nil }
      end = range.upperBound
    }
    return 0..<end
  }

  /// Every Markdown file of the repository, its packages left out.
  private static let files: [String] = {
    var root = URL(fileURLWithPath: #filePath)
    for _ in 0..<4 { root.deleteLastPathComponent() }
    let paths = FileManager.default.enumerator(atPath: root.path)
    var found: [String] = []
    while let path = paths?.nextObject() as? String {
      if path.hasPrefix(".build") || path.hasPrefix(".git") {
        paths?.skipDescendants()
      } else if path.hasSuffix(".md") {
        found.append(root.appendingPathComponent(path).path)
      }
    }
    return found.sorted()
  }()

  @Test func filesAreFound() { #expect(Self.files.count > 10) }

  @Test(arguments: files) func cellsJoinToTheSource(file: String) throws {
    let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: file)))
    let names = ["machine", "energy-table", "sample", "published", "plot"]
    let notebook = Notebook(bytes, file: file, directives: names)
    // Results that a document holds are not part of its source.
    #expect(Self.joined(notebook) == 0..<notebook.source.bytes.count)
  }

  @Test(arguments: [
    "", "\n", "a", "```{probe} a\n```", "```{probe} a\n```\n```{probe} b\n```\n", "{eval}`1`",
    "x {eval}`1`{claim}`1 = 1` y", "- ```{probe} a\n  ```\n- b\n", "\u{FEFF}```{probe} a\n```\n",
    "---\nharmonium: {seed: 1}\n---\n```{probe} a\n```\n", "> {eval}`1\n> + 1`\n",
  ])
  func oddDocumentsJoinToo(text: String) {
    #expect(Self.joined(Notebook(text)) == 0..<text.utf8.count)
  }

  @Test func invalidUTF8IsReportedAtItsFirstByte() {
    let bytes = Array("# A\r\n\né ".utf8) + [0xFF, 0x41]
    let notebook = Notebook(bytes, file: "n.md", directives: [])
    #expect(notebook.diagnostics.marks == ["3:3 invalid-utf8"])
    #expect(Self.joined(notebook) == 0..<bytes.count)
  }

  @Test(arguments: [
    [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xE2, 0x82], [0xF5, 0x80, 0x80, 0x80], [0x80],
  ])
  func invalidSequences(bytes: [UInt8]) {
    #expect(Notebook(bytes, file: "n.md", directives: []).diagnostics.marks == ["1:1 invalid-utf8"])
  }

  @Test func unclosedFences() {
    #expect(Notebook("```{probe} a\n").diagnostics.marks == ["1:5 unclosed-fence"])
    #expect(Notebook("````{probe} a\n```\n").diagnostics.marks == ["1:6 unclosed-fence"])
    #expect(Notebook("```python\nx\n").diagnostics.isEmpty)
  }

  /// A forgotten end must never make a directive vanish.
  @Test(arguments: [
    "```\n```{probe} a\n```\n", "```text\nx\n\n```{probe} a\n```\n", "~~~\n```{probe} a\n```\n",
    "~~~\n  ~~~ {probe} a\n~~~\n", "> ```\n> ```{probe} a\n> ```\n", "````\n`````{probe} a\n",
  ])
  func swallowedDirectives(text: String) {
    #expect(Notebook(text).diagnostics.map(\.id) == ["unclosed-fence"])
  }

  @Test(arguments: [
    "````\n```{probe} a\n```\n````\n", "~~~\n```{probe} a\n```\n~~~\n", "```\n```{other} a\n",
    "```\n{probe}\n```\n", "```\n``{probe}\n```\n",
  ])
  func shownDirectives(text: String) { #expect(Notebook(text).diagnostics.isEmpty) }

  @Test(arguments: [
    ("evl", true), ("eval", false), ("clam", true), ("cite", false), ("ref", false),
  ])
  func rolesThatAreNearlyOurs(name: String, isMistake: Bool) {
    let diagnostics = Notebook("a {\(name)}`1 = 1` b").diagnostics
    #expect(diagnostics.marks == (isMistake ? ["1:4 unknown-role"] : []))
  }
}
