internal import CKernels

/// eˣ with the same bits on every machine, within 1 ulp.
public func exponential(_ x: Double) -> Double { hm_exp(x) }

/// ln x with the same bits on every machine, within 1 ulp; NaN for x < 0.
public func naturalLogarithm(_ x: Double) -> Double { hm_log(x) }

/// σ(x) = 1 / (1 + e⁻ˣ) with the same bits on every machine, within 2 ulp in both tails.
public func logistic(_ x: Double) -> Double { hm_logistic(x) }

/// ln(1 + eˣ) with the same bits on every machine, within 2 ulp in both tails.
public func softplus(_ x: Double) -> Double { hm_softplus(x) }
