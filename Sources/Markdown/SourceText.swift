/// The bytes of a document and where its lines begin.
///
/// Lines end at LF, CRLF or a lone CR, as in CommonMark. Valid UTF-8 is a precondition of the
/// places it reports, not of its construction.
package struct SourceText: Sendable, Equatable {
  /// The whole document, byte for byte.
  package let bytes: [UInt8]
  /// The offset of the first byte of each line; never empty.
  package let lineStarts: [Int]
  private let characters: CharacterCounts
  /// The file that the document was taken from, if that holds more.
  private var origin: Origin?

  /// A file and the bytes of it that are not part of the document.
  private struct Origin: Equatable {
    var bytes: [UInt8]
    var lineStarts: [Int]
    var characters: CharacterCounts
    /// In order, without overlap.
    var cuts: [Range<Int>]
  }

  /// Cost: one pass over the bytes.
  package init(_ bytes: [UInt8]) {
    self.bytes = bytes
    lineStarts = Self.lineStarts(of: bytes)
    characters = CharacterCounts(bytes)
  }

  /// The bytes without `cuts`, which are in order and do not overlap; places are those of the whole.
  package init(_ bytes: [UInt8], without cuts: [Range<Int>]) {
    guard !cuts.isEmpty else {
      self.init(bytes)
      return
    }
    var kept: [UInt8] = []
    var end = 0
    for cut in cuts {
      kept += bytes[end..<cut.lowerBound]
      end = cut.upperBound
    }
    self.init(kept + bytes[end...])
    origin = Origin(
      bytes: bytes, lineStarts: Self.lineStarts(of: bytes), characters: CharacterCounts(bytes),
      cuts: cuts)
  }

  /// The file's bytes: those of the document and what was cut out of it.
  package var original: [UInt8] { origin?.bytes ?? bytes }

  /// Where a byte of the file stands in the document; nil if it was cut out.
  package func cleanOffset(of offset: Int) -> Int? {
    guard let origin else { return offset }
    var removed = 0
    for cut in origin.cuts {
      if offset < cut.lowerBound { break }
      if offset < cut.upperBound { return nil }
      removed += cut.count
    }
    return offset - removed
  }

  /// Where a byte of the document stands in the file.
  private func originalOffset(of offset: Int) -> Int {
    var result = offset
    for cut in origin?.cuts ?? [] {
      if cut.lowerBound > result { break }
      result += cut.count
    }
    return result
  }

  private static func lineStarts(of bytes: [UInt8]) -> [Int] {
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
    return starts
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
  package func lineNumber(at offset: Int) -> Int { Self.lineNumber(at: offset, lineStarts) }

  private static func lineNumber(at offset: Int, _ lineStarts: [Int]) -> Int {
    var low = 0
    var high = lineStarts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle }
    }
    return low
  }

  /// The place of a byte as editors count it: line and column from 1, columns in characters. It is
  /// that in the file, also if something was cut out of it. Cost: logarithmic, whatever the length of
  /// the line.
  package func place(at offset: Int) -> (line: Int, column: Int) {
    let bytes = original
    let lineStarts = origin?.lineStarts ?? lineStarts
    let offset = originalOffset(of: offset)
    let line = Self.lineNumber(at: offset, lineStarts)
    let start = lineStarts[line] == 0 && hasByteOrderMark ? min(3, offset) : lineStarts[line]
    let end = max(start, min(offset, bytes.count))
    let characters = origin?.characters ?? characters
    return (
      line + 1, characters.count(before: end, bytes) - characters.count(before: start, bytes) + 1
    )
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
