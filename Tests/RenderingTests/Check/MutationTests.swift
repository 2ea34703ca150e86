import Foundation
import Notebooks
import Testing

@testable import Rendering

/// Each digit of a stored page is flipped in turn: every flip is told once, at its row and column.
@Suite struct MutationTests {
  private struct Flip {
    let stored: [UInt8]
    let line: Int
    let column: Int
    let row: Int?
    let heading: String?
  }

  /// Flips the digit at `offset` and says where it stands, by reading the page line by line.
  private func flip(_ bytes: [UInt8], at offset: Int) -> Flip {
    var stored = bytes
    stored[offset] = bytes[offset] == UInt8(ascii: "9") ? UInt8(ascii: "0") : bytes[offset] + 1
    let before = bytes[..<offset].split(
      separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    let lines = String(decoding: bytes, as: UTF8.self).split(
      separator: "\n", omittingEmptySubsequences: false)
    let line = before.count
    let head = String(decoding: before[line - 1], as: UTF8.self)
    var fence: String?
    var tableStart: Int?
    for number in 0..<line {
      let text = lines[number]
      let run = String(text.prefix { $0 == "`" })
      if let open = fence {
        if text == open { fence = nil }
      } else if run.count >= 3 {
        fence = run
      }
      if fence != nil || !text.hasPrefix("|") {
        tableStart = nil
      } else {
        tableStart = tableStart ?? number
      }
    }
    var heading: String?
    if let tableStart {
      let cell =
        head.replacing("\\|", with: "").split(
          separator: "|", omittingEmptySubsequences: false
        ).count - 2
      heading = lines[tableStart].split(separator: "|")[cell].trimmingCharacters(in: .whitespaces)
    }
    return Flip(
      stored: stored, line: line, column: head.unicodeScalars.count + 1,
      row: tableStart.map { line - 1 == $0 ? 0 : line - $0 - 2 }, heading: heading)
  }

  private func check(_ document: RenderedDocument, _ offsets: [Int], _ name: String) {
    for offset in offsets {
      let flip = flip(document.bytes, at: offset)
      let found = document.staleness(against: flip.stored, at: "o", of: "n")
        .flatMap(\.differences)
      #expect(found.count == 1, "\(name) \(flip.line):\(flip.column): \(found)")
      guard let one = found.first else { continue }
      let here: Comment = "\(name) \(flip.line):\(flip.column): \(one)"
      #expect(one.output.line == flip.line, here)
      let end = one.output.column + (one.stored?.unicodeScalars.count ?? 0)
      #expect((one.output.column...end).contains(flip.column), here)
      if flip.row == nil || flip.row ?? 0 > 0 { #expect(one.row == flip.row, here) }
      #expect(one.column == flip.heading || flip.row == 0, here)
    }
  }

  private func digits(_ bytes: [UInt8]) -> [Int] {
    bytes.indices.filter { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[$0]) }
  }

  @Test func everyDigitOfAPageWithOneOfEverything() {
    let page = Pages.rendered("# A 1\n\n- item 2\n\n```{probe} a\n```\n\nEnd {eval}`1/3`.\n")
    let digits = digits(page.bytes)
    #expect(digits.count > 100)
    check(page, digits, "probe")
  }

  /// Some digits of each page that is committed, spread over its length.
  @Test func digitsOfTheCommittedPages() throws {
    var root = URL(fileURLWithPath: #filePath)
    for _ in 0..<4 { root.deleteLastPathComponent() }
    let folder = root.appendingPathComponent("output")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".md") }.sorted()
    #expect(names.count >= 20)
    for name in names {
      let bytes = Array(try Data(contentsOf: folder.appendingPathComponent(name)))
      let prose = RenderedDocument.Part(
        start: 0, label: "prose", place: Place(file: "n", line: 1), content: .prose)
      let digits = digits(bytes)
      let sample = stride(from: 3, to: digits.count, by: max(1, digits.count / 12)).map {
        digits[$0]
      }
      check(RenderedDocument(bytes: bytes, parts: [prose]), sample, name)
    }
  }
}
