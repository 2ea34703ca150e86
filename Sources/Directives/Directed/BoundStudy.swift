internal import Boltzmann
internal import Notebooks
internal import Numerals

/// A model with a bound that learns, once or from many seeds at once.
struct BoundStudy<Learning: BoundLearning>: Study {
  typealias Model = Learning.Model

  /// The most multiplications of one cell: some minutes.
  private static var workLimit: Double { 2e11 }

  let task: TrainingTask
  private let learning: Learning
  private let data: BitMatrix
  private let validation: BitMatrix?
  /// The model with freshly drawn parameters, number `draw` of a study; nil is the one shown.
  private let drawn: @Sendable (_ draw: Int?) -> Model

  /// A study of a model called `name`.
  init(
    _ name: String, _ task: TrainingTask, _ learning: Learning,
    drawn: @escaping @Sendable (_ draw: Int?) -> Model
  ) throws(Diagnostic) {
    (self.task, self.learning, self.drawn) = (task, learning, drawn)
    try task.checkColumns(among: BoundMonitor.columns, of: Model.kind)
    let model = drawn(nil)
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

  var updatesPerEpoch: Int {
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
    let updates = Double(updates)
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

  func start(draw: Int?, _ stream: RandomStream) -> Model { drawn(draw) }

  func learn(_ model: inout Model, _ run: inout StudyRun) throws(TrainingError) {
    let monitor = BoundMonitor(model, task.columns, data, validation: validation)
    let ownStream = run.stream.substream(named: "monitor")
    let threads = run.threads
    try learning.train(
      &model, on: data, epochs: task.epochs, stream: run.stream, recording: task.recording,
      resuming: run.checkpoint
    ) { stage, model in
      run.record(
        stage.updates, monitor.values(stage, model, stream: ownStream, threads: threads))
    } progress: { stage in
      run.tell(stage.updates)
    } offer: { updates, make in
      run.offer(updates, make)
    }
  }

  /// Learns; `value` makes the value of the trained model.
  func run<Core: Value>(
    in context: Context, value: (Model) -> Core
  ) throws(Diagnostic) -> Outcome {
    let runs = try learned(in: context)
    let report = TrainingReport(runs.map(\.trace), of: task)
    return Outcome(
      [.sentence(sentence(learning.title, rate: learning.learningRate))] + report.outputs,
      value: TrainedBound(
        model: value(runs[0].model), table: report.table, figures: report.figures))
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
