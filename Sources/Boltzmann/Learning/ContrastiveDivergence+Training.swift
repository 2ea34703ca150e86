extension ContrastiveDivergence {
  /// Trains a machine, and returns the records that the schedule asks for.
  ///
  /// `observe` sees each record with the machine as it is then, `progress` the count after every
  /// update. The result depends on the stream, never on the number of threads or the kernels. When
  /// training diverges, the machine keeps the parameters it had before the call.
  ///
  /// The order of samples in epoch e is the permutation of purpose `order`, step e, chain 0.
  @discardableResult
  public func train(
    _ machine: inout RestrictedBoltzmannMachine, on data: VisibleData, epochs: Int,
    stream: RandomStream, threads: Int = 1, kernels: Kernels = .standard,
    recording: RecordingSchedule = .never,
    observe: (TrainingRecord, RestrictedBoltzmannMachine) -> Void = { _, _ in },
    progress: (TrainingProgress) -> Void = { _ in }
  ) throws(TrainingError) -> [TrainingRecord] {
    precondition(threads >= 1, "There is no work without a thread.")
    try check(machine, data, epochs: epochs)
    let measuresErrors = recording != .never && chains == .fromData
    let run = TrainingRun(
      self, machine, data, stream: stream, threads: threads, kernels: kernels,
      measuresErrors: measuresErrors)
    let perEpoch = updatesPerEpoch(sampleCount: data.count)
    var recorder = Recorder(schedule: recording, updatesPerEpoch: perEpoch)
    var current = machine
    var failure: Int?
    recorder.record(run, into: &current, observe)
    formTeam(of: run.usefulThreads(threads)) { member in
      failure = TrainingWorker(run, member).train(epochs: epochs, recording: recording) {
        samples in
        recorder.finishUpdate(run, samples)
        progress(
          TrainingProgress(
            updates: recorder.updates, totalUpdates: perEpoch * epochs,
            epochs: recorder.updates / perEpoch))
      } afterMeeting: {
        recorder.record(run, into: &current, observe)
      }
    } followers: { member in
      _ = TrainingWorker(run, member).train(epochs: epochs, recording: recording)
    }
    if let failure { throw .diverged(update: failure) }
    run.parameters.copy(into: &current)
    machine = current
    return recorder.records
  }
}

extension TrainingWorker {
  /// This thread's part of all epochs; the update after which a parameter was not finite, or nil.
  ///
  /// `afterUpdate` gets the samples of each update; `afterMeeting` follows where a record is due,
  /// with every thread waiting.
  func train(
    epochs: Int, recording: RecordingSchedule, afterUpdate: (ArraySlice<Int>) -> Void = { _ in },
    afterMeeting: () -> Void = {}
  ) -> Int? {
    let count = run.data.count
    let perEpoch = settings.updatesPerEpoch(sampleCount: count)
    var (updates, isFinite, place) = (0, true, UpdatePlace())
    for epoch in 0..<epochs {
      place.steps = settings.steps.steps(inEpoch: epoch)
      let order =
        settings.shuffles
        ? run.stream.permutation(of: count, step: epoch, chain: 0) : Array(0..<count)
      for start in stride(from: 0, to: count, by: settings.batchSize) {
        let samples = order[start..<min(start + settings.batchSize, count)]
        batch.load(samples, of: run.data)
        for _ in 0..<settings.updatesPerBatch {
          guard let goesOn = update(place, count: samples.count, wasFinite: isFinite)
          else { return updates }
          (isFinite, updates) = (goesOn, updates + 1)
          place.finishUpdate()
          afterUpdate(samples)
          if recording.records(afterUpdates: updates, perEpoch: perEpoch) {
            if !member.meet(isFinite) { return updates }
            afterMeeting()
            _ = member.meet()
          }
        }
      }
    }
    return member.meet(isFinite) ? nil : updates
  }
}

/// Counts updates and makes the records that are due.
private struct Recorder {
  let schedule: RecordingSchedule
  let updatesPerEpoch: Int
  private(set) var updates = 0
  private(set) var records: [TrainingRecord] = []
  private var errors = CompensatedSum()
  private var errorCount = 0

  init(schedule: RecordingSchedule, updatesPerEpoch: Int) {
    (self.schedule, self.updatesPerEpoch) = (schedule, updatesPerEpoch)
  }

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
    if !schedule.records(afterUpdates: updates, perEpoch: updatesPerEpoch) { return }
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
