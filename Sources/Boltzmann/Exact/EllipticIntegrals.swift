/// The complete elliptic integrals K and E of the first and second kind by the arithmetic-geometric
/// mean, which doubles the number of correct digits in each step.
///
/// Source: Abramowitz & Stegun, Handbook of Mathematical Functions (1964), section 17.6.
struct EllipticIntegrals: Sendable {
  /// K = ∫₀^{π/2} dφ / √(1 − k² sin²φ); infinite at k = 1.
  let first: Double
  /// E = ∫₀^{π/2} √(1 − k² sin²φ) dφ.
  let second: Double

  /// From k′ = √(1 − k²), 0 ≤ k′ ≤ 1: near k = 1 it says more than k.
  init(complementaryModulus: Double) {
    precondition(
      complementaryModulus >= 0 && complementaryModulus <= 1, "k' lies between 0 and 1.")
    if complementaryModulus == 0 {
      (first, second) = (.infinity, 1)
      return
    }
    var (a, b) = (1.0, complementaryModulus)
    // Σ 2^(n−1) cₙ², c₀ = k.
    var sum = (1 - complementaryModulus) * (1 + complementaryModulus) / 2
    var power = 0.5
    while a - b > 0x1p-52 * a {
      let half = (a - b) / 2
      (a, b) = ((a + b) / 2, (a * b).squareRoot())
      power *= 2
      sum += power * (half * half)
    }
    first = Double.pi / (2 * a)
    second = first * (1 - sum)
  }
}
