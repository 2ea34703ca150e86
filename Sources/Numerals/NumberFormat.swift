/// How a computed number is written out: the same characters on every machine and in every locale.
///
/// Rounding starts from the shortest decimal that identifies the `Double` and takes halves away
/// from zero, which is what a reader gets who rounds the printed long form by hand. There is no
/// negative zero.
package enum NumberFormat: Hashable, Sendable {
  /// That many digits after the point: `fixed(3)` writes 0.466.
  case fixed(Int)
  /// That many digits after the point of the mantissa: `scientific(2)` writes 4.54e-5.
  case scientific(Int)
  /// That many digits in all: `significant(4)` writes 39.69 and 4.540e-5.
  ///
  /// Numbers that are exact with fewer digits have fewer: 2, 0.5. Numbers below 1e-4 or from 1e9
  /// on are written with an exponent.
  case significant(Int)
  /// The probability of a test: three decimals, and `< 0.001` where these would show nothing.
  case pValue

  /// A format for a column of `values`: as few decimals as tell all of them exactly, but at most
  /// `decimals`; as many significant digits where fixed decimals would show nothing of some.
  package static func column(_ values: some Sequence<Double>, decimals: Int) -> NumberFormat {
    let numerals = values.compactMap { Numeral($0) }
    let places = numerals.map { max(0, -$0.exponent) }
    let leading = numerals.compactMap(\.leadingPlace)
    if let most = leading.max(), most > 8 { return .scientific(decimals) }
    let needed = places.max() ?? 0
    if needed <= decimals { return .fixed(needed) }
    if let least = leading.min(), least < -decimals { return .significant(decimals) }
    return .fixed(decimals)
  }

  /// `value` written in this format; `NaN`, `inf` and `-inf` where it is not finite.
  package func string(_ value: Double) -> String {
    guard let numeral = Numeral(value) else {
      return value.isNaN ? "NaN" : value < 0 ? "-inf" : "inf"
    }
    switch self {
    case .pValue:
      return value < 0.0005 ? "< 0.001" : numeral.rounded(toPlace: -3).description
    case .fixed(let decimals):
      return numeral.rounded(toPlace: -decimals).description
    case .scientific(let decimals):
      return Self.mantissaAndExponent(numeral, decimals: decimals)
    case .significant(let digits):
      guard let leading = numeral.leadingPlace else { return "0" }
      if numeral.digits.count <= digits, (-4..<9).contains(leading) { return numeral.description }
      let rounded = numeral.rounded(toPlace: leading - digits + 1)
      guard (-4..<9).contains(rounded.leadingPlace ?? leading) else {
        return Self.mantissaAndExponent(numeral, decimals: digits - 1)
      }
      // Rounding up may have added a digit: 9.996 to three digits is 10.0, not 10.00.
      let place = (rounded.leadingPlace ?? leading) - digits + 1
      return numeral.rounded(toPlace: min(place, 0)).description
    }
  }

  private static func mantissaAndExponent(_ numeral: Numeral, decimals: Int) -> String {
    guard let leading = numeral.leadingPlace else {
      return numeral.rounded(toPlace: -decimals).description + "e0"
    }
    let once = numeral.rounded(toPlace: leading - decimals)
    let power = once.leadingPlace ?? leading
    let digits = once.rounded(toPlace: power - decimals).digits.map(String.init).joined()
    let sign = once.isNegative ? "-" : ""
    let head = digits.prefix(1)
    let tail = digits.dropFirst()
    return "\(sign)\(head)\(tail.isEmpty ? "" : ".\(tail)")e\(power)"
  }
}
