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
struct MachineStudy: Sendable {
  private let value: MachineValue
  private let task: TrainingTask
  private let phases: PhaseOptions
  private let learning: BoltzmannLearning
  private let rows: ClampedRows
  private let monitor: MachineMonitor

  /// What one seed gave.
  struct Run: Sendable {
    var trace = TrainingTrace()
    /// For each condition, the updates at which it and those before it first held.
    var reached: [Int?]
    var machine: BoltzmannMachine
    var error: (any Error)?
  }

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
    let kernels: Kernels
    do { kernels = try Kernels.requested() } catch {
      throw Diagnostic("bad-environment", at: task.place, "\(error)")
    }
    let stream = RandomStream(seed: context.seed, name: context.identity)
    let isSingle = task.seeds == 1
    let progress = StudyProgress(task, in: context)
    let runs = mapConcurrently(task.seeds, threads: context.threads) { seed in
      run(
        stream: isSingle ? stream : stream.substream(UInt64(seed)),
        threads: isSingle ? context.threads : 1, kernels: kernels, progress)
    }
    for run in runs {
      if let error = run.error { throw diagnostic(for: error) }
    }
    return outcome(runs)
  }

  private func run(
    stream: RandomStream, threads: Int, kernels: Kernels, _ progress: StudyProgress
  ) -> Run {
    defer { progress.finishSeed() }
    var run = Run(
      reached: Array(repeating: nil, count: phases.until.count), machine: value.machine)
    var monitor = monitor
    let interval = task.record ?? 1
    do {
      var machine = try value.machine.drawing(
        weights: phases.weights, biases: phases.biases, stream: stream)
      try learning.train(
        &machine, on: rows, updates: task.epochs, stream: stream, threads: threads,
        kernels: kernels
      ) { updates, machine in
        progress.finish(epochs: updates, run.trace.rows.last)
        guard updates.isMultiple(of: interval) || updates == task.epochs else { return true }
        do throws(EnumerationLimit) {
          let hasEnded = try check(&run, updates, machine, &monitor)
          // Of many seeds with an aim only the end is kept.
          if phases.until.isEmpty || task.seeds == 1 || hasEnded || updates == task.epochs {
            run.trace.updates.append(updates)
            run.trace.rows.append(try monitor.values(task.columns, of: machine))
          }
          return !hasEnded
        } catch {
          run.error = error
          return false
        }
      }
      run.machine = machine
    } catch { run.error = error }
    return run
  }

  /// Whether all conditions hold; takes note of those that hold for the first time.
  private func check(
    _ run: inout Run, _ updates: Int, _ machine: BoltzmannMachine, _ monitor: inout MachineMonitor
  ) throws(EnumerationLimit) -> Bool {
    for (number, condition) in phases.until.enumerated() {
      let value = try monitor.values([condition.column], of: machine)[0]
      guard condition.holds(value) else { return false }
      run.reached[number] = run.reached[number] ?? updates
    }
    return !phases.until.isEmpty
  }

  private func outcome(_ runs: [Run]) -> Outcome {
    let last = MachineValue(
      name: value.name, machine: runs[0].machine, unitNames: value.unitNames)
    guard task.seeds == 1 || phases.until.isEmpty else {
      let report = SeedReport(runs, columns: task.columns, until: phases.until)
      return Outcome(
        [.sentence(sentence + " " + report.sentence), .table(report.table)],
        value: TrainedMachine(machine: last, table: report.table, figures: report.figures))
    }
    let report = TrainingReport(runs.map(\.trace), columns: task.columns, rows: task.rows)
    return Outcome(
      [.sentence(sentence + ending(runs[0]))] + report.shownTable
        + task.plotted.map { .plot(report.plot(of: $0)) },
      value: TrainedMachine(machine: last, table: report.table, figures: report.figures))
  }

  private var sentence: String {
    let many = task.seeds > 1 ? "; \(task.seeds) seeds" : ""
    return
      "\(learning.described), \(task.epochs) \(task.epochs == 1 ? "update" : "updates")\(many)."
  }

  /// When the aim was reached.
  private func ending(_ run: Run) -> String {
    guard let aim = phases.until.last, let reached = run.reached.last else { return "" }
    guard let updates = reached else { return " `\(aim.described)` was not reached." }
    return " `\(aim.described)` holds after \(updates) \(updates == 1 ? "update" : "updates")."
  }

  private func diagnostic(for error: any Error) -> Diagnostic {
    switch error {
    case TrainingError.diverged(let update):
      Diagnostic(
        "diverged", at: task.place,
        "learning diverged: after update \(update) a parameter is not finite",
        hint: "a smaller `:rate:`")
    default: Diagnostic("bad-training", at: task.place, "\(error)")
    }
  }
}
