internal import Boltzmann

/// One seed of a study on its way: what it draws from, what was recorded, where it goes on from.
struct StudyRun: Sendable {
  let stream: RandomStream
  let threads: Int
  let kernels: Kernels
  private let updatesPerEpoch: Int
  private let updates: Int
  private let progress: StudyProgress
  /// Takes what a checkpoint holds, if it wants it, and hears whether no update follows.
  private let keep: @Sendable (_ isEnd: Bool, _ tensors: () -> [Tensor]) -> Void
  /// Where an interrupted run had come to; nil begins.
  private(set) var checkpoint: TrainingCheckpoint?
  /// What was recorded so far.
  var trace = TrainingTrace()

  /// A run from the beginning, of so many `updates`.
  init(
    stream: RandomStream, threads: Int, kernels: Kernels, updatesPerEpoch: Int, updates: Int,
    progress: StudyProgress,
    keep: @escaping @Sendable (_ isEnd: Bool, _ tensors: () -> [Tensor]) -> Void
  ) {
    (self.stream, self.threads, self.kernels) = (stream, threads, kernels)
    (self.updatesPerEpoch, self.updates) = (updatesPerEpoch, updates)
    (self.progress, self.keep) = (progress, keep)
  }

  /// The run as a checkpoint has it; nil if this is none of rows of so many values.
  func resumed(from tensors: [Tensor], rowWidth: Int) -> StudyRun? {
    guard let trace = TrainingTrace(tensors, width: rowWidth) else { return nil }
    var run = self
    (run.checkpoint, run.trace) = (TrainingCheckpoint(tensors: tensors), trace)
    return run
  }

  /// A row of the table.
  mutating func record(_ updates: Int, _ row: [Double?]) {
    trace.updates.append(updates)
    trace.rows.append(row)
  }

  /// Tells those who wait, after each epoch.
  func tell(_ updates: Int) {
    guard updates.isMultiple(of: updatesPerEpoch) else { return }
    progress.finish(epochs: updates / updatesPerEpoch, trace.rows.last)
  }

  /// A checkpoint can be made now; `hasEnded` says that no update follows.
  func offer(_ updates: Int, hasEnded: Bool = false, _ make: () -> TrainingCheckpoint) {
    keep(hasEnded || updates == self.updates) { make().tensors + trace.tensors }
  }
}
