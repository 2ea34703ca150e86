/// How samples are cut into batches: what learning by steps along batches shares.
///
/// The order of samples in epoch e is the permutation of purpose `order`, step e, chain 0.
struct Minibatches {
  let sampleCount: Int
  let batchSize: Int
  let shuffles: Bool

  var updatesPerEpoch: Int { (sampleCount + batchSize - 1) / batchSize }

  /// Calls `update` with the number of each update, from 0, and its samples; `observe` where a
  /// record is due, before the first update too; `progress` after each epoch.
  func visit(
    epochs: Int, stream: RandomStream, recording: RecordingSchedule,
    update: (Int, ArraySlice<Int>) throws(TrainingError) -> Void,
    observe: (TrainingProgress) -> Void, progress: (TrainingProgress) -> Void
  ) throws(TrainingError) {
    let total = updatesPerEpoch * epochs
    func stage(_ updates: Int) -> TrainingProgress {
      TrainingProgress(
        updates: updates, totalUpdates: total, epochs: updates / updatesPerEpoch)
    }
    var updates = 0
    if recording.records(afterUpdates: 0, perEpoch: updatesPerEpoch) { observe(stage(0)) }
    for epoch in 0..<epochs {
      let order =
        shuffles
        ? stream.permutation(of: sampleCount, step: epoch, chain: 0) : Array(0..<sampleCount)
      for start in stride(from: 0, to: sampleCount, by: batchSize) {
        try update(updates, order[start..<min(start + batchSize, sampleCount)])
        updates += 1
        if recording.records(afterUpdates: updates, perEpoch: updatesPerEpoch) {
          observe(stage(updates))
        }
      }
      progress(stage(updates))
    }
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
