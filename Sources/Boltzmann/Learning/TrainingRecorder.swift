/// Counts updates and makes the records that are due.
struct TrainingRecorder {
  let schedule: RecordingSchedule
  let updatesPerEpoch: Int
  /// The updates of all epochs.
  let total: Int
  private(set) var updates = 0
  private(set) var records: [TrainingRecord] = []
  private var errors = CompensatedSum()
  private var errorCount = 0

  init(schedule: RecordingSchedule, updatesPerEpoch: Int, total: Int) {
    (self.schedule, self.updatesPerEpoch, self.total) = (schedule, updatesPerEpoch, total)
  }

  /// Goes on behind a checkpoint of the same run.
  mutating func resume(
    _ reader: CheckpointReader, _ run: TrainingRun, updates: Int
  ) throws(TrainingError) {
    guard let shape = reader.checkpoint["records"]?.shape, shape.count == 2,
      shape[1] == Self.columns + (run.tempered?.pairCount ?? 0)
    else { throw .badCheckpoint }
    let sums = try reader.doubles("errors", [3])
    guard let count = Int(exactly: sums[2]), count >= 0 else { throw .badCheckpoint }
    let values = try reader.doubles("records", shape)
    records = []
    for number in 0..<shape[0] {
      let row = values[number * shape[1]..<(number + 1) * shape[1]].map { $0.isNaN ? nil : $0 }
      guard let updates = row[0].flatMap(Int.init(exactly:)),
        let epochs = row[1].flatMap(Int.init(exactly:)), let norm = row[2]
      else { throw .badCheckpoint }
      records.append(
        TrainingRecord(
          updates: updates, epochs: epochs, weightNorm: norm, reconstructionError: row[3],
          acceptance: Array(row[Self.columns...])))
    }
    (self.updates, errors) = (updates, CompensatedSum(sum: sums[0], lost: sums[1]))
    errorCount = count
  }

  /// What goes into a checkpoint.
  func tensors(_ run: TrainingRun) -> [Tensor] {
    let rows = records.map { record in
      [Double(record.updates), Double(record.epochs), record.weightNorm]
        + ([record.reconstructionError] + record.acceptance).map { $0 ?? .nan }
    }
    let width = Self.columns + (run.tempered?.pairCount ?? 0)
    return [
      Tensor("errors", shape: [3], [errors.sum, errors.lost, Double(errorCount)]),
      Tensor("records", shape: [rows.count, width], rows.flatMap(\.self)),
    ]
  }

  /// The columns of a record besides its exchanges.
  private static let columns = 4

  mutating func finishUpdate(_ run: TrainingRun, _ samples: ArraySlice<Int>) {
    updates += 1
    if schedule == .never || run.settings.chains != .fromData { return }
    for (row, sample) in samples.enumerated() {
      errors.add(run.squaredError(row: row, sample: sample))
    }
    errorCount += samples.count
  }

  mutating func record(
    _ run: TrainingRun, into machine: inout RestrictedBoltzmannMachine,
    _ observe: (TrainingRecord, RestrictedBoltzmannMachine) -> Void
  ) {
    if !schedule.records(afterUpdates: updates, of: total, perEpoch: updatesPerEpoch) { return }
    run.parameters.copy(into: &machine)
    let record = TrainingRecord(
      updates: updates, epochs: updates / updatesPerEpoch,
      weightNorm: machine.weights.frobeniusNorm,
      reconstructionError: errorCount > 0 ? errors.value / Double(errorCount) : nil,
      acceptance: run.tempered?.takeAcceptance() ?? [])
    (errors, errorCount) = (CompensatedSum(), 0)
    records.append(record)
    observe(record, machine)
  }
}
