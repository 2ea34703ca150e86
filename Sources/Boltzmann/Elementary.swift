internal import CKernels

/// e^x, the same bits on every machine; at most 1 ulp from the true value.
public func exponential(_ x: Double) -> Double { hm_exp(x) }

/// ln x, the same bits on every machine; NaN below 0, −∞ at 0.
public func naturalLogarithm(_ x: Double) -> Double { hm_log(x) }

/// σ(x) = 1/(1 + e^−x), without overflow for any x; the same bits on every machine.
public func logistic(_ x: Double) -> Double { hm_logistic(x) }

/// ln(1 + e^x), without overflow for any x; the same bits on every machine.
public func softplus(_ x: Double) -> Double { hm_softplus(x) }

/// tanh x = (1 − e^(−2x)) / (1 + e^(−2x)), to a few ulp, near 0 too; the same bits on every machine.
public func hyperbolicTangent(_ x: Double) -> Double {
  let t = hm_expm1(-2 * abs(x))
  let tangent = t / (t + 2)
  return x < 0 ? tangent : 0 - tangent
}

/// ln(1 + x) without loss for small x, the same bits on every machine; −∞ at −1.
package func logOnePlus(_ x: Double) -> Double { hm_log1p(x) }
