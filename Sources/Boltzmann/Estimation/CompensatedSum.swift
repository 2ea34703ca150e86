/// A running sum that keeps what rounding drops; its error hardly grows with the number of terms.
///
/// Source: Neumaier, "Rundungsfehleranalyse einiger Verfahren zur Summation endlicher Summen",
/// ZAMM 54 (1974) 39–51.
public struct CompensatedSum: Sendable {
  /// The sum as it was rounded, and what that has lost.
  private(set) var sum = 0.0
  private(set) var lost = 0.0

  /// Zero.
  public init() {}

  /// A sum that has been on its way before.
  init(sum: Double, lost: Double) { (self.sum, self.lost) = (sum, lost) }

  /// Adds one finite term.
  @inline(__always)
  public mutating func add(_ term: Double) {
    let next = sum + term
    lost += abs(sum) >= abs(term) ? (sum - next) + term : (term - next) + sum
    sum = next
  }

  /// The sum so far.
  public var value: Double { sum + lost }
}
