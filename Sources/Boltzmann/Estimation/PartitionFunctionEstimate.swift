/// ln Z from importance weights of both directions, as an interval.
///
/// Forward weights w have the mean Z, so that ln of their average is too low in expectation;
/// 1/w of reverse weights has the mean 1/Z, so that −ln of its average is too high. Both together
/// give Bennett's estimate, the C at which Σ_F σ(M + ln w − C) = Σ_R σ(C − M − ln w) with
/// M = ln(n_R/n_F): no other estimate from them has a smaller variance for large n.
///
/// Sources: Bennett, "Efficient estimation of free energy differences from Monte Carlo data",
/// Journal of Computational Physics 22 (1976) 245–268; Shirts, Bair, Hooker, Pande, Physical
/// Review Letters 91 (2003) 140601, eqs. 8 and 10; bounds: Grosse, Ghahramani, Adams, "Sandwiching
/// the marginal likelihood using bidirectional Monte Carlo", arXiv:1511.02543 (2015), section 3.
public struct PartitionFunctionEstimate: Sendable, Equatable {
  /// Where the chains of the reverse direction started.
  public enum ReverseStart: Sendable, Hashable {
    /// In exact draws: the interval holds with its confidence.
    case exact
    /// Where chains of this many sweeps ended: the interval is right if those chains have
    /// converged, and no guarantee.
    case chains(sweeps: Int)
  }

  /// What the interval is made of.
  public enum Method: Sendable, Hashable {
    /// Bennett's estimate ± 2.58 standard errors: both directions saw the same region.
    case bennett
    /// Markov's inequality in each direction, P(average > mean/δ) ≤ δ: the directions hardly met, or
    /// there are too few chains to tell.
    case markov
  }

  /// The share of all runs whose interval holds ln Z.
  public static let confidence = 0.99

  /// How many weights of both directions carry Bennett's estimate, up to all of them; below 10 the
  /// interval is Markov's.
  public let overlap: Double
  /// The estimate: Bennett's, or where that has no error the middle of the interval.
  public let logZ: Double
  /// The interval at 99 %.
  public let interval: ClosedRange<Double>
  /// What it is made of.
  public let method: Method
  /// The forward weights; their logMean is a lower bound of ln Z in expectation.
  public let forward: WeightAverage
  /// The inverses of the reverse weights; minus their logMean is an upper bound in expectation.
  public let reverse: WeightAverage
  /// Where the reverse chains started.
  public let reverseStart: ReverseStart

  /// ln of the average forward weight.
  public var lowerBound: Double { forward.logMean }
  /// −ln of the average inverse of the reverse weights.
  public var upperBound: Double { -reverse.logMean }

  /// Whether all weights were numbers; where fields are too large for that, nothing is known of ln Z.
  public var isFinite: Bool { logZ.isFinite }

  /// The estimate from ln w of independent chains of each direction.
  init(forward: [Double], reverse: [Double], reverseStart: ReverseStart) {
    self.reverseStart = reverseStart
    self.forward = WeightAverage(logWeights: forward)
    self.reverse = WeightAverage(logWeights: reverse.map { -$0 })
    guard (forward + reverse).allSatisfy(\.isFinite) else {
      (method, logZ, overlap, interval) = (.markov, .nan, 0, -.infinity ... .infinity)
      return
    }
    let bennett = BennettEstimate(forward: forward, reverse: reverse)
    overlap = bennett.overlap
    if overlap >= BennettEstimate.smallestOverlap {
      method = .bennett
      logZ = bennett.logRatio
      let width = 2.5758293035489004 * bennett.standardError
      interval = logZ - width...logZ + width
    } else {
      method = .markov
      let margin = naturalLogarithm(2 / (1 - Self.confidence))
      let (low, high) = (self.forward.logMean - margin, margin - self.reverse.logMean)
      interval = min(low, high)...max(low, high)
      logZ = (low + high) / 2
    }
  }
}

/// The average of importance weights that are given by their logarithms.
public struct WeightAverage: Sendable, Equatable {
  /// ln((1/n) Σ w).
  public let logMean: Double
  /// (Σ w)² / Σ w², from 1 to n: how many weights carry the average.
  public let effectiveSampleSize: Double
  /// n.
  public let count: Int

  /// The average of at least one weight.
  public init(logWeights: [Double]) {
    precondition(!logWeights.isEmpty, "An average has at least one weight.")
    let largest = logWeights.reduce(-.infinity, max)
    var (sum, squares) = (CompensatedSum(), CompensatedSum())
    for logWeight in logWeights {
      let weight = exponential(logWeight - largest)
      sum.add(weight)
      squares.add(weight * weight)
    }
    count = logWeights.count
    logMean = largest + naturalLogarithm(sum.value / Double(count))
    effectiveSampleSize = sum.value * sum.value / squares.value
  }
}

/// Bennett's estimate, as a logistic regression of the direction on ln w with the slope 1.
struct BennettEstimate: Sendable {
  /// The overlap below which the standard error is not believed.
  static let smallestOverlap = 10.0

  /// ln Z.
  let logRatio: Double
  let standardError: Double
  /// 4 Σ σ(x) σ(−x), x = M + ln w − C, over the weights of both directions: n_F + n_R where every
  /// weight is the same, near 0 where the directions see different regions.
  let overlap: Double

  init(forward: [Double], reverse: [Double]) {
    let counts = (Double(forward.count), Double(reverse.count))
    let offset = naturalLogarithm(counts.1 / counts.0)
    // The excess falls with C: positive far below all weights, negative far above.
    var low = min(forward.reduce(.infinity, min), reverse.reduce(.infinity, min)) - abs(offset) - 1
    var high =
      max(forward.reduce(-.infinity, max), reverse.reduce(-.infinity, max)) + abs(offset) + 1
    func excess(_ c: Double) -> Double {
      let up = forward.reduce(0) { $0 + logistic(offset + $1 - c) }
      return up - reverse.reduce(0) { $0 + logistic(c - offset - $1) }
    }
    while excess(low) < 0 { low -= 2 * (high - low) }
    while excess(high) > 0 { high += 2 * (high - low) }
    for _ in 0..<200 {
      let middle = (low + high) / 2
      if middle == low || middle == high { break }
      if excess(middle) > 0 { low = middle } else { high = middle }
    }
    logRatio = (low + high) / 2
    let centre = logRatio - offset
    let information = (forward + reverse).reduce(0) {
      $0 + logistic($1 - centre) * logistic(centre - $1)
    }
    let variance = 1 / information - (counts.0 + counts.1) / (counts.0 * counts.1)
    standardError = max(variance, 0).squareRoot()
    overlap = 4 * information
  }
}
