internal import Boltzmann
internal import Notebooks
internal import Numerals

extension DBNValue: LearningModel {
  static var standardColumns: [TrainingColumn] { [.error] }

  func learn(
    _ task: TrainingTask, _ options: LearningOptions, in context: Context
  ) throws(Diagnostic) -> Outcome {
    try DBNStudy(self, task, options.training).run(in: context)
  }
}

/// A deep belief net that is fine-tuned by the up-down algorithm.
struct DBNStudy: Sendable {
  private let value: DBNValue
  private let task: TrainingTask
  private let trainer: UpDown
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
    labels =
      value.net.labelCount == 0
      ? nil : try value.labels(of: task.data, called: "the data", at: task.place)
    monitor = try DBNMonitor(value, task, labels)
    try checkWork()
  }

  func run(in context: Context) throws(Diagnostic) -> Outcome {
    guard case .binary(let bits) = VisibleData(task.data) else { return Outcome() }
    let stream = RandomStream(seed: context.seed, name: context.identity)
    let progress = StudyProgress(task, in: context)
    let perEpoch = trainer.updatesPerEpoch(sampleCount: task.data.count)
    var (net, trace) = (value.net, TrainingTrace())
    do throws(TrainingError) {
      try trainer.train(
        &net, on: bits, labels: labels, epochs: task.epochs, stream: stream,
        kernels: value.kernels, recording: task.record.map { .everyUpdates($0) } ?? .everyEpoch
      ) { updates, net in
        trace.updates.append(updates)
        trace.rows.append(
          monitor.values(net, epochs: updates / perEpoch, threads: context.threads))
      } progress: { stage in
        if stage.updates.isMultiple(of: perEpoch) {
          progress.finish(epochs: stage.epochs, trace.rows.last)
        }
      }
    } catch { throw diagnostic(for: error) }
    let report = TrainingReport([trace], columns: task.columns, rows: task.rows)
    let tuned = DBNValue(
      name: value.name, net: net, imageShape: value.imageShape, kernels: value.kernels)
    return Outcome(
      [.sentence(sentence)] + report.shownTable
        + task.plotted.map { .plot(report.plot(of: $0)) },
      value: TrainedDBN(value: tuned, table: report.table, figures: report.figures))
  }

  private func diagnostic(for error: TrainingError) -> Diagnostic {
    guard case .diverged(let update) = error else {
      return Diagnostic("bad-training", at: task.place, "\(error)")
    }
    return Diagnostic(
      "diverged", at: task.place,
      "learning diverged: after update \(update) a parameter is not finite",
      hint: "a smaller `:rate:`")
  }

  private func checkWork() throws(Diagnostic) {
    let net = value.net
    let perEpoch = Double(trainer.updatesPerEpoch(sampleCount: task.data.count))
    let updates = perEpoch * Double(task.epochs)
    let below = net.layers.reduce(0.0) { $0 + Double($1.up.inputCount * $1.up.outputCount) }
    let top = Double(net.top.visibleCount * net.top.hiddenCount)
    let batch = Double(min(trainer.batchSize, task.data.count))
    let chains = trainer.steps.sum(epochs: task.epochs) { 2 * Double($0) * perEpoch }
    let records = task.record.map { updates / Double($0) } ?? Double(task.epochs)
    let work = batch * (6 * updates * (below + top) + chains * top) + records * monitor.work
    try task.check(work: work, updates: updates)
  }

  private var sentence: String {
    let updates = trainer.updatesPerEpoch(sampleCount: task.data.count) * task.epochs
    return "Up-down with CD-\(trainer.steps.described) at the top, \(updates) "
      + "\(updates == 1 ? "update" : "updates") at rate "
      + "\(NumberFormat.significant(4).string(trainer.learningRate))."
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
