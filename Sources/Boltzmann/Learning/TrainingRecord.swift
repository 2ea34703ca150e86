/// How far training is, and how it goes.
public struct TrainingRecord: Sendable, Hashable {
  /// The updates done so far.
  public let updates: Int
  /// The epochs completed so far.
  public let epochs: Int
  /// √Σ wᵢⱼ², summed in Double in a fixed order.
  public let weightNorm: Double
  /// The mean over samples of Σᵢ (vᵢ − p(vᵢ | h))², with the p(vᵢ | h) of the last of the k steps
  /// from the data, over the updates since the last record; nil before the first update and for
  /// persistent chains.
  public let reconstructionError: Double?
  /// For each pair of neighbours of a ladder, coldest first, the share of its exchanges that were
  /// accepted since the last record; nil where none was tried. Empty without tempering.
  public let acceptance: [Double?]
}

/// How far training is, for those who wait.
public struct TrainingProgress: Sendable, Hashable {
  /// The updates done so far.
  public let updates: Int
  /// The updates to be done in all.
  public let totalUpdates: Int
  let updatesPerEpoch: Int
  /// The epochs completed so far.
  public var epochs: Int { updates / updatesPerEpoch }
}

/// When training makes a record.
public enum RecordingSchedule: Sendable, Hashable {
  /// Never.
  case never
  /// Before the first update, after every so many, and after the last.
  case everyUpdates(Int)
  /// Before the first update and after every epoch.
  case everyEpoch

  func records(afterUpdates updates: Int, of total: Int, perEpoch: Int) -> Bool {
    switch self {
    case .never: false
    case .everyUpdates(let count): updates.isMultiple(of: count) || updates == total
    case .everyEpoch: updates.isMultiple(of: perEpoch)
    }
  }

  /// After how many updates the next record is due; nil if there is none.
  func next(afterUpdates updates: Int, of total: Int, perEpoch: Int) -> Int? {
    switch self {
    case .never: nil
    case .everyUpdates(let count): count > 0 ? min((updates / count + 1) * count, total) : total
    case .everyEpoch: (updates / perEpoch + 1) * perEpoch
    }
  }
}
