import Testing

@testable import Rendering

@Suite struct PageTokenTests {
  private func tokens(_ text: String) -> [String] {
    let bytes = Array(text.utf8)
    return PageToken.tokens(of: bytes[...]).map { token in
      let piece = String(decoding: bytes[token.range], as: UTF8.self)
      return token.kind == .number ? "#\(piece)" : piece
    }
  }

  @Test(arguments: [
    ("", []), ("v1 = 0.5", ["v1", " ", "=", " ", "#0.5"]), ("-1", ["#-1"]),
    ("a-1", ["a", "-", "#1"]), ("3-1", ["#3", "-", "#1"]), ("(2)-1", ["(", "#2", ")", "-", "#1"]),
    ("1e-5", ["#1e-5"]), ("1e5x", ["#1", "e5x"]), ("2.5.", ["#2.5", "."]), (".5", ["#.5"]),
    ("####", ["####"]), ("= -0.3", ["=", " ", "#-0.3"]), ("x² 4", ["x²", " ", "#4"]),
    ("1 2", ["#1", " ", "#2"]), ("e-5", ["e", "-", "#5"]), ("1.e", ["#1", ".", "e"]),
  ])
  func kinds(text: String, expected: [String]) { #expect(tokens(text) == expected) }

  @Test(arguments: [
    ("| a | b |", ["a", "b"]), ("> |a\\|b|  c d |", ["a\\|b", "c d"]), ("  | 1 |  ", ["1"]),
    ("- | 1 |", ["1"]),
  ])
  func cells(line: String, expected: [String]) {
    let page = PageLine.all(of: Array(line.utf8))[0]
    #expect(page.cells?.map(page.text) == expected)
  }

  @Test(arguments: ["", "|", "| a", "a | b |", "```", "text"])
  func linesWithoutCells(line: String) {
    #expect(PageLine.all(of: Array("\(line)\n".utf8))[0].cells == nil)
  }

  @Test func codeHasNoCells() {
    let text = "```text\n| a |\n```\n| b |\n1. ~~~~\n   | c |\n   ~~~~\n| d |\n"
    let lines = PageLine.all(of: Array(text.utf8))
    #expect(
      lines.map { $0.cells != nil } == [false, false, false, true, false, false, false, true])
  }
}
