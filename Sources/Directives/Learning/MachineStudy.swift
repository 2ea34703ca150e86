internal import Boltzmann
internal import Notebooks
internal import Numerals

extension MachineValue: LearningModel {
  static var standardColumns: [TrainingColumn] { MachineMonitor.standardColumns }

  func learn(
    _ task: TrainingTask, _ options: LearningOptions, in context: Context
  ) throws(Diagnostic) -> Outcome {
    if let validation = task.validation {
      throw Diagnostic(
        "unexpected-option", at: validation.place, "`validation` has no meaning for a machine")
    }
    return try MachineStudy(self, task, options.training, options.phases, in: context)
      .run(in: context)
  }
}

/// A general machine that learns, once or from many seeds at once.
struct MachineStudy: Study {
  private let value: MachineValue
  let task: TrainingTask
  private let phases: PhaseOptions
  private let learning: BoltzmannLearning
  private let rows: ClampedRows
  private let monitor: MachineMonitor

  init(
    _ value: MachineValue, _ task: TrainingTask, _ options: TrainingOptions, _ phases: PhaseOptions,
    in context: Context
  ) throws(Diagnostic) {
    (self.value, self.task, self.phases) = (value, task, phases)
    learning = try options.boltzmannLearning(phases)
    let setup = MachineStudySetup(value, task, phases, learning)
    rows = try setup.rows()
    monitor = try setup.monitor(rows, in: context)
    try setup.checkWork(rows)
  }

  func run(in context: Context) throws(Diagnostic) -> Outcome {
    outcome(try learned(in: context))
  }

  /// All rows take part in every update.
  var updatesPerEpoch: Int { 1 }

  func start(draw: Int?, _ stream: RandomStream) throws(TrainingError) -> BoltzmannMachine {
    do throws(ModelError) {
      return try value.machine.drawing(
        weights: phases.weights, biases: phases.biases, stream: stream)
    } catch { throw .impossible("\(error)") }
  }

  func learn(
    _ machine: inout BoltzmannMachine, _ run: inout StudyRun
  ) throws(TrainingError) {
    let monitor = monitor.beginning(with: machine)
    if run.checkpoint == nil {
      run.trace.figures = Array(repeating: nil, count: phases.until.count)
    }
    guard run.trace.figures.count == phases.until.count else { throw .badCheckpoint }
    // Who had reached the aim learns no further.
    let last = run.trace.hasReachedAim ? run.checkpoint?.updates : nil
    var limit: EnumerationLimit?
    try learning.train(
      &machine, on: rows, updates: last ?? task.epochs, stream: run.stream, threads: run.threads,
      kernels: run.kernels, resuming: run.checkpoint
    ) { updates, machine in
      run.tell(updates)
      do throws(EnumerationLimit) {
        try observe(machine, monitor, after: updates, &run)
      } catch { limit = error }
      return limit == nil && !run.trace.hasReachedAim
    } offer: { updates, make in
      if limit == nil { run.offer(updates, hasEnded: run.trace.hasReachedAim, make) }
    }
    if let limit { throw .enumeration(limit) }
  }

  private func observe(
    _ machine: BoltzmannMachine, _ monitor: MachineMonitor, after updates: Int,
    _ run: inout StudyRun
  ) throws(EnumerationLimit) {
    let interval = task.record ?? 1
    guard updates.isMultiple(of: interval) || updates == task.epochs else { return }
    for (number, condition) in phases.until.enumerated() {
      let values = try monitor.values(condition.columns, of: machine)
      guard condition.holds(values) else { break }
      run.trace.figures[number] = run.trace.figures[number] ?? Double(updates)
    }
    // Of many seeds with an aim only the end is kept.
    let isEnd = run.trace.hasReachedAim || updates == task.epochs
    if phases.until.isEmpty || task.seeds == 1 || isEnd {
      run.record(updates, try monitor.values(task.columns, of: machine))
    }
  }

  private func outcome(_ runs: [Learned<BoltzmannMachine>]) -> Outcome {
    let last = MachineValue(
      name: value.name, machine: runs[0].model, unitNames: value.unitNames)
    guard task.seeds == 1 || phases.until.isEmpty else {
      let report = SeedReport(runs.map(\.trace), columns: task.columns, until: phases.until)
      return Outcome(
        [.sentence(sentence + " " + report.sentence), .table(report.table)],
        value: TrainedMachine(machine: last, table: report.table, figures: report.figures))
    }
    let report = TrainingReport(runs.map(\.trace), of: task)
    return Outcome(
      [.sentence(sentence + ending(runs[0].trace))] + report.outputs,
      value: TrainedMachine(machine: last, table: report.table, figures: report.figures))
  }

  private var sentence: String {
    let many = task.seeds > 1 ? "; \(task.seeds) seeds" : ""
    let count = "\(task.epochs) \(task.epochs == 1 ? "update" : "updates")"
    return "\(learning.described), \(phases.until.isEmpty ? "" : "at most ")\(count)\(many)."
  }

  /// When the aim was reached.
  private func ending(_ trace: TrainingTrace) -> String {
    guard let aim = phases.until.last, let reached = trace.reached.last else { return "" }
    guard let updates = reached else { return " `\(aim.described)` was not reached." }
    return " `\(aim.described)` holds after \(updates) \(updates == 1 ? "update" : "updates")."
  }
}

extension TrainingTrace {
  /// For each condition, the updates at which it and those before it first held.
  var reached: [Int?] { figures.map { $0.map { Int($0) } } }

  /// Whether the last condition has held; without conditions there is no aim.
  fileprivate var hasReachedAim: Bool { figures.last.flatMap(\.self) != nil }
}
