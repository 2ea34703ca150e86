/// How samples are cut into batches: what learning by steps along batches shares.
///
/// The order of samples in epoch e is the permutation of purpose `order`, step e, chain 0.
struct Minibatches {
  let sampleCount: Int
  let batchSize: Int
  let shuffles: Bool

  var updatesPerEpoch: Int { (sampleCount + batchSize - 1) / batchSize }

  /// The model that a learner ends with. `observe` sees it where a record is due, before the first
  /// update too; `progress` gets the count after each epoch; `offer` after each update.
  func train<Learner: BatchLearner>(
    _ learner: Learner, epochs: Int, stream: RandomStream, recording: RecordingSchedule,
    resuming checkpoint: TrainingCheckpoint?, observe: (TrainingProgress, Learner.Model) -> Void,
    progress: (TrainingProgress) -> Void,
    offer: (_ updates: Int, _ make: () -> TrainingCheckpoint) -> Void
  ) throws(TrainingError) -> Learner.Model {
    var (learner, updates) = (learner, 0)
    let total = updatesPerEpoch * epochs
    func stage() -> TrainingProgress {
      TrainingProgress(
        updates: updates, totalUpdates: total, updatesPerEpoch: updatesPerEpoch)
    }
    func model() throws(TrainingError) -> Learner.Model {
      guard let model = learner.model else { throw .diverged(update: updates) }
      return model
    }
    if let checkpoint {
      let reader = CheckpointReader(checkpoint: checkpoint)
      updates = try reader.updates(of: total)
      try learner.restore(reader)
    } else if recording != .never {
      observe(stage(), try model())
    }
    while updates < total {
      let epoch = updates / updatesPerEpoch
      let order =
        shuffles
        ? stream.permutation(of: sampleCount, step: epoch, chain: 0) : Array(0..<sampleCount)
      let first = updates % updatesPerEpoch * batchSize
      for start in stride(from: first, to: sampleCount, by: batchSize) {
        let samples = order[start..<min(start + batchSize, sampleCount)]
        try learner.update(updates, epoch: epoch, samples)
        updates += 1
        if recording.records(afterUpdates: updates, of: total, perEpoch: updatesPerEpoch) {
          observe(stage(), try model())
        }
        offer(updates) { TrainingCheckpoint(updates: updates, learner.stateTensors) }
      }
      progress(stage())
    }
    return try model()
  }

  /// Whether learning can begin.
  func check(
    _ data: BitMatrix, visibleCount: Int, learningRate: Double, epochs: Int
  ) throws(TrainingError) {
    if sampleCount == 0 { throw .noData }
    if data.columnCount != visibleCount {
      throw .unitCount(data.columnCount, visibleCount: visibleCount)
    }
    if batchSize < 1 { throw .notPositive("batch size", Double(batchSize)) }
    if !(learningRate > 0 && learningRate.isFinite) {
      throw .notPositive("learning rate", learningRate)
    }
    // Two passes, up and down, have a step of random numbers each.
    if Double(updatesPerEpoch) * Double(epochs) * 2 >= 0x1p32 { throw .tooManySteps }
  }
}
