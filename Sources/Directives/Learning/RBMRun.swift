internal import Boltzmann
internal import Notebooks

/// One seed of a study: an RBM that learns, and what was recorded on the way.
///
/// It goes on from its last checkpoint where there is one, and gives what it would have given without
/// a break.
struct RBMRun: Sendable {
  private(set) var recorded = RecordedSoFar()
  private(set) var machine: RestrictedBoltzmannMachine
  private(set) var error: TrainingError?
  /// What has kept its checkpoints.
  let keeper: CheckpointKeeper?

  /// What the run of a seed works with besides the study.
  struct Setup {
    let data: VisibleData
    let start: RestrictedBoltzmannMachine
    let stream: RandomStream
    let threads: Int
    let kernels: Kernels
    let progress: StudyProgress
    let keeper: CheckpointKeeper?
  }

  init(_ study: RBMStudy, _ setup: Setup) {
    (machine, keeper) = (setup.start, setup.keeper)
    if let tensors = setup.keeper?.resume(),
      let recorded = RecordedSoFar(tensors, width: study.task.columns.flatMap(\.parts).count)
    {
      self.recorded = recorded
      learn(study, setup, resuming: TrainingCheckpoint(tensors: tensors))
      if error != .badCheckpoint { return }
      (self.recorded, error) = (RecordedSoFar(), nil)
    }
    learn(study, setup, resuming: nil)
  }

  private mutating func learn(
    _ study: RBMStudy, _ setup: Setup, resuming checkpoint: TrainingCheckpoint?
  ) {
    let (task, trainer) = (study.task, study.trainer)
    let perEpoch = trainer.updatesPerEpoch(sampleCount: task.data.count)
    let ownStream = setup.stream.substream(named: "monitor")
    var recorded = recorded
    var monitor = RBMMonitor(task, trainer)
    monitor.firstNorm = recorded.firstNorm
    do throws(TrainingError) {
      try trainer.train(
        &machine, on: setup.data, epochs: task.epochs, stream: setup.stream,
        threads: setup.threads, kernels: setup.kernels,
        recording: task.record.map { .everyUpdates($0) } ?? .everyEpoch, resuming: checkpoint
      ) { record, machine in
        recorded.trace.updates.append(record.updates)
        recorded.trace.rows.append(
          monitor.values(record, machine, stream: ownStream, threads: setup.threads))
        recorded.acceptance = record.acceptance
        recorded.firstNorm = monitor.firstNorm
      } progress: { stage in
        if stage.updates.isMultiple(of: perEpoch) {
          setup.progress.finish(epochs: stage.epochs, recorded.trace.rows.last)
        }
      } offer: { updates, make in
        let isEnd = updates == perEpoch * task.epochs
        setup.keeper?.offer(isEnd: isEnd) { make().tensors + recorded.tensors }
      }
    } catch { self.error = error }
    self.recorded = recorded
  }
}
