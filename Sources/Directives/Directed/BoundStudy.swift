internal import Boltzmann
internal import Notebooks
internal import Numerals

/// A model with a bound that learns, once or from many seeds at once.
struct BoundStudy<Learning: BoundLearning>: Sendable {
  typealias Model = Learning.Model

  /// The records of one seed, and the model at the end.
  private struct Run: Sendable {
    var trace = TrainingTrace()
    var model: Model
    var error: TrainingError?
  }

  /// The most multiplications of one cell: some minutes.
  private static var workLimit: Double { 2e11 }

  private let task: TrainingTask
  private let learning: Learning
  private let data: BitMatrix
  private let validation: BitMatrix?
  /// The model with freshly drawn parameters, number `draw` of a study; nil is the one shown.
  private let start: @Sendable (_ draw: Int?) -> Model

  /// A study of a model called `name`.
  init(
    _ name: String, _ task: TrainingTask, _ learning: Learning,
    start: @escaping @Sendable (_ draw: Int?) -> Model
  ) throws(Diagnostic) {
    (self.task, self.learning, self.start) = (task, learning, start)
    try task.checkColumns(among: BoundMonitor.columns, of: Model.kind)
    let model = start(nil)
    data = try task.data.binaryRows(of: model.visibleCount, in: name, at: task.place)
    validation = try task.validation.map { (validation) throws(Diagnostic) in
      try validation.data.binaryRows(of: model.visibleCount, in: name, at: validation.place)
    }
    if task.columns.contains(.validation), validation == nil {
      throw Diagnostic(
        "missing-option", at: task.place,
        "the column \("validation".quoted) needs the option \(":validation:".quoted)")
    }
    try checkWork(model)
  }

  private var updatesPerEpoch: Int {
    (data.rowCount + learning.batchSize - 1) / learning.batchSize
  }

  private func checkWork(_ model: Model) throws(Diagnostic) {
    // Six passes through the weights, each with some work for a unit's draw.
    let epochWork = 10 * Double(model.parameterCount) * Double(data.rowCount)
    var recordWork = 0.0
    if let column = task.columns.first(where: { BoundMonitor.exactColumns.contains($0) }) {
      guard let work = model.exactWork(rows: data.rowCount + (validation?.rowCount ?? 0)) else {
        throw Diagnostic(
          "limit-exceeded", at: task.place, model.exactLimit,
          hint: "leave \(column.rawValue.quoted) out of `:columns:`; \("elbo".quoted) has no limit")
      }
      recordWork += work
    }
    if task.columns.contains(.elbo) { recordWork += epochWork * Double(BoundMonitor.draws) / 3 }
    let updates = Double(task.epochs * updatesPerEpoch)
    let records = 1 + (task.record.map { updates / Double($0) } ?? Double(task.epochs))
    let work =
      Double(task.seeds) * (epochWork * Double(task.epochs) + records * recordWork)
    guard work <= Self.workLimit else {
      throw Diagnostic(
        "limit-exceeded", at: task.place,
        "this training needs about \(NumberFormat.scientific(1).string(work)) multiplications; "
          + "the limit is \(NumberFormat.scientific(0).string(Self.workLimit))")
    }
    try task.check(work: work, updates: updates)
  }

  /// Learns; `value` makes the value of the trained model.
  func run<Core: Value>(
    in context: Context, value: (Model) -> Core
  ) throws(Diagnostic) -> Outcome {
    let stream = RandomStream(seed: context.seed, name: context.identity)
    let isSingle = task.seeds == 1
    let progress = StudyProgress(task, in: context)
    let runs = mapConcurrently(task.seeds, threads: context.threads) { seed in
      run(
        from: start(isSingle ? nil : seed),
        stream: isSingle ? stream : stream.substream(UInt64(seed)),
        threads: isSingle ? context.threads : 1, progress)
    }
    for run in runs {
      if let error = run.error { throw diagnostic(for: error) }
    }
    let report = TrainingReport(runs.map(\.trace), columns: task.columns, rows: task.rows)
    return Outcome(
      [.sentence(sentence)] + report.shownTable + task.plotted.map { .plot(report.plot(of: $0)) },
      value: TrainedBound(
        model: value(runs[0].model), table: report.table, figures: report.figures))
  }

  private func run(
    from start: Model, stream: RandomStream, threads: Int, _ progress: StudyProgress
  ) -> Run {
    defer { progress.finishSeed() }
    var run = Run(model: start)
    var monitor = BoundMonitor(task.columns, data, validation: validation)
    let ownStream = stream.substream(named: "monitor")
    do throws(TrainingError) {
      try learning.train(
        &run.model, on: data, epochs: task.epochs, stream: stream,
        recording: task.record.map { .everyUpdates($0) } ?? .everyEpoch
      ) { stage, model in
        run.trace.updates.append(stage.updates)
        run.trace.rows.append(monitor.values(stage, model, stream: ownStream, threads: threads))
      } progress: { stage in
        progress.finish(epochs: stage.epochs, run.trace.rows.last)
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
    let updates = updatesPerEpoch * task.epochs
    let many = task.seeds > 1 ? ", from \(task.seeds) different initial weights" : ""
    return "\(learning.title), \(updates) \(updates == 1 ? "update" : "updates") at rate "
      + "\(NumberFormat.significant(4).string(learning.learningRate))\(many)."
  }
}

/// A model with a bound that has learned, with the record of how.
struct TrainedBound<Core: Value>: TableValue, FigureValue, CompositeValue {
  let model: Core
  let table: Table
  let figures: [(name: String, value: Double)]

  var kind: String { "\(model.kind) that has learned" }
  var core: any Value { model }
}

extension TrainedBound: QueryableValue where Core: QueryableValue {
  var functions: [String] { model.functions }
  func answer(_ query: Query) throws(Diagnostic) -> Double { try model.answer(query) }
}

extension Dataset {
  /// The rows as states of so many visible units.
  func binaryRows(
    of visibleCount: Int, in model: String, at place: Place
  ) throws(Diagnostic) -> BitMatrix {
    guard unitCount == visibleCount else {
      throw Diagnostic(
        "bad-data", at: place,
        "a row has \(unitCount) values, but \(model.quoted) has \(visibleCount) visible units")
    }
    guard case .binary(let bits) = VisibleData(self) else {
      throw Diagnostic(
        "bad-data", at: place, "\(model.quoted) learns from data of 0 and 1",
        hint: "`:threshold:` makes them so")
    }
    return bits
  }
}
