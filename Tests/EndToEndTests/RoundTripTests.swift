import Testing

/// A document without directives comes out byte for byte, whatever it contains.
@Suite struct RoundTripTests {
  /// Whole lines and pieces, in every combination of which a document is made.
  private static let pieces: [[UInt8]] = [
    "# Heading {note}\n", "Setext\n---\n", "text `code` {cite}`Hinton` *em*\n", "\n",
    "\t\ttabs \t \n",
    "- item\n  - nested\n", "1) one\n\n   para\n", "> quotation\n> > deeper\n", "lazy\n",
    "```python\nx = 1\n```\n", "````markdown\n```{figure} m\n```\n````\n", "~~~\n```\n~~~\n",
    "    indented\n    ```{figure} m\n", "<!-- one line -->\n", "<!--\n```{figure} x\n", "-->\n",
    "<div a=\"{eval}`1`\">\n", "</div>\n", "| a | b |\n|---|--:|\n| `x|y` | \\| |\n",
    "```{note} Title\nMyST's own\n```\n", "$$\nx*y*z \\\\ \n$$\n", "[a]: http://x \"t\"\n", "***\n",
    "---\n",
    "a\r\nb\rc\n", "\u{0}NUL\u{0}\n", "\u{FEFF}BOM inside\n", "e\u{301} é 𝛔 \u{2028} \u{85}\n",
    "`` unclosed code span\n", "\\{eval}`1`\n", "`{eval}` and {eval} `1`\n",
    "{}`x` {e v}`x` {-}`x`\n",
    "```\n", "~~~~ text\n", "&amp; &#0; &nope;\n", "trailing  \n", "\u{C}form feed\u{B}\n",
    "* * *\n",
    "+\n", "```{r, echo=FALSE}\n1\n```\n", "```{=html}\n<b>\n```\n",
  ].map { Array($0.utf8) }

  /// A generator with a fixed seed: the same documents on every machine.
  private struct Seeded: RandomNumberGenerator {
    var state: UInt64 = 35
    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return (state ^ state >> 33) &* 0xFF51_AFD7_ED55_8CCD
    }
  }

  private static func documents() -> [[UInt8]] {
    var generator = Seeded()
    var documents: [[UInt8]] = [[]] + pieces
    for first in pieces { for second in pieces { documents.append(first + second) } }
    for round in 0..<600 {
      var document: [UInt8] = round % 7 == 0 ? [0xEF, 0xBB, 0xBF] : []
      for _ in 0..<Int.random(in: 3...12, using: &generator) {
        document += pieces.randomElement(using: &generator) ?? []
      }
      if round % 3 == 1 { document = document.flatMap { $0 == 10 ? [13, 10] : [$0] } }
      if round % 3 == 2 { document = document.map { $0 == 10 ? 13 : $0 } }
      if round % 2 == 1 { document.removeLast() }
      documents.append(document)
    }
    return documents
  }

  /// One call renders all of them: starting the command 2000 times would only be slower.
  @Test func everyDocumentComesOutAsItWas() throws {
    let folder = try ScratchFolder()
    let documents = Self.documents()
    for (number, document) in documents.enumerated() {
      try folder.write(document, to: "in/\(number).md")
    }
    let result = try folder.run("render", "in", "-o", "out")
    #expect(result.errors == "")
    #expect(result.exitCode == 0)
    for (number, document) in documents.enumerated() {
      let same = folder.bytes(of: "out/\(number).md") == document
      #expect(same, "\(String(decoding: document, as: UTF8.self).debugDescription)")
    }
  }

  /// Around a directive, too, every byte of prose stays.
  @Test func proseAroundADirectiveStays() throws {
    let cell = Array("\n\n```{machine} m\n:visible: a\n:echo: false\n\na: 1\n```\n\n".utf8)
    let folder = try ScratchFolder()
    let open: Set = ["```\n", "~~~~ text\n", "<!--\n```{figure} x\n", "<div a=\"{eval}`1`\">\n"]
    let pieces = Self.pieces.filter { !open.contains(String(decoding: $0, as: UTF8.self)) }
    for (number, piece) in pieces.enumerated() {
      try folder.write(piece + cell + piece, to: "in/\(number).md")
    }
    let result = try folder.run("render", "in", "-o", "out")
    #expect(result.errors == "")
    for (number, piece) in pieces.enumerated() {
      let bytes = try #require(folder.bytes(of: "out/\(number).md"))
      #expect(bytes.starts(with: piece + [10, 10]))
      #expect(bytes.reversed().starts(with: (piece.reversed() + [10, 10])))
      #expect(bytes.count > 2 * piece.count + 100)
    }
  }

  @Test func resultsHaveTheLineEndsOfTheDocument() throws {
    let text =
      "text\n\n- item\n\n  ```{machine} m\n  :visible: a\n\n  a: 1\n  ```\n\nZ = {eval}`Z(m)`\n"
    let folder = try ScratchFolder()
    for (name, end) in [("lf", "\n"), ("crlf", "\r\n"), ("cr", "\r")] {
      try folder.write(text.replacing("\n", with: end), to: "\(name).md")
    }
    let result = try folder.run("render", "lf.md", "crlf.md", "cr.md", "-o", "out")
    #expect(result.exitCode == 0)
    let lines = try #require(folder.text(of: "out/lf.md"))
    #expect(!lines.contains("\r"))
    #expect(folder.text(of: "out/crlf.md") == lines.replacing("\n", with: "\r\n"))
    #expect(folder.text(of: "out/cr.md") == lines.replacing("\n", with: "\r"))
  }
}
