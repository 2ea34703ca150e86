internal import Boltzmann
internal import Notebooks

extension RBMStudy {
  private var smallerLayer: Int {
    rbm.units == .gaussian ? rbm.hiddenCount : min(rbm.visibleCount, rbm.hiddenCount)
  }

  private func isBinary(_ data: Dataset) -> Bool {
    data.values.allSatisfy { $0 == 0 || $0 == 1 }
  }

  func checkUnits() throws(Diagnostic) {
    for data in [task.data, task.validation?.data].compactMap(\.self)
    where data.unitCount != rbm.visibleCount {
      throw Diagnostic(
        "bad-data", at: task.place,
        "a row has \(data.unitCount) values, but \(rbm.name.quoted) has \(rbm.visibleCount) "
          + "visible units")
    }
    if rbm.units == .gaussian, case .tempered = trainer.chains {
      throw Diagnostic("bad-training", at: task.place, "`pt` is for binary units")
    }
    for data in [task.data, task.validation?.data].compactMap(\.self) {
      try rbm.units.check(data, "the data have", at: task.place)
    }
  }

  func checkColumns() throws(Diagnostic) {
    let columns = task.columns
    if let column = columns.first(where: { $0 == .validation || $0 == .gap }),
      task.validation == nil
    {
      throw Diagnostic(
        "missing-option", at: task.place,
        "the column \(column.rawValue.quoted) needs the option \(":validation:".quoted)")
    }
    let exact = columns.filter { $0 == .likelihood || $0 == .validation }
    if let column = exact.first { try checkEnumeration("the exact likelihood", column) }
    if trainer.chains == .exact { try checkEnumeration("the exact gradient", nil) }
    let estimated = columns.filter { $0 == .ais || $0 == .pseudoLikelihood }
    if rbm.units == .gaussian {
      guard let column = estimated.first else { return }
      throw Diagnostic(
        "bad-training", at: task.place, "\(column.rawValue.quoted) is for binary units")
    }
    let asksData = !(exact.filter { $0 == .likelihood } + estimated).isEmpty
    let asksValidation = exact.contains(.validation)
    guard !asksData || isBinary(task.data),
      !asksValidation || isBinary(task.validation?.data ?? task.data)
    else {
      throw Diagnostic(
        "bad-data", at: task.place, "only data of 0 and 1 have a likelihood",
        hint: "`:threshold:` makes them so")
    }
  }

  private func checkEnumeration(_ what: String, _ column: TrainingColumn?) throws(Diagnostic) {
    guard smallerLayer > RBMMonitor.likelihoodLimit else { return }
    let layer = rbm.units == .gaussian ? "hidden" : "smaller"
    throw Diagnostic(
      "limit-exceeded", at: task.place,
      "\(what) would sum 2^\(smallerLayer) states of the \(layer) layer; the limit is "
        + "2^\(RBMMonitor.likelihoodLimit)",
      hint: column.map { "leave \($0.rawValue.quoted) out of `:columns:`" })
  }

  func checkWork() throws(Diagnostic) {
    let count = task.data.count
    let perEpoch = Double(trainer.updatesPerEpoch(sampleCount: count))
    let updates = perEpoch * Double(task.epochs)
    let weights = Double(rbm.visibleCount) * Double(rbm.hiddenCount)
    let seeds = Double(task.seeds)
    let batch = Double(min(trainer.batchSize, count))
    var work = 3 * weights * updates * batch
    switch trainer.chains {
    case .exact: work += updates * weights * Double(1 << smallerLayer)
    case .fromData:
      work += trainer.steps.sum(epochs: task.epochs) { 2 * Double($0) * perEpoch * weights * batch }
    case .persistent(let chains):
      work += trainer.steps.sum(epochs: task.epochs) {
        2 * Double($0) * perEpoch * weights * Double(chains)
      }
    case .tempered(let ladder, let chains):
      work += trainer.steps.sum(epochs: task.epochs) {
        2 * Double($0) * perEpoch * weights * Double(chains) * Double(ladder.count)
      }
    }
    let records = task.record.map { updates / Double($0) } ?? Double(task.epochs)
    try task.check(work: (work + records * workOfRecord) * seeds, updates: updates)
  }

  /// The multiplications of one row of the table.
  private var workOfRecord: Double {
    let weights = Double(rbm.visibleCount) * Double(rbm.hiddenCount)
    let rows = Double(task.data.count + (task.validation?.data.count ?? 0))
    return task.columns.reduce(0) { sum, column in
      switch column {
      case .error, .gap, .activity: sum + 2 * weights * rows
      case .pseudoLikelihood: sum + weights * rows
      case .likelihood, .validation:
        sum + weights * rows
          + Double(1 << smallerLayer) * Double(max(rbm.visibleCount, rbm.hiddenCount))
      case .ais:
        sum + 8 * weights * Double(RBMMonitor.importanceSampling.path.stepCount)
          * Double(RBMMonitor.importanceSampling.chains)
      default: sum + weights
      }
    }
  }
}
