extension ContrastiveDivergence {
  /// Trains a machine, and returns the records that the schedule asks for.
  ///
  /// `observe` sees each record with the machine as it is then, `progress` the count after every
  /// update. The result depends on the stream, never on the number of threads or the kernels. When
  /// training diverges, the machine keeps the parameters it had before the call.
  ///
  /// Every few milliseconds of work, and after the last update, `offer` gets the updates done and
  /// what makes a checkpoint of this moment. Training that goes on from one, `resuming`, gives the
  /// bits of training that was never stopped, and all its records; `observe` sees only the new ones.
  ///
  /// The order of samples in epoch e is the permutation of purpose `order`, step e, chain 0.
  @discardableResult
  public func train(
    _ machine: inout RestrictedBoltzmannMachine, on data: VisibleData, epochs: Int,
    stream: RandomStream, threads: Int = 1, kernels: Kernels = .standard,
    recording: RecordingSchedule = .never, resuming checkpoint: TrainingCheckpoint? = nil,
    observe: (TrainingRecord, RestrictedBoltzmannMachine) -> Void = { _, _ in },
    progress: (TrainingProgress) -> Void = { _ in },
    offer: (_ updates: Int, _ make: () -> TrainingCheckpoint) -> Void = { _, _ in }
  ) throws(TrainingError) -> [TrainingRecord] {
    precondition(threads >= 1, "There is no work without a thread.")
    try check(machine, data, epochs: epochs)
    let measuresErrors = recording != .never && chains == .fromData
    let run = TrainingRun(
      self, machine, data, stream: stream, threads: threads, kernels: kernels,
      measuresErrors: measuresErrors)
    let perEpoch = updatesPerEpoch(sampleCount: data.count)
    var recorder = TrainingRecorder(
      schedule: recording, updatesPerEpoch: perEpoch, total: perEpoch * epochs)
    var current = machine
    var failure: Int?
    if let checkpoint {
      let reader = CheckpointReader(checkpoint: checkpoint)
      try recorder.resume(reader, run, updates: reader.updates(of: perEpoch * epochs))
      try run.restore(reader)
    } else {
      recorder.record(run, into: &current, observe)
    }
    let start = recorder.updates
    formTeam(of: run.members) { member in
      failure = TrainingWorker(run, member).train(
        epochs: epochs, from: start, recording: recording
      ) { samples in
        recorder.finishUpdate(run, samples)
        progress(
          TrainingProgress(
            updates: recorder.updates, totalUpdates: perEpoch * epochs,
            updatesPerEpoch: perEpoch))
      } afterMeeting: {
        recorder.record(run, into: &current, observe)
        if run.canOffer(afterUpdates: recorder.updates, of: perEpoch * epochs) {
          offer(recorder.updates) {
            TrainingCheckpoint(
              updates: recorder.updates, run.stateTensors + recorder.tensors(run))
          }
        }
      }
    } followers: { member in
      _ = TrainingWorker(run, member).train(epochs: epochs, from: start, recording: recording)
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
  /// `afterUpdate` gets the samples of each update; `afterMeeting` follows where a record is due or a
  /// checkpoint can be made, with every thread waiting.
  func train(
    epochs: Int, from start: Int, recording: RecordingSchedule,
    afterUpdate: (ArraySlice<Int>) -> Void = { _ in }, afterMeeting: () -> Void = {}
  ) -> Int? {
    let count = run.data.count
    let perEpoch = settings.updatesPerEpoch(sampleCount: count)
    let total = perEpoch * epochs
    var (updates, isFinite) = (start, true)
    var place = settings.place(afterUpdates: start, perEpoch: perEpoch)
    // The updates after which threads meet for a record or a checkpoint.
    func nextStop() -> Int {
      let offer = run.nextOffer(afterUpdates: updates, of: total)
      let record = recording.next(afterUpdates: updates, of: total, perEpoch: perEpoch)
      return min(offer, record ?? offer)
    }
    var stop = nextStop()
    if settings.chains != .fromData {
      takeVisible(run.drawnVisible, count: chainCount, isLast: true)
    }
    for epoch in start / perEpoch..<max(epochs, start / perEpoch) {
      place.steps = settings.steps.steps(inEpoch: epoch)
      let order =
        settings.shuffles
        ? run.stream.permutation(of: count, step: epoch, chain: 0) : Array(0..<count)
      let batches = (updates - epoch * perEpoch) / settings.updatesPerBatch
      for start in stride(from: batches * settings.batchSize, to: count, by: settings.batchSize) {
        let samples = order[start..<min(start + settings.batchSize, count)]
        takeBatch(samples)
        let before = updates % settings.updatesPerBatch
        for number in before..<settings.updatesPerBatch {
          // Panels may have learned in other threads, which a new batch would have waited for.
          if number > before { _ = member.meet() }
          guard let goesOn = update(place, count: samples.count, wasFinite: isFinite)
          else { return updates }
          (isFinite, updates) = (goesOn, updates + 1)
          place.finishUpdate()
          afterUpdate(samples)
          if updates == stop {
            if !member.meet(isFinite) { return updates }
            afterMeeting()
            _ = member.meet()
            stop = nextStop()
          }
        }
      }
    }
    return member.meet(isFinite) ? nil : updates
  }
}
