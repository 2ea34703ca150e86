/// Why training cannot begin or go on.
public enum TrainingError: Error, Sendable, Hashable {
  /// There is no sample to learn from.
  case noData
  /// A sample has a value other than 0 and 1; samples count from 0.
  case notBinary(row: Int)
  /// The machine has too many units for its states to be enumerated.
  case enumeration(EnumerationLimit)
  /// The samples do not have as many values as the machine has visible units.
  case unitCount(Int, visibleCount: Int)
  /// A setting that must be positive is not; its name and value follow.
  case notPositive(String, Double)
  /// A setting that must not be negative is, or is not finite; its name and value follow.
  case negative(String, Double)
  /// More chain steps than random numbers are numbered for: 2³² half-steps in all.
  case tooManySteps
  /// Settings that do not go together; a sentence says which.
  case impossible(String)
  /// The checkpoint is of other training, or none.
  case badCheckpoint
  /// A parameter is no longer finite after this update; updates count from 1.
  case diverged(update: Int)
}

extension TrainingError: CustomStringConvertible {
  /// The mistake in one sentence.
  public var description: String {
    switch self {
    case .noData: "There is no sample to learn from."
    case .notBinary(let row): "Sample \(row + 1) has a value other than 0 and 1."
    case .unitCount(let count, let visibleCount):
      "A sample has \(count) values, but the machine has \(visibleCount) visible units."
    case .notPositive(let name, let value): "The \(name) is \(value); it must be positive."
    case .negative(let name, let value): "The \(name) is \(value); it must be 0 or more."
    case .tooManySteps: "This run would take more than 2^32 half-steps of its chains."
    case .impossible(let sentence): sentence
    case .badCheckpoint: "The checkpoint does not belong to this training."
    case .enumeration(let limit): limit.description
    case .diverged(let update):
      "Learning diverged: after update \(update) a parameter is not finite."
    }
  }
}
