internal import CKernels

extension IsingSquareLattice {
  /// ln Z of a torus of rows × columns units.
  ///
  /// Where a side has two units, each is connected twice with its one neighbour there. Relative
  /// error about 10⁻¹⁵. Cost: a few exponentials per column.
  /// Source: Kaufman, "Crystal statistics. II", Physical Review 76 (1949) 1232–1243, eq. 67.
  public func logPartitionFunction(rows: Int, columns: Int, temperature: Double) -> Double {
    torus(rows: rows, columns: columns, reduced(temperature)).value
  }

  /// F, U, S and C of a torus of rows × columns units, U and C from the derivatives of ln Z, which
  /// are carried along with it.
  ///
  /// The derivatives are those of Ferdinand & Fisher, "Bounded and inhomogeneous Ising models. I",
  /// Physical Review 185 (1969) 832–846.
  public func thermodynamics(rows: Int, columns: Int, temperature: Double) -> Thermodynamics {
    let k = reduced(temperature)
    let logZ = torus(rows: rows, columns: columns, k)
    let (free, mean) = (0 - temperature * logZ.value, 0 - coupling * logZ.first)
    return Thermodynamics(
      temperature: temperature, freeEnergy: free, meanEnergy: mean,
      entropy: logZ.value - k * logZ.first, heatCapacity: k * k * logZ.second)
  }

  /// ln Z = −ln 2 + (mn/2) ln(2 sinh 2K) + ln(Π 2cosh(m γ₂ᵣ₊₁/2) + Π 2sinh(m γ₂ᵣ₊₁/2)
  ///   + Π 2cosh(m γ₂ᵣ/2) + Π 2sinh(m γ₂ᵣ/2)), r = 0 … n − 1, as a function of K, with
  /// cosh γ_l = cosh² 2K / sinh 2K − cos(π l/n) and γ₀ = 2K + ln tanh K, which is negative above
  /// T_c.
  private func torus(rows: Int, columns: Int, _ k: Double) -> SecondOrder {
    precondition(rows >= 2 && columns >= 2, "A torus has at least two rows and columns.")
    let s = hyperbolicSine(2 * k)
    let cosine = (1 + s * s).squareRoot()
    // sinh 2K + 1/sinh 2K − 2; the value is written without a difference of equal numbers.
    let base = SecondOrder(
      (1 - s) * (1 - s) / s, 2 * cosine * (1 - 1 / (s * s)), 4 * s + 4 / s + 8 / (s * s * s))
    let m = Double(rows)
    var (oddCosh, oddSinh) = (SecondOrder(0), SecondOrder(0))
    var (evenCosh, evenSinh) = (SecondOrder(0), SecondOrder(0))
    for r in 0..<columns {
      let odd = Self.factors(m * Self.gamma(2 * r + 1, columns, base))
      (oddCosh, oddSinh) = (oddCosh + odd.cosh, oddSinh + odd.sinh)
      if r == 0 { continue }
      let even = Self.factors(m * Self.gamma(2 * r, columns, base))
      (evenCosh, evenSinh) = (evenCosh + even.cosh, evenSinh + even.sinh)
    }
    let excess = hm_expm1(2 * k)
    let gammaZero = SecondOrder(
      2 * k + hm_log(excess / (excess + 2)), 2 + 2 / s, -4 * cosine / (s * s))
    // sinh changes its sign with γ₀, and its logarithm is not smooth there: it stays outside.
    let sign = gammaZero.value < 0 ? -1.0 : 1.0
    let size = (sign * m) * gammaZero
    evenCosh = evenCosh + Self.factors(size).cosh
    evenSinh = evenSinh + 0.5 * size
    let last = sign * ((-1 * size).complementOfExponential * (evenSinh - oddCosh).exponential)
    let sum =
      SecondOrder(1) + (oddSinh - oddCosh).exponential + (evenCosh - oddCosh).exponential + last
    let units = m * Double(columns)
    return oddCosh + (0.5 * sum).logarithm + (units / 2)
      * SecondOrder(2 * s, 4 * cosine, 8 * s).logarithm
  }

  /// γ_l from cosh γ_l − 1 = (sinh 2K + 1/sinh 2K − 2) + 2 sin²(π l/2n), both terms positive.
  private static func gamma(_ l: Int, _ n: Int, _ base: SecondOrder) -> SecondOrder {
    // sin(π l/2n) is the same for l and 2n − l.
    let turned = min(l, 2 * n - l)
    let half = sine(Double.pi / 2 * (Double(turned) / Double(n)))
    let excess = base + SecondOrder(2 * half * half)
    return (excess + (excess * (excess + SecondOrder(2))).squareRoot).logarithmOfOnePlus
  }

  /// ln 2cosh(x/2) and ln 2sinh(x/2) for x > 0.
  private static func factors(_ x: SecondOrder) -> (cosh: SecondOrder, sinh: SecondOrder) {
    let half = 0.5 * x
    return (
      half + (-1 * x).exponential.logarithmOfOnePlus,
      half + (-1 * x).complementOfExponential.logarithm
    )
  }
}
