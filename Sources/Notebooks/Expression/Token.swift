internal import Numerals

/// A word of the expression language.
struct Token: Sendable {
  enum Kind: Equatable, Sendable {
    case number(Double)
    /// In quotation marks, without them.
    case text(String)
    case name
    case symbol(String)
  }
  var kind: Kind
  var text: Text

  /// The most characters that a formula may have.
  static let lengthLimit = 4096

  /// The words of a formula in order; throws at the first that is none.
  static func tokens(of text: Text) throws(Diagnostic) -> [Token] {
    guard text.string.utf8.count <= lengthLimit else {
      throw Diagnostic(
        "bad-expression", at: text.place, "the formula has more than \(lengthLimit) characters")
    }
    var reader = TokenReader(text)
    var tokens: [Token] = []
    while let token = try reader.next() { tokens.append(token) }
    return tokens
  }
}

/// Goes through a formula once, from left to right.
private struct TokenReader {
  private let string: String
  private var index: String.Index
  /// Where `index` is.
  private var place: Place

  init(_ text: Text) {
    (string, place) = (text.string, text.place)
    index = string.startIndex
  }

  private static let symbols = ["+", "-", "*", "/", "^", "(", ")", ",", "|", ".", "[", "]"]

  mutating func next() throws(Diagnostic) -> Token? {
    while index < string.endIndex, string[index].isWhitespace {
      _ = take(to: string.index(after: index))
    }
    guard index < string.endIndex else { return nil }
    let character = string[index]
    let after = string.index(after: index)
    if character.isDigit || character == "." && isDigit(at: after) {
      let piece = take(to: endOfNumber())
      guard let value = Numeral(parsing: piece.string)?.value, value.isFinite else {
        throw Diagnostic(
          "not-a-number", at: piece.place, "\(piece.string.quoted) is not a number")
      }
      return Token(kind: .number(value), text: piece)
    }
    if character.isASCII, character.isLetter {
      return Token(kind: .name, text: take(to: endOfName()))
    }
    if character == "\"" { return try quotation() }
    if "<>=!".contains(character) { return try relation() }
    // What ends no cell of a table, of which the backslash is no part.
    if string[index...].hasPrefix("\\|") {
      return Token(kind: .symbol("|"), text: take(to: string.index(after: after)))
    }
    let piece = take(to: after)
    let symbol = character == "\u{2212}" ? "-" : piece.string
    guard Self.symbols.contains(symbol) else {
      throw Diagnostic(
        "bad-expression", at: piece.place, "\(piece.string.quoted) has no meaning in a formula")
    }
    return Token(kind: .symbol(symbol), text: piece)
  }

  /// What lies between here and `end`; goes on to there.
  private mutating func take(to end: String.Index) -> Text {
    let piece = Text(String(string[index..<end]), at: place)
    place = place.advanced(over: string[index..<end])
    index = end
    return piece
  }

  private mutating func quotation() throws(Diagnostic) -> Token {
    guard let end = string[string.index(after: index)...].firstIndex(of: "\"") else {
      throw Diagnostic("bad-expression", at: place, "the quotation mark `\"` is never closed")
    }
    let piece = take(to: string.index(after: end))
    return Token(kind: .text(String(piece.string.dropFirst().dropLast())), text: piece)
  }

  private mutating func relation() throws(Diagnostic) -> Token {
    var end = string.index(after: index)
    if string[index] != "=", end < string.endIndex, string[end] == "=" {
      end = string.index(after: end)
    }
    let piece = take(to: end)
    guard piece.string != "!" else {
      throw Diagnostic(
        "bad-expression", at: piece.place, "`!` has no meaning in a formula",
        hint: "`not` turns a truth value round, `!=` is unequal")
    }
    return Token(kind: .symbol(piece.string), text: piece)
  }

  private func isDigit(at index: String.Index) -> Bool {
    index < string.endIndex && string[index].isDigit
  }

  private func endOfNumber() -> String.Index {
    var end = index
    while end < string.endIndex, string[end].isDigit || string[end] == "." {
      end = string.index(after: end)
    }
    guard end < string.endIndex, string[end] == "e" || string[end] == "E" else { return end }
    var power = string.index(after: end)
    if power < string.endIndex, "+-".contains(string[power]) { power = string.index(after: power) }
    guard isDigit(at: power) else { return end }
    while isDigit(at: power) { power = string.index(after: power) }
    return power
  }

  /// A hyphen belongs to a name if a letter follows it at once: `cd-run` is one name.
  private func endOfName() -> String.Index {
    var end = index
    while end < string.endIndex {
      let character = string[end]
      let next = string.index(after: end)
      let joins =
        character == "-" && next < string.endIndex && string[next].isASCII && string[next].isLetter
      guard character.isASCII, character.isLetter || character.isNumber || character == "_" || joins
      else { break }
      end = next
    }
    return end
  }
}

extension Character {
  fileprivate var isDigit: Bool { isASCII && isNumber }
}
