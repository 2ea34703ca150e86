/// How long a stationary series remembers: ρ(t) = γ(t)/γ(0) and τ = 1 + 2 Σ_{t ≥ 1} ρ(t).
///
/// γ(t) is the covariance of two values of one chain that lie t apart, averaged over all chains
/// about their common mean: chains that never meet count as memory that never fades. N correlated
/// values average as well as N/τ independent ones.
///
/// The sum stops at the first window W ≥ 5 τ(W) of ten values or more: Sokal, "Monte Carlo methods in statistical
/// mechanics: foundations and new algorithms" (1997), section 3. Where W would exceed 512 lags,
/// neighbouring values are averaged in pairs and the rest of the sum is found there, as Goodman's
/// acor does. Cost: at most 1024 multiplications per value.
public struct Autocorrelation: Sendable, Equatable {
  /// γ(0), the variance of a single value.
  public let variance: Double
  /// ρ(0) = 1, ρ(1), … up to the window, at most 512.
  public let coefficients: [Double]
  /// τ in values, at least 1/log₁₀ N: anticorrelated values can be worth more than independent
  /// ones, but no series of finite length proves much more than that.
  public let integratedTime: Double
  /// One standard deviation of τ, τ √(2 (2W + 1)/N). Source: Sokal, eq. 3.19.
  public let integratedTimeError: Double
  /// W in values.
  public let window: Int
  /// Whether the window closed within half a chain. If not, chains are too short to tell τ, and
  /// what is given is only a lower limit.
  public let isResolved: Bool

  static let windowFactor = 5.0
  static let smallestWindow = 10
  static let largestLag = 512

  /// The autocorrelation of chains of one length; nil when a chain has fewer than four values or
  /// when all values are equal.
  public init?(of chains: [[Double]]) {
    guard let length = chains.first?.count, length >= 4 else { return nil }
    precondition(chains.allSatisfy { $0.count == length }, "All chains have the same length.")
    var series = CentredSeries(chains)
    let count = chains.count * length
    variance = series.covariance(at: 0)
    guard variance > 0 else { return nil }
    var (scan, width) = (WindowScan(series), 1)
    coefficients = scan.coefficients
    while !scan.isClosed && series.length > 2 * Self.largestLag {
      series = series.pairAverages()
      (scan, width) = (WindowScan(series), 2 * width)
    }
    let time = Double(width) * (scan.variance / variance) * scan.time
    let shortest = naturalLogarithm(10) / naturalLogarithm(Double(count))
    integratedTime = max(time, shortest)
    (window, isResolved) = (width * scan.window, scan.isClosed)
    integratedTimeError =
      integratedTime * (2 * Double(2 * window + 1) / Double(count)).squareRoot()
  }
}

/// Chains less their common mean.
private struct CentredSeries {
  let chains: [[Double]]
  var length: Int { chains.first?.count ?? 0 }

  init(_ chains: [[Double]]) {
    var sum = CompensatedSum()
    for chain in chains { for value in chain { sum.add(value) } }
    let mean = sum.value / Double(chains.count * (chains.first?.count ?? 0))
    self.chains = chains.map { $0.map { $0 - mean } }
  }

  private init(centred chains: [[Double]]) { self.chains = chains }

  /// γ(lag), the mean over all pairs that lie so far apart.
  func covariance(at lag: Int) -> Double {
    var total = 0.0
    for chain in chains {
      // Four sums side by side: four multiplications are under way at once.
      var (first, second, third, fourth) = (0.0, 0.0, 0.0, 0.0)
      var (early, late) = (0, lag)
      while late + 3 < chain.count {
        first += chain[early] * chain[late]
        second += chain[early + 1] * chain[late + 1]
        third += chain[early + 2] * chain[late + 2]
        fourth += chain[early + 3] * chain[late + 3]
        early += 4
        late += 4
      }
      while late < chain.count {
        first += chain[early] * chain[late]
        early += 1
        late += 1
      }
      total += (first + second) + (third + fourth)
    }
    return total / Double(chains.count * (length - lag))
  }

  /// Half as many values, each the mean of two neighbours.
  func pairAverages() -> CentredSeries {
    CentredSeries(
      centred: chains.map { chain -> [Double] in
        stride(from: 1, to: chain.count, by: 2).map { 0.5 * (chain[$0 - 1] + chain[$0]) }
      })
  }
}

/// τ(W) for growing windows until Sokal's rule closes one.
private struct WindowScan {
  let variance: Double
  private(set) var coefficients = [1.0]
  private(set) var time = 1.0
  private(set) var isClosed = false
  var window: Int { coefficients.count - 1 }

  init(_ series: CentredSeries) {
    variance = series.covariance(at: 0)
    // Pair averages of values that only alternate vanish.
    guard variance > 0 else {
      isClosed = true
      return
    }
    while !isClosed && window < min(Autocorrelation.largestLag, series.length / 2) {
      let coefficient = series.covariance(at: window + 1) / variance
      coefficients.append(coefficient)
      time += 2 * coefficient
      isClosed =
        window >= Autocorrelation.smallestWindow
        && Double(window) >= Autocorrelation.windowFactor * time
    }
  }
}
