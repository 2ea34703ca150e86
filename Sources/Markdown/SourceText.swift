/// The bytes of a document and where its lines begin.
///
/// Lines end at LF, CRLF or a lone CR, as in CommonMark. Valid UTF-8 is a precondition of the
/// places it reports, not of its construction.
package struct SourceText: Sendable, Equatable {
  /// The whole document, byte for byte.
  package let bytes: [UInt8]
  /// The offset of the first byte of each line; never empty.
  package let lineStarts: [Int]

  /// Cost: one pass over the bytes.
  package init(_ bytes: [UInt8]) {
    self.bytes = bytes
    var starts = [0]
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      if byte == .carriageReturn, index < bytes.count, bytes[index] == .lineFeed { index += 1 }
      if byte == .lineFeed || byte == .carriageReturn, index < bytes.count {
        starts.append(index)
      }
    }
    lineStarts = starts
  }

  /// A document given as text.
  package init(_ text: String) { self.init(Array(text.utf8)) }

  /// The bytes in `range` as text.
  package subscript(range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  /// The bytes of a line (counted from 0), with or without the characters that end it.
  package func line(_ number: Int, terminated: Bool = false) -> Range<Int> {
    let start = lineStarts[number]
    var end = number + 1 < lineStarts.count ? lineStarts[number + 1] : bytes.count
    if !terminated {
      if end > start, bytes[end - 1] == .lineFeed { end -= 1 }
      if end > start, bytes[end - 1] == .carriageReturn { end -= 1 }
    }
    return start..<end
  }

  /// The line that holds the byte at `offset`, counted from 0. Cost: logarithmic.
  package func lineNumber(at offset: Int) -> Int {
    var low = 0
    var high = lineStarts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle }
    }
    return low
  }

  /// The place of a byte as editors count it: line and column from 1, columns in characters.
  package func place(at offset: Int) -> (line: Int, column: Int) {
    let line = lineNumber(at: offset)
    let start = lineStarts[line] == 0 && hasByteOrderMark ? min(3, offset) : lineStarts[line]
    let before = bytes[start..<max(start, min(offset, bytes.count))]
    // Every byte of UTF-8 that does not continue a character begins one.
    return (line + 1, before.count { $0 & 0xC0 != 0x80 } + 1)
  }

  /// What ends a line in this document: that of its first line, LF if it has only one.
  package var lineEnding: String {
    guard let first = bytes.firstIndex(where: { $0 == .lineFeed || $0 == .carriageReturn }) else {
      return "\n"
    }
    if bytes[first] == .lineFeed { return "\n" }
    return first + 1 < bytes.count && bytes[first + 1] == .lineFeed ? "\r\n" : "\r"
  }

  /// Whether the document begins with U+FEFF.
  package var hasByteOrderMark: Bool { bytes.starts(with: [0xEF, 0xBB, 0xBF]) }
}

extension UInt8 {
  static let lineFeed = UInt8(ascii: "\n")
  static let carriageReturn = UInt8(ascii: "\r")
  static let backtick = UInt8(ascii: "`")
  static let tilde = UInt8(ascii: "~")
  static let backslash = UInt8(ascii: "\\")

  var isBlank: Bool { self == UInt8(ascii: " ") || self == UInt8(ascii: "\t") }
  var isLineEnd: Bool { self == .lineFeed || self == .carriageReturn }
}
