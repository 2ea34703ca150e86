internal import Boltzmann
internal import Notebooks
internal import Numerals

extension RBMValue: LearningModel {
  static var standardColumns: [TrainingColumn] { RBMMonitor.standardColumns }

  func learn(
    _ task: TrainingTask, _ options: LearningOptions, in context: Context
  ) throws(Diagnostic) -> Outcome {
    try RBMStudy(self, task, options.training).run(in: context)
  }
}

/// An RBM that learns, once or from many seeds at once.
struct RBMStudy: Sendable {
  let rbm: RBMValue
  let task: TrainingTask
  let trainer: ContrastiveDivergence

  init(_ rbm: RBMValue, _ task: TrainingTask, _ options: TrainingOptions) throws(Diagnostic) {
    (self.rbm, self.task, trainer) = (rbm, task, try options.rbmTrainer())
    try task.checkColumns(among: RBMMonitor.columns, of: "an RBM")
    try checkUnits()
    try checkColumns()
    try checkWork()
  }

  func run(in context: Context) throws(Diagnostic) -> Outcome {
    let kernels: Kernels
    do { kernels = try Kernels.requested() } catch {
      throw Diagnostic("bad-environment", at: task.place, "\(error)")
    }
    let stream = RandomStream(seed: context.seed, name: context.identity)
    let visible = VisibleData(task.data)
    let isSingle = task.seeds == 1
    let progress = StudyProgress(task, in: context)
    let runs = mapConcurrently(task.seeds, threads: context.threads) { seed in
      let start = rbm.machine(draw: isSingle ? nil : seed)
      let ownStream = isSingle ? stream : stream.substream(UInt64(seed))
      let setup = RBMRun.Setup(
        data: visible, start: start, stream: ownStream, threads: isSingle ? context.threads : 1,
        kernels: kernels, progress: progress,
        keeper: keeper(from: start, stream: ownStream, in: context))
      defer { progress.finishSeed() }
      return RBMRun(self, setup)
    }
    for run in runs {
      if let error = run.error { throw diagnostic(for: error) }
    }
    for run in runs { run.keeper?.finish() }
    let report = TrainingReport(
      runs.map(\.recorded.trace), columns: task.columns, rows: task.rows)
    let outputs: [Output] = [.sentence(sentence)] + report.shownTable
    let exchanges = ExchangeReport(runs[0].recorded.acceptance)
    return Outcome(
      outputs + task.plotted.map { .plot(report.plot(of: $0)) } + exchanges.outputs,
      value: TrainedValue(
        machine: runs[0].machine, data: task.data, table: report.table,
        figures: report.figures + exchanges.figures, kernels: kernels))
  }

  /// What keeps the checkpoints of a seed; nil where there is nowhere to keep them.
  private func keeper(
    from start: RestrictedBoltzmannMachine, stream: RandomStream, in context: Context
  ) -> CheckpointKeeper? {
    context.store.map { store in
      CheckpointKeeper(
        store, key: StoreKey(self, from: start, stream: stream, cell: context.identity),
        pause: Environment.checkpointPause, keepsEnd: task.seeds > 1)
    }
  }

  private func diagnostic(for error: TrainingError) -> Diagnostic {
    switch error {
    case .diverged(let update):
      Diagnostic(
        "diverged", at: task.place,
        "learning diverged: after update \(update) a parameter is not finite",
        hint: "a smaller `:rate:`")
    default: Diagnostic("bad-training", at: task.place, "\(error)")
    }
  }

  private var sentence: String {
    let updates = trainer.updatesPerEpoch(sampleCount: task.data.count) * task.epochs
    let many = task.seeds > 1 ? ", from \(task.seeds) different initial weights" : ""
    return "\(trainer.described), \(updates) \(updates == 1 ? "update" : "updates") at rate "
      + "\(NumberFormat.significant(4).string(trainer.learningRate))\(many)."
  }
}
