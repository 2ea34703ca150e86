import Foundation
import Testing

@testable import Boltzmann

struct SineTests {
  @Test func agreesWithTheLibrary() {
    for step in 0...10_000 {
      let x = Double.pi / 2 * Double(step) / 10_000
      #expect(abs(sine(x) - sin(x)) <= 2 * sin(x).ulp)
    }
  }

  /// K and E at k² = ½ and at the ends.
  @Test func ellipticIntegrals() {
    let half = EllipticIntegrals(complementaryModulus: 0.5.squareRoot())
    #expect(isClose(half.first, 1.85407467730137191843, relative: 1e-15))
    #expect(isClose(half.second, 1.35064388104767550252, relative: 1e-15))
    let circle = EllipticIntegrals(complementaryModulus: 1)
    #expect(circle.first == Double.pi / 2 && circle.second == Double.pi / 2)
    let line = EllipticIntegrals(complementaryModulus: 0)
    #expect(line.first == .infinity && line.second == 1)
    // Legendre's relation at k = 0.6, k′ = 0.8.
    let (one, other) = (
      EllipticIntegrals(complementaryModulus: 0.8), EllipticIntegrals(complementaryModulus: 0.6)
    )
    let legendre =
      one.second * other.first + other.second * one.first - one.first * other.first
    #expect(isClose(legendre, Double.pi / 2, relative: 1e-15))
  }
}
