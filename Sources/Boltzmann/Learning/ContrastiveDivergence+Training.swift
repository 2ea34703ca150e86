extension ContrastiveDivergence {
  /// Trains a machine, and returns the records that the schedule asks for.
  ///
  /// `observe` sees each record with the machine as it is then. The result depends on the stream,
  /// never on the number of threads or the kernels. When training diverges, the machine keeps the
  /// parameters it had before the call.
  ///
  /// The order of samples in epoch e is the permutation of purpose `order`, step e, chain 0.
  @discardableResult
  public func train(
    _ machine: inout RestrictedBoltzmannMachine, on data: VisibleData, epochs: Int,
    stream: RandomStream, threads: Int = 1, kernels: Kernels = .standard,
    recording: RecordingSchedule = .never,
    observe: (TrainingRecord, RestrictedBoltzmannMachine) -> Void = { _, _ in }
  ) throws(TrainingError) -> [TrainingRecord] {
    precondition(threads >= 1, "There is no work without a thread.")
    try check(machine, data, epochs: epochs)
    let run = TrainingRun(
      self, machine, data, stream: stream, threads: threads, kernels: kernels)
    let perEpoch = updatesPerEpoch(sampleCount: data.count)
    var recorder = Recorder(schedule: recording, updatesPerEpoch: perEpoch)
    var current = machine
    recorder.record(run, into: &current, observe)
    for epoch in 0..<epochs {
      let order =
        shuffles
        ? stream.permutation(of: data.count, step: epoch, chain: 0) : Array(0..<data.count)
      for start in stride(from: 0, to: data.count, by: batchSize) {
        let samples = order[start..<min(start + batchSize, data.count)]
        run.batch.load(samples, of: data)
        for _ in 0..<updatesPerBatch {
          if !run.update(number: recorder.updates, count: samples.count) {
            throw .diverged(update: recorder.updates + 1)
          }
          recorder.finishUpdate(run, count: samples.count)
          recorder.record(run, into: &current, observe)
        }
      }
    }
    run.copyParameters(into: &current)
    machine = current
    return recorder.records
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

  mutating func finishUpdate(_ run: TrainingRun, count: Int) {
    updates += 1
    if schedule == .never || run.settings.chains != .fromData { return }
    for error in run.batch.squaredErrors(of: run.chains.visible, count: count) {
      errors.add(error)
    }
    errorCount += count
  }

  mutating func record(
    _ run: TrainingRun, into machine: inout RestrictedBoltzmannMachine,
    _ observe: (TrainingRecord, RestrictedBoltzmannMachine) -> Void
  ) {
    if !schedule.records(afterUpdates: updates, perEpoch: updatesPerEpoch) { return }
    run.copyParameters(into: &machine)
    let record = TrainingRecord(
      updates: updates, epochs: updates / updatesPerEpoch,
      weightNorm: machine.weights.frobeniusNorm,
      reconstructionError: errorCount > 0 ? errors.value / Double(errorCount) : nil)
    (errors, errorCount) = (CompensatedSum(), 0)
    records.append(record)
    observe(record, machine)
  }
}

extension TrainingRun {
  /// Writes the parameters as they are now into a machine.
  func copyParameters(into machine: inout RestrictedBoltzmannMachine) {
    machine.weights = Matrix(parameters.weights.copy())
    machine.visibleBiases = parameters.visibleBiases.row(0)
    machine.hiddenBiases = parameters.hiddenBiases.row(0)
  }
}
