/// A line of a rendered page, read so that it can be compared cell by cell and number by number.
struct PageLine {
  /// From 1.
  let number: Int
  /// The bytes of the line without what ends it.
  let content: ArraySlice<UInt8>
  /// The line with what ends it.
  let whole: ArraySlice<UInt8>
  /// The cells of a table's row without the blanks around them; nil for every other line.
  let cells: [Range<Int>]?
  /// Whether the line stands inside a code block.
  let isCode: Bool
  /// What the line says, without the blanks that only align a table: lines that agree in it say the
  /// same thing.
  let canonical: [UInt8]

  /// The lines of a page.
  static func all(of bytes: [UInt8]) -> [PageLine] {
    var lines: [PageLine] = []
    var rest = bytes[...]
    var fence: ArraySlice<UInt8>?
    while !rest.isEmpty {
      let end = rest.firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? rest.endIndex
      let line = PageLine(number: lines.count + 1, whole: rest[..<end], isCode: fence != nil)
      lines.append(line)
      let mark = line.fence
      if let open = fence {
        if mark.starts(with: open), line.content.suffix(mark.count) == mark { fence = nil }
      } else if mark.count >= 3 {
        fence = mark
      }
      rest = rest[end...]
    }
    return lines
  }

  private init(number: Int, whole: ArraySlice<UInt8>, isCode: Bool) {
    (self.number, self.whole, self.isCode) = (number, whole, isCode)
    var content = whole
    if content.last == UInt8(ascii: "\n") { content.removeLast() }
    if content.last == UInt8(ascii: "\r") { content.removeLast() }
    self.content = content
    let cells = isCode ? nil : Self.cells(of: content)
    self.cells = cells
    guard let cells else {
      canonical = Array(content)
      return
    }
    canonical = cells.flatMap { (Self.isRule(content[$0]) ? [0x2D] : Array(content[$0])) + [0x7C] }
  }

  /// Whether the line is the one below a table's heading.
  var isRule: Bool { cells?.allSatisfy { Self.isRule(content[$0]) } ?? false }

  private static func isRule(_ cell: ArraySlice<UInt8>) -> Bool {
    cell.count >= 3 && cell.allSatisfy { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ":") }
  }

  /// Without quotation marks, list marks and blanks.
  private static func text(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var text = line.drop { $0.isBlank || $0 == UInt8(ascii: ">") }
    if let first = text.first, "-+*".utf8.contains(first), text.dropFirst().first?.isBlank == true {
      text = text.dropFirst().drop(while: \.isBlank)
    } else {
      let digits = text.prefix(while: \.isDigit)
      let after = text[digits.endIndex...]
      if !digits.isEmpty, let mark = after.first, ".)".utf8.contains(mark),
        after.dropFirst().first?.isBlank == true
      {
        text = after.dropFirst().drop(while: \.isBlank)
      }
    }
    return text
  }

  /// The run of backticks or tildes that the line begins with.
  private var fence: ArraySlice<UInt8> {
    let text = Self.text(content)
    guard let mark = text.first, "`~".utf8.contains(mark) else { return [] }
    return text.prefix { $0 == mark }
  }

  private static func cells(of line: ArraySlice<UInt8>) -> [Range<Int>]? {
    let bar = UInt8(ascii: "|")
    let text = Self.text(line)
    guard text.first == bar, let last = text.last(where: { !$0.isBlank }), last == bar,
      let end = text.lastIndex(of: bar), end > text.startIndex
    else { return nil }
    var cells: [Range<Int>] = []
    var start = text.startIndex + 1
    for index in start...end where text[index] == bar && text[index - 1] != UInt8(ascii: "\\") {
      var cell = text[start..<index].drop(while: \.isBlank)
      while cell.last?.isBlank == true { cell.removeLast() }
      cells.append(cell.startIndex..<cell.endIndex)
      start = index + 1
    }
    return cells
  }
}

extension PageLine {
  /// The line with a mark in place of each number and each run of digits or blanks: lines that agree
  /// in it differ at most in their numbers.
  var skeleton: [UInt8] {
    let parts = cells ?? [content.indices]
    return parts.flatMap { part -> [UInt8] in
      PageToken.tokens(of: content[part]).flatMap { token -> [UInt8] in
        switch token.kind {
        case .number: [UInt8(ascii: "#")]
        case .blank: [UInt8(ascii: " ")]
        case .mark: [content[token.range.lowerBound]]
        case .word: content[token.range].map { $0.isDigit ? UInt8(ascii: "#") : $0 }
        }
      } + [0x7C]
    }
  }

  /// The text with what nobody could see: CR, a missing final newline.
  var visible: String { Self.visible(whole) }

  static func visible(_ whole: ArraySlice<UInt8>) -> String {
    let isEnded = whole.last == UInt8(ascii: "\n")
    var text = isEnded ? whole.dropLast() : whole
    let hasReturn = text.last == UInt8(ascii: "\r")
    if hasReturn { text.removeLast() }
    return String(decoding: text, as: UTF8.self) + (hasReturn ? "\\r" : "")
      + (isEnded ? "" : " (no newline at the end)")
  }

  /// The column, from 1 and in characters, of the byte at `offset`.
  func column(of offset: Int) -> Int {
    content[..<min(max(offset, content.startIndex), content.endIndex)]
      .count { $0 & 0xC0 != 0x80 } + 1
  }

  func text(_ range: Range<Int>) -> String { String(decoding: content[range], as: UTF8.self) }
}
