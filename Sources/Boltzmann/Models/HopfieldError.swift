/// What is wrong with the patterns of a Hopfield network; rows and units count from 0.
public enum HopfieldError: Error, Sendable, Hashable {
  /// There is nothing to store.
  case noPatterns
  /// A value is neither 0 nor 1, or neither −1 nor +1 among data that have a −1.
  case notBinary(row: Int, unit: Int, value: Double)
  /// As many patterns are linearly independent as there are units: the projection on all of them
  /// is the identity, which without its diagonal is zero.
  case everyStateStored(unitCount: Int)
}

extension HopfieldError: CustomStringConvertible {
  /// The mistake in one sentence.
  public var description: String {
    switch self {
    case .noPatterns:
      "A Hopfield network needs a pattern."
    case .notBinary(let row, let unit, let value):
      "Value \(unit) of row \(row) is \(value); a pattern has values 0 and 1, or -1 and 1."
    case .everyStateStored(let unitCount):
      "\(unitCount) independent patterns of \(unitCount) units leave no couplings."
    }
  }
}
