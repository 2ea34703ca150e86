import Foundation
import Notebooks
import Testing

@testable import Rendering

/// Notebooks in which results can stand, in all the places where a cell can.
enum InPlaceSamples {
  static let cell = "```{probe} a\n:value: 2\n```\n"
  static let texts: [String] = [
    "", "# No cells\n", cell, "# A\n\n\(cell)\nEnd.\n", "text\n\(cell)text\n", "\(cell)\(second)",
    "- item\n\n  ```{probe} a\n  ```\n\n  more\n- item\n", "1. ```{probe} a\n   ```\n",
    "> quoted\n>\n> ```{probe} a\n> ```\n>\n> more\n\nEnd\n", "> - ```{probe} a\n>   ```\n",
    "~~~~{probe} a\n~~~~\n", "E = {eval}`1/3`.\n", "{eval}`1/3` begins the line\n",
    "*{eval}`2`* and {eval}`3`{eval}`4`, {claim}`0.5 = 1/2`\n", "# {eval}`1 + 1` in a heading\n",
    "| a |\n|---|\n| {eval}`7` |\n", "Over {eval}`1 +\n  2` lines\n", "``{eval}`1` `` is code\n",
    "````\n```{probe} a\n```\n````\n\n    {eval}`1`\n", "{eval}``1/4`` wide fence\n",
    "\(cell)\nE = {eval}`a.size` after it\n\n\(second)",
    "---\ntitle: T\nharmonium:\n  seed: 3\n---\n\n\(cell)",
    "<div>\n{eval}`1`\n</div>\n\n{eval}`2`\n",
    shown, "\(cell)\n\(shown)",
  ]
  private static let second = "```{probe} b\n:show: table\n```\n"
  /// A page that shows what markers look like.
  private static let shown = """
    ````markdown
    ```{probe} a
    ```

    <!-- harmonium:out sum=0123456789ab -->

    Result

    <!-- harmonium:end -->
    ````

    And `<span><!-- {eval}`1` sum=0123456789ab -->1</span>` in a line.

    """

  /// Each text with every sort of line end, with a byte order mark, and without its last line end.
  static let all: [String] = texts.flatMap { text -> [String] in
    let crlf = text.replacing("\n", with: "\r\n")
    let bare = text.hasSuffix("\n") ? String(text.dropLast()) : text
    return [text, crlf, bare, "\u{FEFF}" + text, "\u{FEFF}" + crlf]
  }

  static func updated(_ bytes: [UInt8], force: Bool = false) -> InPlaceRenderer.Page {
    InPlaceRenderer(overwritesEdits: force).page(report(bytes))
  }

  static func report(_ bytes: [UInt8]) -> Report {
    let notebook = Notebook(bytes, file: "n.md", directives: Registry.probes.names)
    return Run().report(on: Plan(notebook, registry: .probes))
  }
}

