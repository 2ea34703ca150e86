internal import Boltzmann
internal import Notebooks
internal import Numerals

/// What every study of learning is asked, whatever its model.
struct TrainingTask: Sendable {
  /// Rows of the same kind as the data that nothing is learned from.
  struct Validation: Sendable {
    let data: Dataset
    /// Where they are named.
    let place: Place
  }

  let data: Dataset
  let validation: Validation?
  let epochs: Int
  /// Updates between two rows of the table; nil is an epoch.
  let record: Int?
  let seeds: Int
  let columns: [TrainingColumn]
  /// How many rows of the table are shown.
  let rows: Int
  /// Columns that are plotted.
  let plotted: [TrainingColumn]
  let place: Place

  /// When a row of the table is due.
  var recording: RecordingSchedule { record.map { .everyUpdates($0) } ?? .everyEpoch }

  /// The most multiplications that one cell may ask for.
  static let workLimit = 2e13
  static let recordLimit = 100_000.0

  /// Whether so many multiplications, updates and rows of the table are few enough.
  func check(work: Double, updates: Double) throws(Diagnostic) {
    guard work <= Self.workLimit else {
      throw Diagnostic(
        "limit-exceeded", at: place,
        "this training needs about \(NumberFormat.scientific(1).string(work)) multiplications; "
          + "the limit is \(NumberFormat.scientific(0).string(Self.workLimit))")
    }
    let records = record.map { updates / Double($0) } ?? Double(epochs)
    guard records <= Self.recordLimit else {
      throw Diagnostic(
        "limit-exceeded", at: place, "more than 100000 rows would be recorded",
        hint: "`:record:` a row less often")
    }
  }

  /// Whether the columns asked for are those of a kind of model.
  func checkColumns(
    _ asked: [TrainingColumn]? = nil, among known: [TrainingColumn], of what: String
  ) throws(Diagnostic) {
    guard let other = (asked ?? columns).first(where: { !known.contains($0) }) else { return }
    throw Diagnostic(
      "unknown-column", at: place, "\(other.rawValue.quoted) is not recorded of \(what)",
      hint: "these are: \(known.map { $0.rawValue.quoted }.joined(separator: ", "))")
  }
}
