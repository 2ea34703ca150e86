internal import Boltzmann
internal import Notebooks

extension TrainingOptions {
  /// The options that belong to an RBM and the algorithm chosen.
  private var ofRBM: [any AnyOption] {
    let all = Self.all
    return algorithm == .pcd ? all : all.filter { $0.name != Self.chains.name }
  }

  /// How an RBM learns.
  func rbmTrainer() throws(Diagnostic) -> ContrastiveDivergence {
    try check(ofRBM, to: "`\(algorithm.rawValue)`")
    var trainer = ContrastiveDivergence()
    trainer.steps = steps
    if algorithm == .pcd { trainer.chains = .persistent(chains) }
    trainer.hiddenInPositiveStatistics = positiveHidden.unitValue
    trainer.hiddenInChain = chainHidden.unitValue
    trainer.visibleInChain = chainVisible.unitValue
    trainer.hiddenInNegativeStatistics = negativeHidden.unitValue
    trainer.recomputesLastHidden = lastHidden == .recomputed
    trainer.moving = []
    for kind in moves { trainer.moving.formUnion(kind.parameters) }
    trainer.batchSize = batch
    trainer.updatesPerBatch = updates
    trainer.shuffles = order == .shuffled
    trainer.learningRate = rate
    trainer.momentum = momentum
    trainer.weightDecay = decay
    return trainer
  }
}

extension TrainingOptions.Values {
  fileprivate var unitValue: ContrastiveDivergence.UnitValue {
    self == .states ? .states : .probabilities
  }
}

extension TrainingOptions.Moving {
  var parameters: ContrastiveDivergence.Parameters {
    switch self {
    case .weights: .weights
    case .visibleBiases: .visibleBiases
    case .hiddenBiases: .hiddenBiases
    }
  }
}
