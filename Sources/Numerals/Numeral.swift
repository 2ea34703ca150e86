/// A decimal number, sign × digits × 10^exponent, exact and with its number of digits.
///
/// Made from a `Double` it is the shortest decimal that reads back as the same `Double`; made from
/// text it keeps every digit that was typed, so that `0.50` and `0.5` differ in their exponent.
package struct Numeral: Hashable, Sendable {
  /// Whether the number is below zero; a zero is never negative.
  package private(set) var isNegative: Bool
  /// The decimal digits, most significant first, without leading zeros; empty for zero.
  package private(set) var digits: [UInt8]
  /// The power of ten of the last digit.
  package private(set) var exponent: Int

  /// The shortest decimal that reads back as `value`; nil for infinities and NaN.
  package init?(_ value: Double) {
    guard value.isFinite else { return nil }
    self.init(parsing: value.description)
    while digits.last == 0 {
      digits.removeLast()
      exponent += 1
    }
    if digits.isEmpty { exponent = 0 }
  }

  /// A number as people type it: `-0.643`, `.15`, `+2`, `4.54e-5`; nil for anything else.
  ///
  /// U+2212 (minus sign) counts as a minus. The exponent is bounded by ±9999.
  package init?(parsing text: some StringProtocol) {
    var rest = Substring(text)
    isNegative = false
    if let sign = rest.first, "+-\u{2212}".contains(sign) {
      isNegative = sign != "+"
      rest.removeFirst()
    }
    var power = 0
    if let mark = rest.firstIndex(where: { $0 == "e" || $0 == "E" }) {
      let typed = rest[rest.index(after: mark)...]
      guard typed.utf8.count <= 5, let value = Int(typed), abs(value) <= 9999 else { return nil }
      power = value
      rest = rest[..<mark]
    }
    let parts = rest.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    let whole = parts[0]
    let fraction = parts.count == 2 ? parts[1] : ""
    let typed = Array(whole.utf8) + Array(fraction.utf8)
    guard !typed.isEmpty, typed.count <= 1000,
      typed.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
    else { return nil }
    digits = Array(typed.map { $0 - UInt8(ascii: "0") }.drop { $0 == 0 })
    exponent = power - fraction.utf8.count
    if digits.isEmpty { isNegative = false }
  }

  /// The number rounded to a multiple of 10^`place`, halves away from zero.
  ///
  /// A number that has fewer digits already is padded with zeros.
  package func rounded(toPlace place: Int) -> Numeral {
    var result = self
    if digits.isEmpty {
      result.exponent = place
      return result
    }
    guard place > exponent else {
      result.digits.append(contentsOf: repeatElement(0, count: exponent - place))
      result.exponent = place
      return result
    }
    let dropped = place - exponent
    result.exponent = place
    guard dropped <= digits.count else {
      result.digits = []
      result.isNegative = false
      return result
    }
    let next = digits[digits.count - dropped]
    result.digits.removeLast(dropped)
    if next >= 5 { result.increment() }
    if result.digits.isEmpty { result.isNegative = false }
    return result
  }

  /// The number cut off (not rounded) at a multiple of 10^`place`.
  package func truncated(toPlace place: Int) -> Numeral {
    guard place > exponent else { return rounded(toPlace: place) }
    var result = self
    result.digits.removeLast(min(place - exponent, digits.count))
    result.exponent = place
    if result.digits.isEmpty { result.isNegative = false }
    return result
  }

  /// The power of ten of the first digit; nil for zero.
  package var leadingPlace: Int? {
    digits.isEmpty ? nil : exponent + digits.count - 1
  }

  /// The nearest `Double`.
  package var value: Double {
    let text = digits.map(String.init).joined()
    return Double("\(isNegative ? "-" : "")\(text.isEmpty ? "0" : text)e\(exponent)") ?? .nan
  }

  private mutating func increment() {
    var index = digits.count - 1
    while index >= 0, digits[index] == 9 {
      digits[index] = 0
      index -= 1
    }
    if index >= 0 { digits[index] += 1 } else { digits.insert(1, at: 0) }
  }
}

extension Numeral: CustomStringConvertible {
  /// The number written out without an exponent: `-0.0040`, `1200`.
  package var description: String {
    var text = digits.map(String.init).joined()
    if exponent > 0, !text.isEmpty { text += String(repeating: "0", count: exponent) }
    let decimals = max(0, -exponent)
    if text.count <= decimals {
      text = String(repeating: "0", count: decimals + 1 - text.count) + text
    }
    if decimals > 0 { text.insert(".", at: text.index(text.endIndex, offsetBy: -decimals)) }
    return (isNegative ? "-" : "") + text
  }
}
