internal import Boltzmann
internal import Notebooks
internal import Numerals
internal import Plots

/// One training run, or the same from many seeds at once.
struct TrainingStudy: Sendable {
  let rbm: RBMValue
  let data: Dataset
  let trainer: ContrastiveDivergence
  let epochs: Int
  let record: Int?
  let columns: [TrainingColumn]
  let seeds: Int
  let place: Place

  /// The largest smaller layer for which the likelihood is computed exactly.
  static let likelihoodLimit = 16

  /// The most multiplications that one cell may ask for.
  static let workLimit = 2e13

  struct Result {
    let machine: RestrictedBoltzmannMachine
    let table: Table
    let sentence: String
    let kernels: Kernels
  }

  /// What one seed gave: a value for each record and column, and the machine at the end.
  private struct Run: Sendable {
    var updates: [Int] = []
    var rows: [[Double?]] = []
    var machine: RestrictedBoltzmannMachine
    var error: TrainingError?
  }

  func run(stream: RandomStream, threads: Int) throws(Diagnostic) -> Result {
    try check()
    let kernels: Kernels
    do { kernels = try Kernels.requested() } catch {
      throw Diagnostic("bad-environment", at: place, "\(error)")
    }
    let visible = VisibleData(data)
    let perSeed = seeds == 1 ? threads : 1
    let runs = mapConcurrently(seeds, threads: threads) { seed in
      run(
        visible, from: rbm.machine(draw: seeds == 1 ? nil : seed),
        stream: seeds == 1 ? stream : stream.substream(UInt64(seed)), threads: perSeed,
        kernels: kernels)
    }
    for run in runs {
      if let error = run.error { throw diagnostic(for: error) }
    }
    return Result(
      machine: runs[0].machine, table: table(runs), sentence: sentence, kernels: kernels)
  }

  private func run(
    _ visible: VisibleData, from start: RestrictedBoltzmannMachine, stream: RandomStream,
    threads: Int, kernels: Kernels
  ) -> Run {
    var run = Run(machine: start)
    var first: Double?
    do throws(TrainingError) {
      try trainer.train(
        &run.machine, on: visible, epochs: epochs, stream: stream, threads: threads,
        kernels: kernels, recording: record.map { .everyUpdates($0) } ?? .everyEpoch
      ) { record, machine in
        let start = first ?? record.weightNorm
        first = start
        run.updates.append(record.updates)
        run.rows.append(
          columns.map { column in
            switch column {
            case .norm: record.weightNorm
            case .drop: record.weightNorm - start
            case .error: record.reconstructionError
            case .likelihood: likelihood(machine)
            }
          })
      }
    } catch { run.error = error }
    return run
  }

  /// Mean over the rows of ln p(v), in nats.
  private func likelihood(_ machine: RestrictedBoltzmannMachine) -> Double? {
    guard let logZ = try? machine.logPartitionFunction() else { return nil }
    var sum = CompensatedSum()
    for row in 0..<data.count {
      sum.add(0 - machine.freeEnergy(BitVector(data[row].map { $0 > 0.5 })) - logZ)
    }
    return sum.value / Double(data.count)
  }

