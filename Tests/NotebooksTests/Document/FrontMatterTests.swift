import Testing

@testable import Notebooks

@Suite struct FrontMatterTests {
  @Test func allKeys() {
    let notebook = Notebook(
      "---\ntitle: A machine\nharmonium:\n  seed: 18446744073709551615\n  echo: false\n"
        + "  passthrough: [a, b]\nother: {x: [1]}\n---\ntext\n")
    #expect(notebook.diagnostics.isEmpty)
    #expect(notebook.frontMatter.title == "A machine")
    #expect(notebook.frontMatter.seed == .max)
    #expect(!notebook.frontMatter.echo)
    #expect(notebook.frontMatter.passthrough == ["a", "b"])
    #expect(notebook.frontMatter.end == notebook.source.bytes.count - 5)
  }

  @Test func defaults() {
    for text in ["", "text", "---\ntitle: x\n---\n", "---\n---\n"] {
      let matter = Notebook(text).frontMatter
      #expect(matter.seed == 0 && matter.echo && matter.passthrough.isEmpty)
    }
  }

  @Test(arguments: ["\n", "\r\n"]) func lineEndsAndByteOrderMark(end: String) {
    let text = ["---", "harmonium:", "  seed: 7", "---", ""].joined(separator: end)
    #expect(Notebook(text).frontMatter.seed == 7)
    #expect(Notebook("\u{FEFF}" + text).frontMatter.seed == 7)
    #expect(Notebook(text.replacing("---\(end)h", with: "--- \(end)h")).frontMatter.seed == 7)
    #expect(Notebook("\(end)\(text)").frontMatter.seed == 0)
  }

  @Test func directivesInsideAreNotRead() {
    #expect(Notebook("---\nx: |\n  ```{probe} a\n  ```\n---\n").cells.count == 1)
  }

  /// What begins with a rule and is no mapping is a document, whatever stands in it.
  @Test(arguments: [
    "---\nSome prose.\n---\n", "---\n[unclosed\n---\n", "---\n- a\n- b\n---\n",
    "---\na: b: c\n---\n",
    "---\n```{probe} x\n```\n---\n", "---\n\u{0}\n---\n", "---\nx: 1\nx: 2\n---\n",
  ])
  func rulesAreNotFrontMatter(text: String) {
    let notebook = Notebook(text)
    #expect(notebook.diagnostics.isEmpty)
    #expect(notebook.frontMatter.end == 0)
  }

  @Test(arguments: [
    ("seed: -1", "3:9 front-matter"), ("seed: 1.5", "3:9 front-matter"),
    ("seed: 18446744073709551616", "3:9 front-matter"), ("seed: [1]", "3:9 front-matter"),
    ("seed:", "3:8 front-matter"), ("echo: 3", "3:9 front-matter"),
    ("passthrough: {a: 1}", "3:16 front-matter"), ("passthrough: [[a]]", "3:16 front-matter"),
    ("sed: 1", "3:3 unknown-key"), ("1: 1", "3:3 unknown-key"), ("[", "5:1 front-matter"),
    ("a: b: c", "3:7 front-matter"),
  ])
  func mistakes(line: String, mark: String) {
    let notebook = Notebook("---\nharmonium:\n  \(line)\n\n---\n")
    #expect(notebook.diagnostics.marks == [mark])
    #expect(notebook.diagnostics.first?.hint != "")
  }

  @Test func allMistakesAreReported() {
    let notebook = Notebook("---\nharmonium:\n  seed: a\n  echo: b\n  sed: 1\n---\n")
    #expect(notebook.diagnostics.count == 3)
  }

  @Test func aMisspeltHarmoniumIsAMistake() {
    #expect(Notebook("---\nHarmonim: {seed: 1}\n---\n").diagnostics.marks == ["2:1 unknown-key"])
    #expect(Notebook("---\nharmony: {seed: 1}\n---\n").diagnostics.isEmpty)
    #expect(Notebook("---\nkeywords: {seed: 1}\n---\n").diagnostics.isEmpty)
  }

  /// Thirty levels would be a thousand million values if they were read.
  @Test(arguments: ["x%: &a% [*a^, *a^]", "x%: &a%\n  - *a^\n  - *a^", "x%: !!seq [*a^, *a^]"])
  func aliasesAreRefused(pattern: String) {
    var lines = ["---", "x0: &a0 [x, x]"]
    for level in 1...30 {
      lines.append(
        pattern.replacing("%", with: "\(level)").replacing("^", with: "\(level - 1)"))
    }
    lines += ["harmonium: {seed: 1}", "---", ""]
    let notebook = Notebook(lines.joined(separator: "\n"))
    #expect(notebook.diagnostics.marks == ["1:1 front-matter"])
  }

  @Test(arguments: ["Salt & Pepper", "a*b", "2 * 3", "'&a'", "R&D", "x &y"])
  func ampersandsInTextAreNoAnchors(title: String) {
    let notebook = Notebook("---\ntitle: \(title)\nharmonium: {seed: 5}\n---\n")
    #expect(notebook.diagnostics.isEmpty)
    #expect(notebook.frontMatter.seed == 5)
  }

  @Test func longFrontMatterIsRefused() {
    let text = "---\nharmonium:\n  seed: 1\nx: \(String(repeating: "y", count: 70_000))\n---\n"
    #expect(Notebook(text).diagnostics.marks == ["1:1 front-matter"])
  }

  @Test func deepNestingIsNoCrash() {
    let deep = String(repeating: "[", count: 30_000)
    #expect(Notebook("---\nharmonium: \(deep)\n---\n").diagnostics.marks.count == 1)
    let closed = deep + String(repeating: "]", count: 30_000)
    #expect(Notebook("---\nx: \(closed)\n---\n").cells.count == 1)
  }
}
