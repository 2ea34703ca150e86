/// A real number that a run can follow along its chains.
public enum Observable: Sendable {
  /// E(s).
  case energy
  /// A whole number computed from the state.
  case statistic(Statistic)
}

/// The values of an observable along the chains of a run, in the order of time.
public struct Trace: Sendable, Equatable {
  /// The most values that a run keeps for one observable: 32 MiB.
  public static let largestCount = 1 << 22

  /// One series per chain, all of one length.
  public let chains: [[Double]]
  /// Sweeps from one value to the next.
  public let interval: Int

  /// A trace with a value every `interval` sweeps.
  public init(chains: [[Double]], interval: Int = 1) {
    precondition(interval >= 1, "Values lie at least one sweep apart.")
    precondition(
      chains.allSatisfy { $0.count == chains.first?.count }, "All chains have the same length.")
    (self.chains, self.interval) = (chains, interval)
  }
}

/// What a trace says about whether its chains have met and how good their mean is.
public struct ChainDiagnostics: Sendable, Equatable {
  /// The mean of all values ± √(γ(0) τ / N); no error where τ is not known.
  public let mean: MonteCarloEstimate
  /// The mean ± the error from batches of √n values.
  public let batchMeans: MonteCarloEstimate
  /// γ(0), ρ(t) and τ in values; nil when all values are equal or fewer than four.
  public let autocorrelation: Autocorrelation?
  /// N/τ, the number of independent values that would give the same error.
  public let effectiveSampleSize: Double?
  /// R̂ on ranks; see `rHat`.
  public let rHat: Double?
  /// τ in sweeps.
  public let autocorrelationTime: Double?
  /// The standard deviation of τ in sweeps.
  public let autocorrelationTimeError: Double?

  /// The diagnostics of a trace.
  public init(_ trace: Trace) {
    let count = trace.chains.reduce(0) { $0 + $1.count }
    batchMeans = MonteCarloEstimate(batchMeansOf: trace.chains)
    autocorrelation = Autocorrelation(of: trace.chains)
    rHat = Boltzmann.rHat(trace.chains)
    let time = autocorrelation?.integratedTime
    effectiveSampleSize = time.map { Double(count) / $0 }
    autocorrelationTime = time.map { $0 * Double(trace.interval) }
    autocorrelationTimeError =
      autocorrelation.map { $0.integratedTimeError * Double(trace.interval) }
    let variance = autocorrelation?.variance
    mean = MonteCarloEstimate(
      mean: batchMeans.mean,
      standardError: variance.flatMap { variance in
        time.map { (variance * $0 / Double(count)).squareRoot() }
      })
  }
}
