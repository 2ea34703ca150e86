internal import Boltzmann
internal import Notebooks
internal import Synchronization

/// Keeps checkpoints of one seed of a study, and knows where to go on from.
///
/// A checkpoint goes under the key of its cell, which has in it all that the result depends on, the
/// program too: one of another kind, with other settings or from another version is never found.
///
/// The clock decides when a checkpoint is written, and nothing else: a run that goes on gives the
/// bits of one that never stopped. What is in the way, missing or damaged costs work and no more.
final class CheckpointKeeper: Sendable {
  private let store: Store
  private let key: StoreKey
  /// Whether others of the study go on when this run has ended.
  private let keepsEnd: Bool
  private let start: ContinuousClock.Instant
  private let rhythm: Mutex<Rhythm>

  private struct Rhythm {
    var written: ContinuousClock.Instant
    var pause: Duration
  }

  /// Writing takes at most one part of the time in so many.
  private static let parts = 20
  /// What takes less is not worth a file.
  private static let shortest = Duration.milliseconds(20)

  /// Nil where there is nowhere to keep anything.
  init?(ofSeed seed: Int, keepsEnd: Bool, in context: Context) {
    guard let store = context.store, let key = context.key else { return nil }
    (self.store, self.keepsEnd) = (store, keepsEnd)
    self.key = key.derived("checkpoint of seed \(seed)")
    start = ContinuousClock.now
    rhythm = Mutex(Rhythm(written: start, pause: Environment.checkpointPause))
  }

  /// What the last checkpoint holds; nil if there is none.
  func resume() -> [Tensor]? {
    store.get(key).flatMap { try? TensorFile(parsing: $0) }?.tensors
  }

  /// Writes a checkpoint if the last one is long enough ago, or if it is the end and others go on.
  func offer(isEnd: Bool, _ tensors: () -> [Tensor]) {
    let begin = ContinuousClock.now
    let isWorthIt =
      isEnd
      ? keepsEnd && begin - start >= Self.shortest
      : rhythm.withLock { begin - $0.written >= $0.pause }
    guard isWorthIt else { return }
    store.put(TensorFile(tensors: tensors()).bytes, for: key)
    let end = ContinuousClock.now
    let least = (end - begin) * Self.parts
    rhythm.withLock { $0 = Rhythm(written: end, pause: max($0.pause, least)) }
  }

  /// Forgets the checkpoint.
  func finish() { store.remove(key) }
}
