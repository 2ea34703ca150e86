internal import CKernels

/// E(σ) = −J Σ σ_i σ_j over the neighbours on a square lattice, units −1 or +1, no field, J > 0:
/// the closed forms for the infinite lattice and for every torus.
///
/// All hold for J/T ≤ 100; at lower temperatures nothing differs from T = 0 in a Double.
public struct IsingSquareLattice: Sendable, Hashable {
  /// J.
  public let coupling: Double

  /// A lattice of positive, finite coupling.
  public init(coupling: Double = 1) {
    precondition(coupling > 0 && coupling.isFinite, "The coupling is positive and finite.")
    self.coupling = coupling
  }

  /// T_c = 2J / ln(1 + √2), below which the infinite lattice magnetises itself.
  ///
  /// Source: Kramers & Wannier, "Statistics of the two-dimensional ferromagnet", Physical Review 60
  /// (1941) 252–262.
  public var criticalTemperature: Double { 2 * coupling / hm_log(1 + 2.0.squareRoot()) }

  /// F, U, S and C of the infinite lattice per unit. C diverges as −ln |T − T_c|.
  ///
  /// Source: Onsager, "Crystal statistics. I", Physical Review 65 (1944) 117–149, eqs. 109b, 111,
  /// 116c and 117.
  public func thermodynamicsPerUnit(temperature: Double) -> Thermodynamics {
    let k = reduced(temperature)
    let s = hyperbolicSine(2 * k)
    let cosineSquare = 1 + s * s
    let cotangent = cosineSquare.squareRoot() / s
    // κ″ = 2 tanh² 2K − 1, whose size is the complementary modulus.
    let complement = (s - 1) * (s + 1) / cosineSquare
    let integrals = EllipticIntegrals(complementaryModulus: abs(complement))
    let product = complement == 0 ? 0 : complement * integrals.first
    let energy = 0 - coupling * cotangent * (1 + product / (Double.pi / 2))
    let slope = k * cotangent
    let bracket =
      integrals.first - integrals.second - (Double.pi / 2 + product) / cosineSquare
    let free = 0 - temperature * logSumPerUnit(s, complement: abs(complement))
    return Thermodynamics(
      temperature: temperature, freeEnergy: free, meanEnergy: energy,
      entropy: (energy - free) / temperature,
      heatCapacity: 4 / Double.pi * (slope * slope) * bracket)
  }

  /// |⟨σ⟩| of the infinite lattice: (1 − sinh⁻⁴ 2K)^(1/8) below T_c, 0 above.
  ///
  /// Source: Yang, "The spontaneous magnetization of a two-dimensional Ising model", Physical
  /// Review 85 (1952) 808–816.
  public func spontaneousMagnetization(temperature: Double) -> Double {
    let s = hyperbolicSine(2 * reduced(temperature))
    guard s > 1 else { return 0 }
    let inverseSquare = 1 / (s * s)
    let base = (1 - 1 / s) * (1 + 1 / s) * (1 + inverseSquare)
    return base.squareRoot().squareRoot().squareRoot()
  }

  /// K = J/T.
  func reduced(_ temperature: Double) -> Double {
    precondition(temperature > 0 && temperature.isFinite, "A temperature is positive and finite.")
    let k = coupling / temperature
    precondition(k <= 100, "The closed forms are computed for J/T up to 100.")
    return k
  }

  /// ln Z per unit = ln(√2 cosh 2K) + (1/π) ∫₀^{π/2} ln(1 + √(κ″² + κ² sin² x)) dx,
  /// κ = 2 sinh 2K / cosh² 2K.
  ///
  /// The integrand has a branch point at distance κ″ from 0, which the double-exponential rule of
  /// Takahasi & Mori (1974) does not mind: its points crowd towards both ends.
  private func logSumPerUnit(_ s: Double, complement: Double) -> Double {
    let cosineSquare = 1 + s * s
    let modulus = 2 * s / cosineSquare
    let step = 0x1p-5
    var sum = CompensatedSum()
    for place in -128...128 {
      let t = Double(place) * step
      let odds = hm_exp(0 - Double.pi * hyperbolicSine(t))
      let x = Double.pi / 2 / (1 + odds)
      let weight =
        Double.pi / 2 * Double.pi * (1 + square(hyperbolicSine(t))).squareRoot()
        * (odds / ((1 + odds) * (1 + odds)))
      // Where the odds overflow the weight is 0 · ∞; it has vanished long before.
      guard weight > 0 else { continue }
      let root = (square(complement) + square(modulus * sine(min(x, Double.pi / 2)))).squareRoot()
      sum.add(weight * hm_log1p(root))
    }
    return hm_log(2 * cosineSquare) / 2 + step * sum.value / Double.pi
  }
}

/// sinh x = (eˣ − e⁻ˣ)/2, accurate near 0.
func hyperbolicSine(_ x: Double) -> Double {
  let excess = hm_expm1(abs(x))
  let value = (excess + excess / (1 + excess)) / 2
  return x < 0 ? 0 - value : value
}

private func square(_ x: Double) -> Double { x * x }