  private func check() throws(Diagnostic) {
    if columns.contains(.likelihood) {
      let smaller = min(rbm.visibleCount, rbm.hiddenCount)
      guard smaller <= Self.likelihoodLimit else {
        throw Diagnostic(
          "limit-exceeded", at: place,
          "the exact likelihood would sum 2^\(smaller) states of the smaller layer; the limit is "
            + "2^\(Self.likelihoodLimit)", hint: "leave `likelihood` out of `:columns:`")
      }
      guard data.values.allSatisfy({ $0 == 0 || $0 == 1 }) else {
        throw Diagnostic(
          "bad-data", at: place, "only data of 0 and 1 have a likelihood",
          hint: "`:threshold:` makes them so")
      }
    }
    guard data.values.allSatisfy({ (0...1).contains($0) }) else {
      throw Diagnostic(
        "bad-data", at: place, "the data have values outside 0 to 1",
        hint: "`:scale: maximum` or `:threshold:` of the dataset")
    }
    let updates = Double(trainer.updatesPerEpoch(sampleCount: data.count)) * Double(epochs)
    let work =
      Double(rbm.visibleCount * rbm.hiddenCount) * Double(2 * trainer.steps + 3) * updates
      * Double(min(trainer.batchSize, data.count)) * Double(seeds)
    guard work <= Self.workLimit else {
      throw Diagnostic(
        "limit-exceeded", at: place,
        "this training needs about \(NumberFormat.scientific(1).string(work)) multiplications; "
          + "the limit is \(NumberFormat.scientific(0).string(Self.workLimit))")
    }
    let records = record.map { updates / Double($0) } ?? Double(epochs)
    guard records <= 100_000 else {
      throw Diagnostic(
        "limit-exceeded", at: place, "more than 100000 rows would be recorded",
        hint: "`:record:` a row less often")
    }
  }

  private func diagnostic(for error: TrainingError) -> Diagnostic {
    switch error {
    case .diverged(let update):
      Diagnostic(
        "diverged", at: place,
        "learning diverged: after update \(update) a parameter is not finite",
        hint: "a smaller `:rate:`")
    case .unitCount(let count, let visibleCount):
      Diagnostic(
        "bad-data", at: place,
        "a row has \(count) values, but \(rbm.name.quoted) has \(visibleCount) visible units")
    default: Diagnostic("bad-training", at: place, "\(error)")
    }
  }

  private var sentence: String {
    let name: String
    switch trainer.chains {
    case .fromData: name = "CD-\(trainer.steps)"
    case .persistent(let count): name = "PCD-\(trainer.steps) with \(count) chains"
    }
    let updates = trainer.updatesPerEpoch(sampleCount: data.count) * epochs
    let many = seeds > 1 ? ", from \(seeds) different initial weights" : ""
    return "\(name), \(updates) \(updates == 1 ? "update" : "updates") at rate "
      + "\(NumberFormat.significant(4).string(trainer.learningRate))\(many)."
  }

  private func table(_ runs: [Run]) -> Table {
    let updates = runs[0].updates
    var result = [
      Table.Column("updates", .numbers(updates.map(Double.init), .fixed(0)), isKey: true)
    ]
    for (index, column) in columns.enumerated() {
      let values = runs.map { run in run.rows.map { $0[index] } }
      let moments = updates.indices.map { row in
        var moments = Moments()
        for run in values { if let value = run[row] { moments.add(value) } }
        return moments
      }
      let means = moments.map { $0.count == 0 ? nil : $0.mean }
      result.append(
        Table.Column(column.rawValue, heading: column.heading, .numbers(means, .fixed(3))))
      if seeds > 1 {
        let deviations = moments.map { $0.variance?.squareRoot() }
        result.append(
          Table.Column(
            "\(column.rawValue)-sd", heading: "± sd", .numbers(deviations, .fixed(3))))
      }
    }
    return Table(result, shownRows: 40)
  }
}

extension TrainingStudy.Result {
  /// A column over the updates.
  func plot(of column: TrainingColumn, isStudy: Bool) -> Plot {
    var x: [Double] = []
    var y: [Double] = []
    if case .numbers(let updates, _)? = table["updates"]?.cells,
      case .numbers(let values, _)? = table[column.rawValue]?.cells
    {
      for (update, value) in zip(updates, values) {
        guard let update, let value else { continue }
        x.append(update)
        y.append(value)
      }
    }
    return Plot(
      x: Axis("updates"),
      y: Axis(column == .likelihood ? "log-likelihood (nats per row)" : column.heading),
      marks: [.line(Series(isStudy ? "mean over the seeds" : "", x: x, y: y))])
  }
}
