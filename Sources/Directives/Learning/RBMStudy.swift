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
struct RBMStudy: Study {
  let rbm: RBMValue
  let task: TrainingTask
  let trainer: ContrastiveDivergence
  private let data: VisibleData

  init(_ rbm: RBMValue, _ task: TrainingTask, _ options: TrainingOptions) throws(Diagnostic) {
    (self.rbm, self.task, trainer) = (rbm, task, try options.rbmTrainer())
    data = VisibleData(task.data)
    try task.checkColumns(among: RBMMonitor.columns, of: "an RBM")
    try checkUnits()
    try checkColumns()
    try checkWork()
  }

  var updatesPerEpoch: Int { trainer.updatesPerEpoch(sampleCount: task.data.count) }

  func start(draw: Int?, _ stream: RandomStream) -> RestrictedBoltzmannMachine {
    rbm.machine(draw: draw)
  }

  func learn(
    _ machine: inout RestrictedBoltzmannMachine, _ run: inout StudyRun
  ) throws(TrainingError) {
    let monitor = RBMMonitor(machine, task, trainer)
    let ownStream = run.stream.substream(named: "monitor")
    let threads = run.threads
    try trainer.train(
      &machine, on: data, epochs: task.epochs, stream: run.stream, threads: threads,
      kernels: run.kernels, recording: task.recording, resuming: run.checkpoint
    ) { record, machine in
      run.record(
        record.updates, monitor.values(record, machine, stream: ownStream, threads: threads))
      // The last that is known of each pair: not every record has seen all of them tried.
      let before = run.trace.figures + record.acceptance.dropFirst(run.trace.figures.count)
      run.trace.figures = zip(record.acceptance, before).map { $0 ?? $1 }
    } progress: { stage in
      run.tell(stage.updates)
    } offer: { updates, make in
      run.offer(updates, make)
    }
  }

  func run(in context: Context) throws(Diagnostic) -> Outcome {
    let runs = try learned(in: context)
    let report = TrainingReport(runs.map(\.trace), of: task)
    let exchanges = ExchangeReport(runs[0].trace.figures)
    let title = sentence(trainer.described, rate: trainer.learningRate)
    return Outcome(
      [.sentence(title)] + report.outputs + exchanges.outputs,
      value: TrainedValue(
        machine: runs[0].model, data: task.data, table: report.table,
        figures: report.figures + exchanges.figures, kernels: try context.kernels()))
  }
}
