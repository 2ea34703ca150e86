internal import CKernels

/// P(a, x) = γ(a, x) / Γ(a) for a > 0, x ≥ 0.
package func regularizedLowerGamma(_ a: Double, _ x: Double) -> Double {
  let (lower, upper) = regularizedGamma(a, x)
  return x < a + 1 ? lower : 1 - upper
}

/// Q(a, x) = Γ(a, x) / Γ(a) for a > 0, x ≥ 0.
package func regularizedUpperGamma(_ a: Double, _ x: Double) -> Double {
  let (lower, upper) = regularizedGamma(a, x)
  return x < a + 1 ? 1 - lower : upper
}

/// The one of (P, Q) that is not close to 1, the other as zero: P by its series for x < a + 1,
/// else Q by its continued fraction.
///
/// Source: Abramowitz & Stegun, Handbook of Mathematical Functions (1964), 6.5.29 and 6.5.31; the
/// fraction by Lentz, Applied Optics 15 (1976) 668–671.
private func regularizedGamma(_ a: Double, _ x: Double) -> (lower: Double, upper: Double) {
  precondition(a > 0 && x >= 0, "The incomplete gamma function needs a > 0 and x ≥ 0.")
  if x == 0 { return (0, 1) }
  if x == .infinity { return (1, 0) }
  return x < a + 1
    ? (gammaDensity(a, x) * lowerSeries(a, x), 0)
    : (0, gammaDensity(a, x) * a * upperFraction(a, x))
}

/// Σₙ xⁿ / ((a + 1) … (a + n)).
private func lowerSeries(_ a: Double, _ x: Double) -> Double {
  var (sum, term, denominator) = (1.0, 1.0, a)
  while term > sum * 0x1p-54 {
    denominator += 1
    term *= x / denominator
    sum += term
  }
  return sum
}

/// 1/(x + 1 − a − 1(1 − a)/(x + 3 − a − 2(2 − a)/(x + 5 − a − …))).
private func upperFraction(_ a: Double, _ x: Double) -> Double {
  let tiny = 0x1p-1000
  var b = x + 1 - a
  var c = 1 / tiny
  var d = 1 / b
  var value = d
  var n = 0.0
  var change = 0.0
  repeat {
    n += 1
    let numerator = n * (a - n)
    b += 2
    d = numerator * d + b
    if abs(d) < tiny { d = tiny }
    c = b + numerator / c
    if abs(c) < tiny { c = tiny }
    d = 1 / d
    change = c * d
    value *= change
  } while abs(change - 1) > 0x1p-52
  return value
}

/// xᵃ e⁻ˣ / Γ(a + 1) for a ≥ 0, x > 0; for whole a the probability of a in a Poisson distribution
/// of mean x.
///
/// For a ≥ 10 as exp(−a (μ − ln(1 + μ)) − δ(a)) / √(2πa) with μ = (x − a)/a, which loses nothing
/// where x is near a; δ is the rest of Stirling's series.
func gammaDensity(_ a: Double, _ x: Double) -> Double {
  if a >= 10 {
    let mu = (x - a) / a
    let exponent = a * (mu - hm_log1p(mu)) + stirlingRest(a)
    return hm_exp(-exponent) / (2 * Double.pi * a).squareRoot()
  }
  // Γ(a + 1) = Γ(a + 1 + n) / ((a + 1) … (a + n)), with a + n ≥ 10.
  var (product, shifted) = (1.0, a)
  while shifted < 10 {
    shifted += 1
    product *= shifted
  }
  let logGamma =
    (shifted + 0.5) * hm_log(shifted) - shifted + stirlingRest(shifted)
    + hm_log(2 * Double.pi) / 2
  return hm_exp(a * hm_log(x) - x - logGamma) * product
}

/// ln Γ(a + 1) − ((a + ½) ln a − a + ½ ln 2π) for a ≥ 10, to 1e-17.
private func stirlingRest(_ a: Double) -> Double {
  let coefficients: [Double] = [
    1.0 / 12, -1.0 / 360, 1.0 / 1260, -1.0 / 1680, 1.0 / 1188, -691.0 / 360_360, 1.0 / 156,
    -3617.0 / 122_400,
  ]
  let square = 1 / (a * a)
  return coefficients.reversed().reduce(0) { $0 * square + $1 } / a
}
