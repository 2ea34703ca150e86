/// What the theory of Amit, Gutfreund and Sompolinsky says of Hebb's rule with N → ∞ units, P = αN
/// random patterns and T = 0.
///
/// With y = m/√(2αr) the three equations m = erf y, C = √(2/παr) exp(−y²), r = (1 − C)⁻² become one,
/// √(2α) = erf(y)/y − (2/√π) exp(−y²). Its right-hand side has one maximum: beyond the load there,
/// α_c, no state near a pattern is left; below, the larger solution y is the stable one. Source:
/// Amit, Gutfreund, Sompolinsky, "Storing infinite numbers of patterns in a spin-glass model of
/// neural networks", Physical Review Letters 55 (1985) 1530–1533; Annals of Physics 173 (1987) 30–67.
public struct HopfieldTheory: Sendable, Hashable {
  /// α = P/N.
  public let load: Double
  /// The overlap of the state near a pattern with that pattern; nil above the critical load.
  public let overlap: Double?

  /// The theory at a load above 0. Cost: a hundred error functions.
  public init(load: Double) {
    precondition(load > 0 && load.isFinite, "A load is positive and finite.")
    self.load = load
    let root = (2 * load).squareRoot()
    let top = Self.criticalArgument
    // erf(y)/y < 1/y: at y = 1/√(2α) the right-hand side is too small.
    overlap =
      Self.root(at: top) < root
      ? nil
      : errorFunction(Self.bisect(top, max(top, 1 / root)) { Self.root(at: $0) >= root })
  }

  /// The largest load at which there is a state near each pattern, and its overlap.
  public static var critical: (load: Double, overlap: Double) {
    let root = root(at: criticalArgument)
    return (root * root / 2, errorFunction(criticalArgument))
  }

  /// ½ erfc(√(1/2α)), the share of the units of a pattern whose field points the other way: normal
  /// noise of variance α against the signal 1.
  public var flipProbability: Double {
    complementaryErrorFunction((1 / (2 * load)).squareRoot()) / 2
  }

  /// √(2α) as a function of y.
  private static func root(at y: Double) -> Double {
    errorFunction(y) / y - 2 / Double.pi.squareRoot() * exponential(-y * y)
  }

  /// The y at which √(2α) is largest: y² times the derivative is 0.
  private static var criticalArgument: Double {
    bisect(1, 3) { y in
      2 / Double.pi.squareRoot() * exponential(-y * y) * (y + 2 * y * y * y) > errorFunction(y)
    }
  }

  /// The end of the interval in which a condition that holds at `low` and fails at `high` holds.
  private static func bisect(
    _ low: Double, _ high: Double, while holds: (Double) -> Bool
  ) -> Double {
    var (low, high) = (low, high)
    for _ in 0..<60 {
      let middle = (low + high) / 2
      if holds(middle) { low = middle } else { high = middle }
    }
    return low
  }
}
