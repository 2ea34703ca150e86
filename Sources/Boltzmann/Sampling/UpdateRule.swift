internal import CKernels

/// How a single unit is updated given all others. Either rule leaves exp(−E/T)/Z unchanged.
public enum UpdateRule: Sendable, Hashable, CaseIterable {
  /// Drawn anew: on with probability σ(gap/T), whatever its state was.
  ///
  /// Source: Geman & Geman, "Stochastic relaxation, Gibbs distributions, and the Bayesian
  /// restoration of images", IEEE TPAMI 6 (1984) 721–741, section X.
  case heatBath
  /// Flipped with probability min(1, exp(−ΔE/T)): always when the energy does not rise.
  ///
  /// With it a fixed order of the units can run in circles, see `ScanOrder`. Source: Metropolis et
  /// al., "Equation of state calculations by fast computing machines", J. Chem. Phys. 21 (1953)
  /// 1087–1092.
  case metropolis

  /// The probability that a unit flips when that changes the energy by ΔE: σ(−ΔE/T) or
  /// min(1, exp(−ΔE/T)).
  public func flipProbability(energyChange: Double, temperature: Double) -> Double {
    let exponent = -energyChange / temperature
    return switch self {
    case .heatBath: hm_logistic(exponent)
    case .metropolis: exponent >= 0 ? 1 : hm_exp(exponent)
    }
  }

  var kernelRule: hm_rule {
    switch self {
    case .heatBath: HM_HEAT_BATH
    case .metropolis: HM_METROPOLIS
    }
  }
}
