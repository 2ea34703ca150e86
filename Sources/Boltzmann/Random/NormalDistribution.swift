internal import CKernels

/// Φ⁻¹((k + ½) / 2⁵³) for 0 ≤ k < 2⁵³.
///
/// The tail probability comes from the integer, so that both tails are equally fine.
package func inverseNormalDistribution(atFraction k: UInt64) -> Double {
  precondition(k < 1 << 53, "The fraction has 53 bits.")
  let upper = k >= 1 << 52
  let tail = (Double(upper ? (1 << 53) - 1 - k : k) + 0.5) * 0x1p-53
  let x = inverseNormalDistribution(lowerTail: tail)
  return upper ? -x : x
}

/// Φ⁻¹(p) for 0 < p ≤ ½, to about 1e-16 relative.
///
/// Source: Wichura, "Algorithm AS 241: the percentage points of the normal distribution",
/// Applied Statistics 37 (1988) 477–484, routine PPND16.
package func inverseNormalDistribution(lowerTail p: Double) -> Double {
  precondition(p > 0 && p <= 0.5, "The lower tail is between 0 and ½.")
  let q = p - 0.5
  if q >= -0.425 {
    let r = 0.180625 - q * q
    return q * polynomial(central.numerator, r) / polynomial(central.denominator, r)
  }
  let r = (-hm_log(p)).squareRoot()
  let fit = r <= 5 ? middle : far
  let shifted = r <= 5 ? r - 1.6 : r - 5
  return -polynomial(fit.numerator, shifted) / polynomial(fit.denominator, shifted)
}

/// Σ cᵢ xⁱ by Horner's rule.
private func polynomial(_ coefficients: [Double], _ x: Double) -> Double {
  coefficients.reversed().reduce(0) { $0 * x + $1 }
}

private struct RationalFit {
  let numerator: [Double]
  let denominator: [Double]
}

private let central = RationalFit(
  numerator: [
    3.387132872796366608, 133.14166789178437745, 1971.5909503065514427, 13731.693765509461125,
    45921.953931549871457, 67265.770927008700853, 33430.575583588128105, 2509.0809287301226727,
  ],
  denominator: [
    1, 42.313330701600911252, 687.1870074920579083, 5394.1960214247511077,
    21213.794301586595867, 39307.89580009271061, 28729.085735721942674, 5226.495278852854561,
  ])

private let middle = RationalFit(
  numerator: [
    1.42343711074968357734, 4.6303378461565452959, 5.7694972214606914055,
    3.64784832476320460504, 1.27045825245236838258, 0.241780725177450611770,
    0.0227238449892691845833, 7.7454501427834140764e-4,
  ],
  denominator: [
    1, 2.05319162663775882187, 1.6763848301838038494, 0.68976733498510000455,
    0.14810397642748007459, 0.0151986665636164571966, 5.475938084995344946e-4,
    1.05075007164441684324e-9,
  ])

private let far = RationalFit(
  numerator: [
    6.6579046435011037772, 5.4637849111641143699, 1.7848265399172913358,
    0.29656057182850489123, 0.026532189526576123093, 0.0012426609473880784386,
    2.71155556874348757815e-5, 2.01033439929228813265e-7,
  ],
  denominator: [
    1, 0.59983220655588793769, 0.13692988092273580531, 0.0148753612908506148525,
    7.868691311456132591e-4, 1.84631831751005468180e-5, 1.4215117583164458887e-7,
    2.04426310338993978564e-15,
  ])