@Suite struct InPlaceTests {
  @Test(arguments: InPlaceSamples.all)
  func whatAnUpdateMustKeep(text: String) {
    let source = Array(text.utf8)
    let once = InPlaceSamples.updated(source)
    #expect(once.diagnostics.isEmpty)
    let marked = once.document.bytes
    // Cleaning gives the source back, byte for byte.
    let report = InPlaceSamples.report(marked)
    #expect(report.diagnostics.isEmpty)
    #expect(report.notebook.source.bytes == source)
    // Updating twice is updating once.
    #expect(InPlaceSamples.updated(marked).document.bytes == marked)
    #expect(InPlaceSamples.updated(marked).diagnostics.isEmpty)
    // A rendered page does not depend on results that are kept in the notebook.
    #expect(
      MarkdownRenderer().render(report).bytes
        == MarkdownRenderer().render(InPlaceSamples.report(source)).bytes)
    // Prose, cells and roles stay where they are.
    #expect(report.notebook.cells.count == InPlaceSamples.report(source).notebook.cells.count)
  }

  @Test func aPageInFull() {
    let text = "- a\n\n  ```{probe} a\n  :show: sentence table\n  ```\n\nZ is {eval}`a.size:.2f`.\n"
    #expect(
      String(decoding: InPlaceSamples.updated(Array(text.utf8)).document.bytes, as: UTF8.self)
        == """
        - a

          ```{probe} a
          :show: sentence table
          ```

          <!-- harmonium:out sum=SUM -->

          Z = 1.0000, over 4 states of v1; see 3.2e-5 and -1.

          | state |   n |   p(s) |
          | :---- | --: | -----: |
          | 0 0   |   1 | 1.0000 |
          | 0 1   |   2 | 0.5000 |
          | 1 0   |   3 | 0.3333 |
          | 1 1   |     | 0.2500 |
          | a\\|b  |   5 | 0.2000 |

          <!-- harmonium:end -->

        Z is <span><!-- {eval}`a.size:.2f` sum=SUM -->1.00</span>.

        """.replacing("sum=SUM -->\n", with: "sum=\(Self.blockSum) -->\n")
        .replacing("SUM", with: Self.inlineSum))
  }

  private static let blockSum = "43045f0ee788"
  private static let inlineSum = "41e84bf1165b"

  /// Places in messages are those of the file as it is, results included.
  @Test func placesAreThoseOfTheFile() {
    let text = "```{probe} a\n```\n\nE is {eval}`1`, but {eval}`1 +`.\n"
    let sound = text.replacing("1 +", with: "1 + 1")
    let marked = String(
      decoding: InPlaceSamples.updated(Array(sound.utf8)).document.bytes, as: UTF8.self)
    let broken = marked.replacing("1 + 1", with: "1 +")
    let found = InPlaceSamples.report(Array(broken.utf8)).diagnostics
    let lines = broken.split(separator: "\n", omittingEmptySubsequences: false)
    let line = lines.firstIndex { $0.hasPrefix("E is") } ?? 0
    let column = lines[line].utf8.count - ("` sum=ffffffffffff -->2</span>.".utf8.count)
    #expect(found.map(\.id) == ["bad-expression"])
    #expect(found.map(\.place.line) == [line + 1])
    #expect(found.map(\.place.column) == [column + 1])
  }

  @Test func newResultsTakeThePlaceOfOldOnes() {
    let old = InPlaceSamples.updated(Array("```{probe} a\n:value: 2\n```\n\n{eval}`2`\n".utf8))
    let text = String(decoding: old.document.bytes, as: UTF8.self)
    let changed = text.replacing(":value: 2", with: ":value: 3").replacing("`2`", with: "`3`")
    let fresh = InPlaceSamples.updated(Array("```{probe} a\n:value: 3\n```\n\n{eval}`3`\n".utf8))
    #expect(InPlaceSamples.updated(Array(changed.utf8)).document.bytes == fresh.document.bytes)
  }

  @Test func resultsEditedByHandStay() throws {
    let text = "```{probe} a\n:show: sentence\n```\n\nE = {eval}`1/4`.\n"
    let fresh = InPlaceSamples.updated(Array(text.utf8)).document.bytes
    let edited = Array(
      String(decoding: fresh, as: UTF8.self).replacing("over 4", with: "over 5")
        .replacing("0.25<", with: "a quarter<").utf8)
    let kept = InPlaceSamples.updated(edited)
    #expect(kept.document.bytes == edited)
    #expect(kept.diagnostics.map(\.id) == ["edited-output", "edited-output"])
    #expect(kept.diagnostics.allSatisfy { $0.kind == .failure })
    #expect(kept.diagnostics.map(\.place.line) == [1, 11])
    #expect(InPlaceSamples.updated(edited, force: true).document.bytes == fresh)
    #expect(InPlaceSamples.report(edited).notebook.source.bytes == Array(text.utf8))
  }

  @Test(arguments: [
    ("<!-- harmonium:out sum=0123456789ab -->\n\nx\n\n<!-- harmonium:end -->\n", ["1:1"]),
    ("text\n\n<!-- harmonium:out sum=0123456789ab -->\n\nx\n\n<!-- harmonium:end -->\n", ["3:1"]),
    ("```{probe} a\n```\n\n<!-- harmonium:out sum=0123456789ab -->\n\nx\n", ["4:1"]),
    ("```{probe} a\n```\n\nx\n<!-- harmonium:end -->\n", ["5:1"]),
    (
      "```{probe} a\n```\n\nmine\n\n<!-- harmonium:out sum=0123456789ab -->\n\nx\n\n"
        + "<!-- harmonium:end -->\n", ["6:1"]
    ),
  ])
  func markersWithoutACellAreMistakes(text: String, places: [String]) {
    let report = InPlaceSamples.report(Array(text.utf8))
    #expect(report.diagnostics.map(\.id) == places.map { _ in "stray-output" })
    #expect(report.diagnostics.map { "\($0.place.line):\($0.place.column)" } == places)
    #expect(!report.isComplete)
  }

  private static let spans = [
    "E is {claim}`0.5 = 1/2`, and so.\n", "> E is\n> {eval}`4 / 2` twice.\n",
    "E is {claim}`0.4 = 1/2`.\n",
  ]

  /// Whoever wraps a paragraph again turns any blank of it into a line end.
  @Test(arguments: spans) func wrappedParagraphsKeepTheirResults(text: String) throws {
    let marked = InPlaceSamples.updated(Array(text.utf8)).document.bytes
    let start = try #require(marked.firstRange(of: Array("<span>".utf8))).lowerBound
    let end = text.hasPrefix(">") ? "\n> " : "\n"
    var wraps = 0
    for index in marked.indices[start...] where marked[index] == UInt8(ascii: " ") {
      let wrapped = marked[..<index] + Array(end.utf8) + marked[(index + 1)...]
      let report = InPlaceSamples.report(Array(wrapped))
      #expect(!report.diagnostics.contains { $0.kind == .error })
      #expect(report.notebook.stored.map(\.isIntact) == [true])
      let page = InPlaceSamples.updated(Array(wrapped))
      #expect(page.diagnostics.isEmpty)
      #expect(page.document.bytes == Array(wrapped))
      wraps += 1
    }
    #expect(wraps >= 5)
  }

  /// Whatever byte of a result is lost, its role is seen or its loss is told of.
  @Test(arguments: spans) func noRoleVanishes(text: String) throws {
    let marked = InPlaceSamples.updated(Array(text.utf8)).document.bytes
    let start = try #require(marked.firstRange(of: Array("<span>".utf8))).lowerBound
    let end = try #require(marked.firstRange(of: Array("</span>".utf8))).upperBound
    for index in start..<end {
      let damaged = Array(marked[..<index] + marked[(index + 1)...])
      let notebook = Notebook(damaged, file: "n.md", directives: Registry.probes.names)
      let hasRole = notebook.cells.contains { if case .role = $0 { true } else { false } }
      #expect(
        hasRole || !notebook.diagnostics.isEmpty, "\(String(decoding: damaged, as: UTF8.self))")
    }
  }

  @Test(arguments: [
    ("<span>", "", "1:6"), ("</span>", "", "1:6"), (" sum=", " sum=x", "1:6"),
    ("E is", "<div>\nE is", "2:6"), ("{claim}", "{clam}", "1:6"),
  ])
  func damagedSpansAreMistakes(old: String, new: String, place: String) {
    let marked = String(
      decoding: InPlaceSamples.updated(Array(Self.spans[0].utf8)).document.bytes, as: UTF8.self)
    let damaged = marked.replacing(old, with: new)
    let found = InPlaceSamples.report(Array(damaged.utf8)).diagnostics
    #expect(found.map(\.id) == ["stray-output"])
    #expect(found.map { "\($0.place.line):\($0.place.column)" } == [place])
  }

  /// The longest formula leaves a result that is found again.
  @Test func longFormulas() {
    let formula = "1" + String(repeating: " + 1", count: 1020)
    let text = "{eval}`\(formula)`\n"
    let marked = InPlaceSamples.updated(Array(text.utf8)).document.bytes
    let changed = String(decoding: marked, as: UTF8.self).replacing(">1021<", with: ">1022<")
    #expect(InPlaceSamples.updated(Array(changed.utf8)).diagnostics.map(\.id) == ["edited-output"])
    #expect(InPlaceSamples.report(marked).notebook.source.bytes == Array(text.utf8))
  }

  /// Somebody's own comment may have a role in it.
  @Test(arguments: [
    "<!-- {eval}`1` -->\n", "a <!-- Z is {eval}`1` --> b\n", "a <!-- sum=3 --> b\n",
    "`<span><!-- {eval}` and `<!-- x` sum=1`\n", "    <span><!-- {eval}`1` sum=1 -->1\n",
  ])
  func commentsOfOthers(text: String) {
    #expect(InPlaceSamples.report(Array(text.utf8)).diagnostics.isEmpty)
  }

  @Test func whatCannotStandInAComment() {
    let page = InPlaceSamples.updated(Array("a {eval}`1--1` b\n".utf8))
    #expect(page.diagnostics.map(\.id) == ["not-in-place"])
    #expect(page.document.bytes == Array("a {eval}`1--1` b\n".utf8))
  }

  @Test func onlyOneCell() {
    let text = "```{probe} a\n:show: sentence\n```\n\n```{probe} b\n:show: sentence\n```\n"
    let marked = InPlaceSamples.updated(Array(text.utf8)).document.bytes
    let changed = Array(
      String(decoding: marked, as: UTF8.self)
        .replacing(":show: sentence", with: ":show: table").utf8)
    let notebook = Notebook(changed, file: "n.md", directives: Registry.probes.names)
    let report = Run().report(on: Plan(notebook, registry: .probes), only: "b")
    let result = String(
      decoding: InPlaceRenderer().page(report).document.bytes, as: UTF8.self)
    let parts = result.components(separatedBy: "```{probe} b")
    #expect(
      parts[0]
        == String(decoding: changed, as: UTF8.self).components(
          separatedBy: "```{probe} b")[0])
    #expect(parts[1].contains("| state |") && !parts[1].contains("Z = "))
  }
}
