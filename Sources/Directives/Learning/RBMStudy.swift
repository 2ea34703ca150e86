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

  /// The records of one seed, and the machine at the end.
  private struct Run: Sendable {
    var trace = TrainingTrace()
    var machine: RestrictedBoltzmannMachine
    /// Of the exchanges between temperatures since the record before the last.
    var acceptance: [Double?] = []
    var error: TrainingError?
  }

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
      run(
        visible, from: rbm.machine(draw: isSingle ? nil : seed),
        stream: isSingle ? stream : stream.substream(UInt64(seed)),
        threads: isSingle ? context.threads : 1, kernels: kernels, progress)
    }
    for run in runs {
      if let error = run.error { throw diagnostic(for: error) }
    }
    let report = TrainingReport(runs.map(\.trace), columns: task.columns, rows: task.rows)
    let outputs: [Output] = [.sentence(sentence)] + report.shownTable
    let exchanges = ExchangeReport(runs[0].acceptance)
    return Outcome(
      outputs + task.plotted.map { .plot(report.plot(of: $0)) } + exchanges.outputs,
      value: TrainedValue(
        machine: runs[0].machine, data: task.data, table: report.table,
        figures: report.figures + exchanges.figures, kernels: kernels))
  }

  private func run(
    _ visible: VisibleData, from start: RestrictedBoltzmannMachine, stream: RandomStream,
    threads: Int, kernels: Kernels, _ progress: StudyProgress
  ) -> Run {
    defer { progress.finishSeed() }
    var run = Run(machine: start)
    var monitor = RBMMonitor(task, trainer)
    let perEpoch = trainer.updatesPerEpoch(sampleCount: task.data.count)
    let ownStream = stream.substream(named: "monitor")
    do throws(TrainingError) {
      try trainer.train(
        &run.machine, on: visible, epochs: task.epochs, stream: stream, threads: threads,
        kernels: kernels, recording: task.record.map { .everyUpdates($0) } ?? .everyEpoch
      ) { record, machine in
        run.trace.updates.append(record.updates)
        run.trace.rows.append(
          monitor.values(record, machine, stream: ownStream, threads: threads))
        run.acceptance = record.acceptance
      } progress: { stage in
        if stage.updates.isMultiple(of: perEpoch) {
          progress.finish(epochs: stage.epochs, run.trace.rows.last)
        }
      }
    } catch { run.error = error }
    return run
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
