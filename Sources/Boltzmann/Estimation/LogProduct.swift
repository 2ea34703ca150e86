/// ln Π xᵢ of positive factors, without a logarithm for each: the product is kept near 1, and what
/// is taken out of its exponent is counted.
struct LogProduct: Sendable {
  private var significand = 1.0
  private var exponent = 0

  /// Multiplies by a positive normal number.
  @inline(__always)
  mutating func multiply(by factor: Double) {
    exponent += Int(factor.exponent)
    significand *= factor.significand
    // Two factors below 2 give less than 4.
    if significand >= 2 {
      significand *= 0.5
      exponent += 1
    }
  }

  /// The logarithm so far.
  var logarithm: Double {
    naturalLogarithm(significand) + Double(exponent) * naturalLogarithm(2)
  }
}
