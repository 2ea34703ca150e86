internal import Boltzmann

/// What can be said of an RBM on its way: the values of the columns.
struct RBMMonitor: Sendable {
  /// The largest smaller layer for which the likelihood is computed exactly.
  static let likelihoodLimit = 16
  static let importanceSampling = AnnealedImportanceSampling(
    path: .linear(steps: 500), chains: 64)

  static let columns: [TrainingColumn] = [
    .epochs, .norm, .drop, .error, .likelihood, .validation, .ais, .pseudoLikelihood, .gap,
    .activity,
  ]
  static let standardColumns: [TrainingColumn] = [.norm, .error]

  private let columns: [TrainingColumn]
  private let data: VisibleData
  private let validation: VisibleData?
  /// Where importance sampling starts.
  private let base: [Double]
  /// Whether training measures the errors of its own chains.
  private let recordsErrors: Bool
  /// What `drop` is measured from.
  private let firstNorm: Double

  /// The monitor of a machine that begins to learn.
  init(
    _ machine: RestrictedBoltzmannMachine, _ task: TrainingTask, _ trainer: ContrastiveDivergence
  ) {
    (columns, firstNorm) = (task.columns, machine.weights.frobeniusNorm)
    recordsErrors = trainer.chains == .fromData
    data = VisibleData(task.data)
    validation = task.validation.map { VisibleData($0.data) }
    base =
      columns.contains(.ais) ? AnnealedImportanceSampling.baseRates(of: task.data) : []
  }

  /// The values of all parts of all columns.
  func values(
    _ record: TrainingRecord, _ machine: RestrictedBoltzmannMachine, stream: RandomStream,
    threads: Int
  ) -> [Double?] {
    columns.flatMap { column -> [Double?] in
      switch column {
      case .epochs: [Double(record.epochs)]
      case .norm: [record.weightNorm]
      case .drop: [record.weightNorm - firstNorm]
      case .error: [recordsErrors ? record.reconstructionError : meanFieldError(machine)]
      case .likelihood: [likelihood(data, machine, threads)]
      case .validation: [validation.flatMap { likelihood($0, machine, threads) }]
      case .ais: estimate(machine, stream.substream(UInt64(record.updates)), threads)
      case .pseudoLikelihood: [pseudoLikelihood(machine, threads)]
      case .gap: [validation.map { gap($0, machine, threads) }]
      case .activity: [activity(machine)]
      default: [nil]
      }
    }
  }

  private func likelihood(
    _ data: VisibleData, _ machine: RestrictedBoltzmannMachine, _ threads: Int
  ) -> Double? {
    try? machine.meanLogLikelihood(of: data, threads: threads)
  }

  /// −mean F − ln Z with the estimate of ln Z, and the ends of its interval; nothing where learning
  /// has made fields too large for an estimate.
  private func estimate(
    _ machine: RestrictedBoltzmannMachine, _ stream: RandomStream, _ threads: Int
  ) -> [Double?] {
    let z = Self.importanceSampling.logPartitionFunction(
      of: machine, base: base, stream: stream, threads: threads)
    guard z.isFinite else { return [nil, nil, nil] }
    let energy = machine.meanFreeEnergy(of: data, threads: threads)
    return [z.logZ, z.interval.upperBound, z.interval.lowerBound].map { 0 - energy - $0 }
  }

  private func pseudoLikelihood(
    _ machine: RestrictedBoltzmannMachine, _ threads: Int
  ) -> Double? {
    guard case .binary(let bits) = data else { return nil }
    let values = machine.logPseudoLikelihoods(of: bits, threads: threads)
    return values.reduce(0, +) / Double(values.count)
  }

  private func gap(
    _ validation: VisibleData, _ machine: RestrictedBoltzmannMachine, _ threads: Int
  ) -> Double {
    machine.meanFreeEnergy(of: validation, threads: threads)
      - machine.meanFreeEnergy(of: data, threads: threads)
  }

  private func activity(_ machine: RestrictedBoltzmannMachine) -> Double {
    let hidden = machine.statistics(given: data).hidden
    return hidden.reduce(0, +) / Double(hidden.count)
  }

  /// Σᵢ (vᵢ − E[vᵢ | p(h | v)])², a mean over the rows.
  private func meanFieldError(_ machine: RestrictedBoltzmannMachine) -> Double {
    let visible = machine.visibleMeans(given: machine.hiddenProbabilities(given: data))
    var sum = CompensatedSum()
    for row in 0..<visible.rowCount {
      for (mean, value) in zip(visible.row(row), data.values(row)) {
        let difference = value - Double(mean)
        sum.add(difference * difference)
      }
    }
    return sum.value / Double(visible.rowCount)
  }
}
