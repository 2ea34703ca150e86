internal import Boltzmann

/// A model that generates, with a net beside it that recognises: its likelihood has a lower bound.
protocol BoundedModel: Sendable {
  /// What it is called: `a Helmholtz machine`.
  static var kind: String { get }
  /// The number of visible units.
  var visibleCount: Int { get }
  /// √Σ w² of the weights.
  var weightNorm: Double { get }
  /// The number of weights and biases.
  var parameterCount: Int { get }

  /// The multiplications of exact figures over so many rows; nil where the model is too large.
  func exactWork(rows: Int) -> Double?
  /// Why a model is too large for exact figures.
  var exactLimit: String { get }

  /// The mean over the rows of ln p(v), exact; nil where the model is too large.
  func meanLogLikelihood(of data: BitMatrix, threads: Int) -> Double?
  /// The mean over the rows of the bound, exact; nil where the model is too large.
  func meanBound(of data: BitMatrix, threads: Int) -> Double?

  /// The mean of the bound over the rows, from so many draws for each.
  func estimatedBound(
    of data: BitMatrix, draws: Int, stream: RandomStream, threads: Int
  ) -> MonteCarloEstimate
}

/// A way in which such a model learns.
protocol BoundLearning: Sendable {
  associatedtype Model: BoundedModel

  /// `Wake–sleep`, …
  var title: String { get }
  var batchSize: Int { get }
  var learningRate: Double { get }

  func train(
    _ model: inout Model, on data: BitMatrix, epochs: Int, stream: RandomStream,
    recording: RecordingSchedule, resuming checkpoint: TrainingCheckpoint?,
    observe: (TrainingProgress, Model) -> Void, progress: (TrainingProgress) -> Void,
    offer: (_ updates: Int, _ make: () -> TrainingCheckpoint) -> Void
  ) throws(TrainingError)
}

extension HelmholtzMachine: BoundedModel {
  static var kind: String { "a Helmholtz machine" }

  func exactWork(rows: Int) -> Double? {
    let hidden = Array(layerSizes.dropFirst())
    let pairs = zip(hidden, hidden.dropFirst()).map(+)
    guard hidden[0] <= Self.largestFirstLayer, pairs.allSatisfy({ $0 <= Self.largestLayerPair })
    else { return nil }
    return Double(1 << hidden[0]) * Double(visibleCount + 30) * Double(rows + 1)
      + pairs.reduce(0) { $0 + 30 * Double(1 << $1) }
  }

  var exactLimit: String {
    "exact figures sum over all states of the first hidden layer, of at most "
      + "\(Self.largestFirstLayer) units, and of each two neighbouring hidden layers, of at most "
      + "\(Self.largestLayerPair)"
  }

  func meanLogLikelihood(of data: BitMatrix, threads: Int) -> Double? {
    (try? logLikelihoods(of: data, threads: threads))?.mean
  }

  func meanBound(of data: BitMatrix, threads: Int) -> Double? {
    (try? bounds(of: data, threads: threads))?.mean
  }
}

extension WakeSleep: BoundLearning {
  var title: String {
    switch phases {
    case .wake: "The wake phase alone"
    case .sleep: "The sleep phase alone"
    default: "Wake–sleep"
    }
  }
}

extension VariationalAutoencoder: BoundedModel {
  static var kind: String { "a variational autoencoder" }

  func exactWork(rows: Int) -> Double? {
    guard latentCount <= Self.largestIntegratedCount else { return nil }
    // Grids of steps 1/5 and 1/10, which do unless the decoder is steep.
    let (nodes, noise) = latentCount == 1 ? (182.0, 21.0) : (18_362.0, 441.0)
    let decoding = Double(hiddenCount * (latentCount + visibleCount) + 30 * visibleCount)
    return nodes * decoding + Double(rows) * (nodes * Double(visibleCount + 30) + noise * decoding)
  }

  var exactLimit: String {
    "exact figures integrate over the latent units, of which there are at most "
      + "\(Self.largestIntegratedCount)"
  }

  func meanLogLikelihood(of data: BitMatrix, threads: Int) -> Double? {
    latentCount <= Self.largestIntegratedCount
      ? logLikelihoods(of: data, threads: threads)?.mean : nil
  }

  func meanBound(of data: BitMatrix, threads: Int) -> Double? {
    latentCount <= Self.largestIntegratedCount ? bounds(of: data, threads: threads).mean : nil
  }
}

extension VariationalLearning: BoundLearning {
  var title: String { "The evidence lower bound by ADAM" }
}

extension [Double] {
  /// Their mean.
  fileprivate var mean: Double {
    var sum = CompensatedSum()
    for value in self { sum.add(value) }
    return sum.value / Double(count)
  }
}
