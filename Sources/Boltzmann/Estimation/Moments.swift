/// Count, mean and sum of squared deviations of a series, kept without cancellation.
///
/// Source: Chan, Golub, LeVeque, "Algorithms for computing the sample variance",
/// The American Statistician 37 (1983) 242–247, eq. 1.5.
public struct Moments: Sendable, Equatable {
  /// The number of values.
  public private(set) var count = 0
  /// Their mean; zero when there is none.
  public private(set) var mean = 0.0
  private var squaredDeviations = 0.0

  /// No values.
  public init() {}

  /// Adds one value.
  public mutating func add(_ value: Double) {
    count += 1
    let deviation = value - mean
    mean += deviation / Double(count)
    squaredDeviations += deviation * (value - mean)
  }

  /// Adds the values of another series behind these.
  public mutating func merge(_ other: Moments) {
    if other.count == 0 { return }
    if count == 0 { self = other; return }
    let total = Double(count + other.count)
    let deviation = other.mean - mean
    squaredDeviations +=
      other.squaredDeviations + deviation * deviation
      * (Double(count) * Double(other.count) / total)
    mean += deviation * (Double(other.count) / total)
    count += other.count
  }

  /// Σ (x − mean)² / (count − 1); nil for fewer than two values.
  public var variance: Double? {
    count < 2 ? nil : squaredDeviations / Double(count - 1)
  }
}
