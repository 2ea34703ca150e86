/// A word, a number, blanks or marks: what two lines of a page are compared by.
struct PageToken: Equatable {
  enum Kind: Equatable {
    case number, word, blank
    /// A run of one and the same character.
    case mark
  }
  let kind: Kind
  /// The bytes of the document that it stands at.
  let range: Range<Int>
}

extension PageToken {
  /// The tokens of `text`, which cover it. Digits inside a word (`v1`) belong to the word; a sign
  /// belongs to a number unless something stands before it that it could be taken off from.
  static func tokens(of text: ArraySlice<UInt8>) -> [PageToken] {
    var tokens: [PageToken] = []
    var start = text.startIndex
    while start < text.endIndex {
      let follows = tokens.last.map { $0.endsOperand(in: text) } ?? false
      let (kind, end) = token(at: start, of: text, afterOperand: follows)
      tokens.append(PageToken(kind: kind, range: start..<end))
      start = end
    }
    return tokens
  }

  private func endsOperand(in text: ArraySlice<UInt8>) -> Bool {
    switch kind {
    case .number, .word: true
    case .blank: false
    case .mark: text[range.upperBound - 1] == UInt8(ascii: ")")
    }
  }

  private static func token(
    at start: Int, of text: ArraySlice<UInt8>, afterOperand: Bool
  ) -> (Kind, end: Int) {
    let byte = text[start]
    if let end = number(at: start, of: text, signed: !afterOperand) { return (.number, end) }
    if byte.isWord { return (.word, text[start...].prefix { $0.isWord || $0.isDigit }.endIndex) }
    if byte.isBlank { return (.blank, text[start...].prefix(while: \.isBlank).endIndex) }
    return (.mark, text[start...].prefix { $0 == byte }.endIndex)
  }

  /// Where the number that begins at `start` ends; nil if none begins there.
  private static func number(at start: Int, of text: ArraySlice<UInt8>, signed: Bool) -> Int? {
    var rest = text[start...]
    if signed, let sign = rest.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
      rest = rest.dropFirst()
    }
    let whole = rest.prefix(while: \.isDigit)
    rest = rest[whole.endIndex...]
    let isPointed = rest.first == UInt8(ascii: ".") && rest.dropFirst().first?.isDigit == true
    if isPointed { rest = rest.dropFirst().drop(while: \.isDigit) }
    guard isPointed || !whole.isEmpty else { return nil }
    var power = rest.dropFirst()
    guard let mark = rest.first, mark | 0x20 == UInt8(ascii: "e") else { return rest.startIndex }
    if let sign = power.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
      power = power.dropFirst()
    }
    let digits = power.prefix(while: \.isDigit)
    let isPower = !digits.isEmpty && power[digits.endIndex...].first?.isWord != true
    return isPower ? digits.endIndex : rest.startIndex
  }
}

extension UInt8 {
  var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
  var isBlank: Bool { self == UInt8(ascii: " ") || self == UInt8(ascii: "\t") }
  /// A letter, `_`, or a byte of a character outside ASCII.
  var isWord: Bool {
    self >= 0x80 || self == UInt8(ascii: "_")
      || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20)
  }
}
