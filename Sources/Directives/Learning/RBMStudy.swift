internal import Boltzmann
internal import Notebooks
internal import Numerals

/// An RBM that learns, once or from many seeds at once.
struct RBMStudy: Sendable {
  private let rbm: RBMValue
  private let task: TrainingTask
  private let trainer: ContrastiveDivergence

  /// The largest smaller layer for which the likelihood is computed exactly.
  static let likelihoodLimit = 16

  /// The records of one seed, and the machine at the end.
  private struct Run: Sendable {
    var trace = TrainingTrace()
    var machine: RestrictedBoltzmannMachine
    var error: TrainingError?
  }

  init(_ rbm: RBMValue, _ task: TrainingTask, _ options: TrainingOptions) throws(Diagnostic) {
    (self.rbm, self.task, trainer) = (rbm, task, try options.rbmTrainer())
    try check()
  }

  func run(in context: Context) throws(Diagnostic) -> Outcome {
    let kernels: Kernels
    do { kernels = try Kernels.requested() } catch {
      throw Diagnostic("bad-environment", at: task.place, "\(error)")
    }
    let stream = RandomStream(seed: context.seed, name: context.identity)
    let visible = VisibleData(task.data)
    let isSingle = task.seeds == 1
    let runs = mapConcurrently(task.seeds, threads: context.threads) { seed in
      run(
        visible, from: rbm.machine(draw: isSingle ? nil : seed),
        stream: isSingle ? stream : stream.substream(UInt64(seed)),
        threads: isSingle ? context.threads : 1, kernels: kernels)
    }
    for run in runs {
      if let error = run.error { throw diagnostic(for: error) }
    }
    let report = TrainingReport(runs.map(\.trace), columns: task.columns)
    return Outcome(
      [.sentence(sentence), .table(report.table)] + task.plotted.map { .plot(report.plot(of: $0)) },
      value: TrainedValue(
        machine: runs[0].machine, data: task.data, table: report.table, figures: report.figures,
        kernels: kernels))
  }

  private func run(
    _ visible: VisibleData, from start: RestrictedBoltzmannMachine, stream: RandomStream,
    threads: Int, kernels: Kernels
  ) -> Run {
    var run = Run(machine: start)
    var first: Double?
    do throws(TrainingError) {
      try trainer.train(
        &run.machine, on: visible, epochs: task.epochs, stream: stream, threads: threads,
        kernels: kernels, recording: task.record.map { .everyUpdates($0) } ?? .everyEpoch
      ) { record, machine in
        let start = first ?? record.weightNorm
        first = start
        run.trace.updates.append(record.updates)
        run.trace.rows.append(
          task.columns.map { column in
            switch column {
            case .norm: record.weightNorm
            case .drop: record.weightNorm - start
            case .error: record.reconstructionError
            case .likelihood: likelihood(machine)
            default: nil
            }
          })
      }
    } catch { run.error = error }
    return run
  }

  /// Mean over the rows of ln p(v), in nats.
  private func likelihood(_ machine: RestrictedBoltzmannMachine) -> Double? {
    guard let logZ = try? machine.logPartitionFunction() else { return nil }
    let data = task.data
    var sum = CompensatedSum()
    for row in 0..<data.count {
      sum.add(0 - machine.freeEnergy(BitVector(data[row].map { $0 > 0.5 })) - logZ)
    }
    return sum.value / Double(data.count)
  }

  static let columns: [TrainingColumn] = [.norm, .drop, .error, .likelihood]
  static let standardColumns: [TrainingColumn] = [.norm, .error]

  private func check() throws(Diagnostic) {
    try task.checkColumns(among: Self.columns, of: "an RBM")
    if task.columns.contains(.likelihood) {
      let smaller = min(rbm.visibleCount, rbm.hiddenCount)
      guard smaller <= Self.likelihoodLimit else {
        throw Diagnostic(
          "limit-exceeded", at: task.place,
          "the exact likelihood would sum 2^\(smaller) states of the smaller layer; the limit is "
            + "2^\(Self.likelihoodLimit)", hint: "leave `likelihood` out of `:columns:`")
      }
      guard task.data.values.allSatisfy({ $0 == 0 || $0 == 1 }) else {
        throw Diagnostic(
          "bad-data", at: task.place, "only data of 0 and 1 have a likelihood",
          hint: "`:threshold:` makes them so")
      }
    }
    guard task.data.values.allSatisfy({ (0...1).contains($0) }) else {
      throw Diagnostic(
        "bad-data", at: task.place, "the data have values outside 0 to 1",
        hint: "`:scale: maximum` or `:threshold:` of the dataset")
    }
    let count = task.data.count
    let updates = Double(trainer.updatesPerEpoch(sampleCount: count)) * Double(task.epochs)
    let work =
      Double(rbm.visibleCount * rbm.hiddenCount) * Double(2 * trainer.steps + 3) * updates
      * Double(min(trainer.batchSize, count)) * Double(task.seeds)
    try task.check(work: work, updates: updates)
  }

  private func diagnostic(for error: TrainingError) -> Diagnostic {
    switch error {
    case .diverged(let update):
      Diagnostic(
        "diverged", at: task.place,
        "learning diverged: after update \(update) a parameter is not finite",
        hint: "a smaller `:rate:`")
    case .unitCount(let count, let visibleCount):
      Diagnostic(
        "bad-data", at: task.place,
        "a row has \(count) values, but \(rbm.name.quoted) has \(visibleCount) visible units")
    default: Diagnostic("bad-training", at: task.place, "\(error)")
    }
  }

  private var sentence: String {
    let name: String
    switch trainer.chains {
    case .fromData: name = "CD-\(trainer.steps)"
    case .persistent(let count): name = "PCD-\(trainer.steps) with \(count) chains"
    }
    let updates = trainer.updatesPerEpoch(sampleCount: task.data.count) * task.epochs
    let many = task.seeds > 1 ? ", from \(task.seeds) different initial weights" : ""
    return "\(name), \(updates) \(updates == 1 ? "update" : "updates") at rate "
      + "\(NumberFormat.significant(4).string(trainer.learningRate))\(many)."
  }
}
