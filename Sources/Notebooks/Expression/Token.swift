internal import Numerals

/// A word of the expression language.
struct Token: Sendable {
  enum Kind: Equatable, Sendable {
    case number(Double)
    case name
    case symbol(Character)
  }
  var kind: Kind
  var text: Text

  /// The most characters that a formula may have.
  static let lengthLimit = 4096

  static func tokens(of text: Text) throws(Diagnostic) -> [Token] {
    guard text.string.utf8.count <= lengthLimit else {
      throw Diagnostic(
        "bad-expression", at: text.place, "the formula has more than \(lengthLimit) characters")
    }
    var tokens: [Token] = []
    let string = text.string
    var index = string.startIndex
    while index < string.endIndex {
      let character = string[index]
      let start = index
      if character.isWhitespace {
        index = string.index(after: index)
        continue
      }
      if character.isASCII, character.isNumber || character == "." && digit(after: index, string) {
        index = endOfNumber(from: index, in: string)
        let piece = text.slice(start..<index)
        guard let value = Numeral(parsing: piece.string)?.value, value.isFinite else {
          throw Diagnostic(
            "not-a-number", at: piece.place, "\(piece.string.quoted) is not a number")
        }
        tokens.append(Token(kind: .number(value), text: piece))
      } else if character.isASCII, character.isLetter {
        index = endOfName(from: index, in: string)
        tokens.append(Token(kind: .name, text: text.slice(start..<index)))
      } else {
        index = string.index(after: index)
        let piece = text.slice(start..<index)
        let symbol: Character = character == "\u{2212}" ? "-" : character
        guard "+-*/^(),|=.[]".contains(symbol) else {
          throw Diagnostic(
            "bad-expression", at: piece.place,
            "\(piece.string.quoted) has no meaning in a formula")
        }
        tokens.append(Token(kind: .symbol(symbol), text: piece))
      }
    }
    return tokens
  }

  private static func digit(after index: String.Index, _ string: String) -> Bool {
    let next = string.index(after: index)
    return next < string.endIndex && string[next].isASCII && string[next].isNumber
  }

  private static func endOfNumber(from start: String.Index, in string: String) -> String.Index {
    var index = start
    while index < string.endIndex, string[index].isASCII,
      string[index].isNumber || string[index] == "."
    {
      index = string.index(after: index)
    }
    guard index < string.endIndex, string[index] == "e" || string[index] == "E" else {
      return index
    }
    var power = string.index(after: index)
    if power < string.endIndex, "+-".contains(string[power]) { power = string.index(after: power) }
    guard power < string.endIndex, string[power].isASCII, string[power].isNumber else {
      return index
    }
    while power < string.endIndex, string[power].isASCII, string[power].isNumber {
      power = string.index(after: power)
    }
    return power
  }

  /// A hyphen belongs to a name if a letter follows it at once: `cd-run` is one name.
  private static func endOfName(from start: String.Index, in string: String) -> String.Index {
    var index = start
    while index < string.endIndex {
      let character = string[index]
      let next = string.index(after: index)
      let joins =
        character == "-" && next < string.endIndex && string[next].isASCII && string[next].isLetter
      guard character.isASCII, character.isLetter || character.isNumber || character == "_" || joins
      else { break }
      index = next
    }
    return index
  }
}
