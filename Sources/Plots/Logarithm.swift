/// log10(x) for finite x > 0, to a few units in the last place.
///
/// Only IEEE + - × ÷, so that a logarithmic plot has the same bits everywhere: with x = 2^e·m and
/// m in [√½, √2], ln m = 2 artanh s at s = (m - 1)/(m + 1), whose series is cut at s²³ < 1e-17.
func decimalLogarithm(_ x: Double) -> Double {
  var power = Double(x.exponent)
  var significand = x.significand
  if significand > 1.4142135623730951 {
    significand /= 2
    power += 1
  }
  let s = (significand - 1) / (significand + 1)
  var sum = 0.0
  for term in stride(from: 23.0, through: 1, by: -2) { sum = sum * s * s + 1 / term }
  let naturalLogarithm = power * 0.6931471805599453 + 2 * s * sum
  return naturalLogarithm / 2.302585092994046
}
