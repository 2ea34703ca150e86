import Markdown
import Testing

@Suite struct BlockScannerTests {
  /// What the scanner saw, one line a block, for comparing in one glance.
  private func dump(_ text: String) -> [String] {
    let source = SourceText(text)
    return source.blocks().map { block in
      switch block {
      case .fence(let fence):
        let body = fence.body.map { source[$0] }.joined(separator: "|")
        return "fence [\(source[fence.info])] <\(body)>\(fence.isClosed ? "" : " open")"
      case .role(let role):
        return "role \(source[role.name]) <\(source[role.content])>"
      }
    }
  }

  @Test func fenceWithInfoAndBody() {
    #expect(dump("a\n\n```{machine} m\n:x: 1\n\nb\n```\n") == ["fence [{machine} m] <:x: 1||b>"])
  }

  @Test(arguments: ["\n", "\r\n", "\r"])
  func lineEndings(end: String) {
    let text = ["p", "", "~~~~{a}", "x", "```", "~~~~", "q"].joined(separator: end)
    #expect(dump(text) == ["fence [{a}] <x|```>"])
  }

  @Test func byteOrderMark() {
    #expect(dump("\u{FEFF}```{a}\nx\n```") == ["fence [{a}] <x>"])
  }

  @Test func unclosedFences() {
    #expect(dump("```{a}\nx\n") == ["fence [{a}] <x> open"])
    #expect(dump("```{a}") == ["fence [{a}] <> open"])
    #expect(dump("````{a}\n```\n") == ["fence [{a}] <```> open"])
    #expect(dump("> ```{a}\n> x\n\ntext\n") == ["fence [{a}] <x> open"])
  }

  /// What ends the list item or quotation begins a block of its own, and closes nothing.
  @Test(arguments: [
    "1. ```{a}\n   x\n  ```\n\ny `code`\n", "> ```{a}\n> x\n```\ny\n",
    "> > ```{a}\n> > x\n> ```\ny\n", "- > ```{a}\n  > x\n  ```\n  y\n",
  ])
  func fencesOutsideTheirContainer(text: String) {
    let found = dump(text)
    #expect(found.count == 2)
    #expect(found.first == "fence [{a}] <x> open")
    #expect(found.last?.hasPrefix("fence [] <") == true)
  }

  @Test func insideListsAndQuotations() {
    let source = SourceText(
      "- item\n\n  ```{a} b\n  x\n    y\n  ```\n\n> > ```{c}\n> > z\n> > ```\n")
    #expect(
      dump(source[0..<source.bytes.count]) == ["fence [{a} b] <x|  y>", "fence [{c}] <z>"])
    let continuations = source.blocks().compactMap { block in
      if case .fence(let fence) = block { fence.continuation } else { nil }
    }
    #expect(continuations == ["  ", "> > "])
  }

  @Test func fenceOnTheLineOfAListMarker() {
    let source = SourceText("1. ```{a}\n   x\n   ```\n")
    #expect(dump(source[0..<source.bytes.count]) == ["fence [{a}] <x>"])
  }

  @Test func aFenceShownInsideALongerFenceIsProse() {
    #expect(dump("````markdown\n```{a}\n```\n````\n") == ["fence [markdown] <```{a}|```>"])
  }

  @Test func indentedCodeIsNoFence() {
    #expect(dump("text\n\n    ```{a}\n    ```\n") == [])
  }

  @Test func roles() {
    #expect(
      dump("Z is {eval}`Z(m)`, `{eval}` and {claim}``1 = `x` ``.")
        == ["role eval <Z(m)>", "role claim <1 = `x` >"])
  }

  @Test func rolesInHeadingsListsTablesLinks() {
    #expect(
      dump("# A {eval}`1`\n\n- [x {eval}`2`](u)\n\n| {eval}`3` |\n") == [
        "role eval <1>", "role eval <2>", "role eval <3>",
      ])
  }

  @Test func notRoles() {
    #expect(dump("`` {eval}`x` `` and \\{eval}`x` and {}`x` and eval}`x` and {e v}`x`") == [])
    #expect(dump("<a title=\"{eval}`x`\">") == [])
  }

  @Test func roleOverTwoLinesInAQuotation() {
    #expect(dump("> a {eval}`1 +\n> 2` b") == ["role eval <1 +\n> 2>"])
  }

  /// Whether the `x` of the text stands in a table.
  @Test(arguments: [
    ("| x |\n|---|\n", true), ("| a |\n|---|\n| b |\n| x |\n", true),
    ("a | x\n:-- | --:\n", true), ("> | a |\n> |---|\n> | x |\n", true),
    ("- | a |\n  | - |\n  | x |\n", true), ("| a |\n|---|\n\nx\n", false), ("| x |\n", false),
    ("x\n---\n", false), ("> | a |\n> |---|\n>\n> x\n", false),
  ])
  func tables(text: String, isInTable: Bool) throws {
    let source = SourceText(text)
    let offset = try #require(source.bytes.firstIndex(of: UInt8(ascii: "x")))
    #expect(source.isInTable(offset) == isInTable)
  }

  @Test func scanningFromALaterLine() {
    let text = "---\n```{x}\n---\n```{a}\n```\n"
    let source = SourceText(text)
    let start = source.lineStarts[3]
    let ranges = source.blocks(from: start).map(\.range)
    #expect(ranges == [start..<(text.utf8.count - 1)])
  }
}

@Suite struct SourceTextTests {
  @Test func placesCountCharactersFromOne() {
    let source = SourceText("é=x\r\ny")
    #expect(source.place(at: 3) == (1, 3))
    #expect(source.place(at: 6) == (2, 1))
    #expect(SourceText("\u{FEFF}ab").place(at: 4) == (1, 2))
    #expect(SourceText("").place(at: 0) == (1, 1))
  }

  @Test func lineRanges() {
    let source = SourceText("a\r\nb\n")
    #expect(source[source.line(0)] == "a")
    #expect(source[source.line(0, terminated: true)] == "a\r\n")
    #expect(source.lineStarts == [0, 3])
    #expect(source.lineEnding == "\r\n")
  }
}

@Suite struct PlaceTests {
  /// Columns on a long line count characters, wherever the blocks of the count lie.
  @Test func longLines() {
    let line = String(repeating: "aé\u{20AC}\u{1F600}", count: 700)
    let source = SourceText("\u{FEFF}x\n\(line)\n\(line)")
    let start = source.lineStarts[1]
    for offset in stride(from: start, through: source.bytes.count, by: 37) {
      let number = source.lineNumber(at: offset)
      let before = source.bytes[source.lineStarts[number]..<offset]
      let (found, column) = source.place(at: offset)
      #expect(found == number + 1)
      #expect(column == before.count { $0 & 0xC0 != 0x80 } + 1)
    }
    #expect(source.place(at: 3).column == 1)
    #expect(SourceText("").place(at: 0).column == 1)
  }
}
