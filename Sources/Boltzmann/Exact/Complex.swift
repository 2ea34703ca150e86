/// A complex number in Double.
struct Complex: Sendable, Hashable {
  var (real, imaginary): (Double, Double)

  init(_ real: Double, _ imaginary: Double = 0) {
    (self.real, self.imaginary) = (real, imaginary)
  }

  static func + (a: Complex, b: Complex) -> Complex {
    Complex(a.real + b.real, a.imaginary + b.imaginary)
  }

  static func - (a: Complex, b: Complex) -> Complex {
    Complex(a.real - b.real, a.imaginary - b.imaginary)
  }

  static func * (a: Complex, b: Complex) -> Complex {
    Complex(
      a.real * b.real - a.imaginary * b.imaginary, a.real * b.imaginary + a.imaginary * b.real)
  }

  static func * (factor: Double, a: Complex) -> Complex {
    Complex(factor * a.real, factor * a.imaginary)
  }

  var conjugate: Complex { Complex(real, 0 - imaginary) }

  /// |z|, without overflow on the way.
  var modulus: Double {
    let (low, high) = (
      min(abs(real), abs(imaginary)), max(abs(real), abs(imaginary))
    )
    if high == 0 { return 0 }
    let ratio = low / high
    return high * (1 + ratio * ratio).squareRoot()
  }

  /// The square root with a real part ≥ 0.
  var squareRoot: Complex {
    let size = modulus
    if size == 0 { return self }
    let half = ((size + abs(real)) / 2).squareRoot()
    let other = imaginary / (2 * half)
    if real >= 0 { return Complex(half, other) }
    return imaginary < 0 ? Complex(0 - other, 0 - half) : Complex(other, half)
  }
}
