import Notebooks
import Rendering
import Testing

/// Flipping any digit of a stored output makes it stale, and the cell that the digit lies in is
/// named.
@Suite struct MutationTests {
  private static let cells: [(label: String, text: String)] = [
    (
      "{machine} m", "```{machine} m\n:visible: a b\n:hidden: h\n\na -- h: 1.5\nb -- h: -0.5\n```\n"
    ),
    ("{energy-table} m", "```{energy-table} m\n```\n"),
    ("{eval} Z(m)", "{eval}`Z(m)`"),
    ("{derive} m", "```{derive} m\n:unit: a\n:state: b=1 h=0\n```\n"),
    ("{claim} 2 = 1 + 1", "{claim}`2 = 1 + 1`"),
    ("{sample} m", "```{sample} m\n:chains: 50\n```\n"),
    ("{logistic-plot}", "```{logistic-plot}\n```\n"),
    ("{eval} 100 * p(m, a=1)", "{eval}`100 * p(m, a=1)`"),
  ]

  /// The digits of the document with the label of the cell that each lies in: prose marks where
  /// cells begin and end, whatever the renderer thinks.
  private func digits(of document: RenderedDocument) -> [(offset: Int, label: String)] {
    var digits: [(Int, String)] = []
    var label = "prose"
    for (offset, byte) in document.bytes.enumerated() {
      if byte == UInt8(ascii: "<"), document.bytes[offset + 1] == UInt8(ascii: "!") {
        let name = document.bytes[(offset + 5)...].prefix { $0 != UInt8(ascii: " ") }
        label = Int(String(decoding: name, as: UTF8.self)).map { Self.cells[$0].label } ?? "prose"
      }
      let isMark = document.bytes[..<offset].suffix(5).elementsEqual("<!-- ".utf8)
      if (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte), !isMark {
        digits.append((offset, label))
      }
    }
    return digits
  }

  @Test func everyFlippedDigitIsFound() {
    var text = "# Page 7 of 9\n\n"
    for (number, cell) in Self.cells.enumerated() {
      let isInline = cell.text.hasPrefix("{")
      text +=
        isInline
        ? "Line 5 <!-- \(number) -->\(cell.text)<!-- end --> and 6 more.\n\n"
        : "<!-- \(number) -->\n\n\(cell.text)\n<!-- end -->\n\n"
    }
    let page = Page(text)
    #expect(page.marks == [])
    let document = MarkdownRenderer().render(page.report)
    let digits = digits(of: document)
    #expect(Set(digits.map(\.label)) == Set(Self.cells.map(\.label) + ["prose"]))
    let stride = max(1, digits.count / 150)
    for index in Swift.stride(from: 0, to: digits.count, by: stride) {
      let (offset, label) = digits[index]
      var stored = document.bytes
      stored[offset] = stored[offset] == UInt8(ascii: "9") ? UInt8(ascii: "0") : stored[offset] + 1
      let found = document.staleness(against: stored, at: "o.md", of: "n.md")
      #expect(ExitCode(found).rawValue == 3)
      #expect(found.flatMap(\.differences).count == 1, "\(offset): \(found)")
      let said = label == "prose" ? "does not have this prose" : "is not what \(label) gives today"
      #expect(
        found.first?.message
          == "o.md \(said)\(label == "prose" ? " as it stands here" : ""): one difference")
    }
  }
}
