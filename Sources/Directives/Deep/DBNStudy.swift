internal import Boltzmann
internal import Notebooks

extension DBNValue: LearningModel {
  static var standardColumns: [TrainingColumn] { [.error] }

  func learn(
    _ task: TrainingTask, _ options: LearningOptions, in context: Context
  ) throws(Diagnostic) -> Outcome {
    try DBNStudy(self, task, options.training).run(in: context)
  }
}

/// A deep belief net that is fine-tuned by the up-down algorithm.
struct DBNStudy: Study {
  private let value: DBNValue
  let task: TrainingTask
  private let trainer: UpDown
  private let data: BitMatrix
  private let labels: [Int]?
  private let monitor: DBNMonitor

  init(_ value: DBNValue, _ task: TrainingTask, _ options: TrainingOptions) throws(Diagnostic) {
    (self.value, self.task, trainer) = (value, task, try options.upDown())
    try task.checkColumns(among: DBNMonitor.columns, of: "a deep belief net")
    if task.seeds > 1 {
      throw Diagnostic(
        "unexpected-option", at: task.place,
        "a deep belief net starts from weights that it has, not from many `:seeds:`")
    }
    try value.check(
      task.data, called: "the data", model: value.name.quoted, at: task.place)
    data = try task.data.binaryRows(of: value.net.visibleCount, in: value.name, at: task.place)
    labels =
      value.net.labelCount == 0
      ? nil : try value.labels(of: task.data, called: "the data", at: task.place)
    monitor = try DBNMonitor(value, task, labels)
    try checkWork()
  }

  var updatesPerEpoch: Int { trainer.updatesPerEpoch(sampleCount: data.rowCount) }

  func start(draw: Int?, _ stream: RandomStream) -> DeepBeliefNet { value.net }

  func learn(_ net: inout DeepBeliefNet, _ run: inout StudyRun) throws(TrainingError) {
    let threads = run.threads
    try trainer.train(
      &net, on: data, labels: labels, epochs: task.epochs, stream: run.stream,
      kernels: run.kernels, recording: task.recording, resuming: run.checkpoint
    ) { stage, net in
      run.record(stage.updates, monitor.values(net, epochs: stage.epochs, threads: threads))
    } progress: { stage in
      run.tell(stage.updates)
    } offer: { updates, make in
      run.offer(updates, make)
    }
  }

  func run(in context: Context) throws(Diagnostic) -> Outcome {
    let run = try learned(in: context)[0]
    let report = TrainingReport([run.trace], of: task)
    let tuned = DBNValue(
      name: value.name, net: run.model, imageShape: value.imageShape, kernels: value.kernels)
    let title = "Up-down with CD-\(trainer.steps.described) at the top"
    return Outcome(
      [.sentence(sentence(title, rate: trainer.learningRate))] + report.outputs,
      value: TrainedDBN(value: tuned, table: report.table, figures: report.figures))
  }

  private func checkWork() throws(Diagnostic) {
    let net = value.net
    let perEpoch = Double(updatesPerEpoch)
    let updates = Double(updates)
    let below = net.layers.reduce(0.0) { $0 + Double($1.up.inputCount * $1.up.outputCount) }
    let top = Double(net.top.visibleCount * net.top.hiddenCount)
    let batch = Double(min(trainer.batchSize, task.data.count))
    let chains = trainer.steps.sum(epochs: task.epochs) { 2 * Double($0) * perEpoch }
    let records = task.record.map { updates / Double($0) } ?? Double(task.epochs)
    let work = batch * (6 * updates * (below + top) + chains * top) + records * monitor.work
    try task.check(work: work, updates: updates)
  }
}

extension TrainingOptions {
  /// How a deep belief net learns.
  fileprivate func upDown() throws(Diagnostic) -> UpDown {
    if gives(Self.algorithm), algorithm != .upDown {
      throw Diagnostic(
        "not-a-choice", at: place(ofFirst: [Self.algorithm]) ?? Place(file: ""),
        "a deep belief net does not learn by `\(algorithm.rawValue)`",
        hint: "it learns by `up-down`")
    }
    try check(
      [Self.algorithm, Self.steps, Self.rate, Self.batch, Self.order], to: "`up-down`")
    var trainer = UpDown()
    trainer.steps = steps
    trainer.batchSize = batch
    trainer.shuffles = order == .shuffled
    trainer.learningRate = rate
    return trainer
  }
}
