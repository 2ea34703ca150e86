/// A sampled figure with its Monte-Carlo error.
public struct MonteCarloEstimate: Sendable, Hashable {
  /// The mean.
  public let mean: Double
  /// The standard error of the mean; nil when one chain alone gives none.
  public let standardError: Double?

  /// A figure with its error.
  public init(mean: Double, standardError: Double?) {
    (self.mean, self.standardError) = (mean, standardError)
  }

  /// mean ± √(variance / count) of independent values.
  ///
  /// Values of one chain are not independent: give one mean per chain.
  public init(_ moments: Moments) {
    mean = moments.mean
    standardError = moments.variance.map { ($0 / Double(moments.count)).squareRoot() }
  }

  /// mean ± √(variance / count) of the means of independent chains.
  public init(chainMeans: [Double]) {
    var moments = Moments()
    for mean in chainMeans { moments.add(mean) }
    self.init(moments)
  }
}
