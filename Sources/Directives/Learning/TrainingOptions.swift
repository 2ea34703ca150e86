internal import Boltzmann
internal import Notebooks

/// The options that say how an RBM learns.
enum TrainingOptions {
  enum Algorithm: String, CaseIterable, Sendable {
    case cd, pcd
  }

  enum Values: String, CaseIterable, Sendable {
    case states, probabilities
  }

  enum LastHidden: String, CaseIterable, Sendable {
    case recomputed
    case asUsed = "as-used"
  }

  enum Moving: String, CaseIterable, Sendable {
    case weights
    case visibleBiases = "visible-biases"
    case hiddenBiases = "hidden-biases"
  }

  enum Order: String, CaseIterable, Sendable {
    case shuffled, given
  }

  static let algorithm = Option<Algorithm>.choice(
    "algorithm", "Contrastive divergence, or persistent chains.", default: .cd)
  static let steps = Option<Int>.integer(
    "k", "Steps of the chain for each update: CD-k.", in: 1...100_000, default: 1)
  static let chains = Option<Int>.integer(
    "chains", "The number of persistent chains, for `pcd`.", in: 1...100_000, default: 100)
  static let positiveHidden = Option<Values>.choice(
    "positive-hidden", "The hidden units in the statistics of the data.", default: .probabilities)
  static let chainHidden = Option<Values>.choice(
    "chain-hidden", "The hidden units that drive the chain.", default: .states)
  static let chainVisible = Option<Values>.choice(
    "chain-visible", "The visible units of the chain.", default: .states)
  static let negativeHidden = Option<Values>.choice(
    "negative-hidden", "The hidden units in the statistics of the chain.", default: .probabilities)
  static let lastHidden = Option<LastHidden>.choice(
    "last-hidden",
    "Hidden units of the chain's statistics: `recomputed` from its last visible state, or those "
      + "that led to it.", default: .recomputed)
  static let moves = Option<[Moving]>.choices(
    "moves", "The parameters that learn.", default: Moving.allCases)
  static let batch = Option<Int>.integer(
    "batch", "Samples for each update.", in: 1...1_000_000, default: 10)
  static let updates = Option<Int>.integer(
    "updates-per-batch", "Updates on each batch before the next.", in: 1...1_000_000, default: 1)
  static let order = Option<Order>.choice(
    "order", "Whether each epoch takes the samples in a new random order.", default: .shuffled)
  static let rate = Option<Double>.number(
    "rate", "The learning rate.", in: 1e-9...1e3, default: 0.01)
  static let momentum = Option<Double>.number(
    "momentum", "The share of the last change that is added.", in: 0...0.9999, default: 0)
  static let decay = Option<Double>.number(
    "decay", "The weight decay.", in: 0...1e3, default: 0)

  static let all: [any AnyOption] = [
    algorithm, steps, chains, rate, batch, updates, order, moves, positiveHidden, chainHidden,
    chainVisible, negativeHidden, lastHidden, momentum, decay,
  ]

  /// The trainer that the options describe.
  static func trainer(_ arguments: inout Arguments) -> ContrastiveDivergence {
    var trainer = ContrastiveDivergence()
    trainer.steps = arguments.value(of: steps)
    let chains = arguments.value(of: chains)
    if arguments.value(of: algorithm) == .pcd { trainer.chains = .persistent(chains) }
    trainer.hiddenInPositiveStatistics = arguments.value(of: positiveHidden).unitValue
    trainer.hiddenInChain = arguments.value(of: chainHidden).unitValue
    trainer.visibleInChain = arguments.value(of: chainVisible).unitValue
    trainer.hiddenInNegativeStatistics = arguments.value(of: negativeHidden).unitValue
    trainer.recomputesLastHidden = arguments.value(of: lastHidden) == .recomputed
    trainer.moving = []
    for kind in arguments.value(of: moves) { trainer.moving.formUnion(kind.parameters) }
    trainer.batchSize = arguments.value(of: batch)
    trainer.updatesPerBatch = arguments.value(of: updates)
    trainer.shuffles = arguments.value(of: order) == .shuffled
    trainer.learningRate = arguments.value(of: rate)
    trainer.momentum = arguments.value(of: momentum)
    trainer.weightDecay = arguments.value(of: decay)
    return trainer
  }
}

extension TrainingOptions.Values {
  fileprivate var unitValue: ContrastiveDivergence.UnitValue {
    self == .states ? .states : .probabilities
  }
}

extension TrainingOptions.Moving {
  fileprivate var parameters: ContrastiveDivergence.Parameters {
    switch self {
    case .weights: .weights
    case .visibleBiases: .visibleBiases
    case .hiddenBiases: .hiddenBiases
    }
  }
}
