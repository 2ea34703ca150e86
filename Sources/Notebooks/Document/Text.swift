/// A piece of the notebook, nearly always of one line, and where it stands.
package struct Text: Hashable, Sendable {
  package var string: String
  package var place: Place

  package init(_ string: String, at place: Place) {
    self.string = string
    self.place = place
  }

  package var isEmpty: Bool { string.isEmpty }

  /// The piece in `range` of `string`.
  package func slice(_ range: Range<String.Index>) -> Text {
    Text(String(string[range]), at: place.advanced(over: string[..<range.lowerBound]))
  }

  /// Without the blanks at both ends.
  package var trimmed: Text {
    guard let first = string.firstIndex(where: { !$0.isBlank }),
      let last = string.lastIndex(where: { !$0.isBlank })
    else { return Text("", at: place) }
    return slice(first..<string.index(after: last))
  }

  /// The pieces between characters for which `isSeparator` holds; empty pieces are left out unless
  /// `keepEmpty`.
  package func split(
    keepEmpty: Bool = false, maxSplits: Int = .max, where isSeparator: (Character) -> Bool
  ) -> [Text] {
    var pieces: [Text] = []
    var end = string.startIndex
    var place = place
    for piece in string.split(
      maxSplits: maxSplits, omittingEmptySubsequences: !keepEmpty, whereSeparator: isSeparator)
    {
      place = place.advanced(over: string[end..<piece.startIndex])
      end = piece.startIndex
      pieces.append(Text(String(piece), at: place))
    }
    return pieces
  }

  /// The words between blanks and commas.
  package var words: [Text] { split { $0.isBlank || $0 == "," } }

  /// What stands before and after the first `separator`, trimmed; nil if there is none.
  package func cut(at separator: Character) -> (head: Text, tail: Text)? {
    guard let index = string.firstIndex(of: separator) else { return nil }
    let head = slice(string.startIndex..<index)
    let tail = slice(string.index(after: index)..<string.endIndex)
    return (head.trimmed, tail.trimmed)
  }
}

extension Place {
  func advanced(by columns: Int) -> Place {
    var result = self
    result.column += columns
    return result
  }

  /// The place after `text`.
  func advanced(over text: Substring) -> Place {
    guard let end = text.lastIndex(where: \.isLineEnd) else {
      return advanced(by: text.unicodeScalars.count)
    }
    var result = self
    result.line += text.count { $0.isLineEnd }
    result.column = 1 + text[text.index(after: end)...].unicodeScalars.count
    return result
  }
}

extension Character {
  /// A blank, a tab, or the end of a line inside a formula.
  var isBlank: Bool { self == " " || self == "\t" || isLineEnd }

  var isLineEnd: Bool { self == "\n" || self == "\r\n" || self == "\r" }
}

extension String {
  /// Whether the text can name a cell, a model or a result: a letter, then letters, digits,
  /// `-` and `_`.
  package var isName: Bool {
    guard let first = utf8.first, first.isASCIILetter else { return false }
    return utf8.allSatisfy {
      $0.isASCIILetter || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
        || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_")
    }
  }

  /// The text in backquotes, as names and typed text are shown in messages.
  package var quoted: String { "`\(self)`" }
}

extension UInt8 {
  fileprivate var isASCIILetter: Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20)
  }
}
