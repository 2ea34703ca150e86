internal import Boltzmann
internal import Notebooks

/// The columns of a model with a bound that learns, computed as they are asked for.
struct BoundMonitor: Sendable {
  static let columns: [TrainingColumn] = [
    .epochs, .norm, .drop, .likelihood, .validation, .bound, .elbo, .kl,
  ]
  static let standardColumns: [TrainingColumn] = [.elbo]
  /// The columns that need the exact likelihood.
  static let exactColumns: [TrainingColumn] = [.likelihood, .validation, .bound, .kl]
  /// Draws for each row, for `elbo`.
  static let draws = 10

  private let columns: [TrainingColumn]
  private let data: BitMatrix
  private let validation: BitMatrix?
  /// −Σ p ln p of the rows.
  private let entropy: Double
  /// What `drop` is measured from.
  private let firstNorm: Double

  /// The monitor of a model that begins to learn.
  init(
    _ model: some BoundedModel, _ columns: [TrainingColumn], _ data: BitMatrix,
    validation: BitMatrix?
  ) {
    (self.columns, self.data, self.validation) = (columns, data, validation)
    firstNorm = model.weightNorm
    var counts: [BitVector: Int] = [:]
    for row in 0..<data.rowCount { counts[data.row(row), default: 0] += 1 }
    // In ascending order, so that the sum has one order.
    entropy = Boltzmann.entropy(
      counts.values.sorted().map { Double($0) / Double(data.rowCount) })
  }

  /// The values of all parts of all columns.
  func values(
    _ progress: TrainingProgress, _ model: some BoundedModel, stream: RandomStream, threads: Int
  ) -> [Double?] {
    let norm = model.weightNorm
    let likelihood =
      columns.contains(.likelihood) || columns.contains(.kl)
      ? model.meanLogLikelihood(of: data, threads: threads) : nil
    return columns.flatMap { column -> [Double?] in
      switch column {
      case .epochs: [Double(progress.epochs)]
      case .norm: [norm]
      case .drop: [norm - firstNorm]
      case .likelihood: [likelihood]
      case .bound: [model.meanBound(of: data, threads: threads)]
      case .kl: [likelihood.map { max(0, 0 - entropy - $0) }]
      case .validation:
        [validation.flatMap { model.meanLogLikelihood(of: $0, threads: threads) }]
      case .elbo: estimate(model, stream.substream(UInt64(progress.updates)), threads)
      default: [nil]
      }
    }
  }

  private func estimate(
    _ model: some BoundedModel, _ stream: RandomStream, _ threads: Int
  ) -> [Double?] {
    let bound = model.estimatedBound(
      of: data, draws: Self.draws, stream: stream, threads: threads)
    return [bound.mean, bound.standardError]
  }
}
