internal import Boltzmann
internal import Notebooks
internal import Numerals

/// Numbers in equations, with six digits: `4.53979e-5` in text, `4.53979 \cdot 10^{-5}` in LaTeX.
struct WrittenNumbers {
  let notation: Derivation.Notation

  func callAsFunction(_ value: Double) -> String {
    written(NumberFormat.significant(6).string(value))
  }

  /// exp(x), however large or small.
  func exponential(_ x: Double) -> String {
    let value = Boltzmann.exponential(x)
    guard !value.isNormal else { return self(value) }
    let ten = naturalLogarithm(10)
    let exponent = (x / ten).rounded(.down)
    let mantissa = NumberFormat.fixed(5).string(Boltzmann.exponential(x - exponent * ten))
    return mantissa == "10.00000"
      ? written("1.00000e\(Int(exponent) + 1)") : written("\(mantissa)e\(Int(exponent))")
  }

  /// A small number by its power of ten.
  func power(_ value: Double) -> String { written(NumberFormat.scientific(1).string(value)) }

  private func written(_ text: String) -> String {
    let parts = text.split(separator: "e")
    guard notation == .latex, parts.count == 2 else { return text }
    return "\(parts[0]) \\cdot 10^{\(parts[1])}"
  }
}
