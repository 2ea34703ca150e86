internal import Boltzmann
internal import Notebooks
internal import Numerals

extension TrainingOptions {
  /// How an RBM learns.
  func rbmTrainer() throws(Diagnostic) -> ContrastiveDivergence {
    let known: [Algorithm] = [.cd, .pcd, .pt, .exact]
    guard known.contains(algorithm) else {
      throw Diagnostic(
        "not-a-choice", at: place(ofFirst: [Self.algorithm]) ?? Place(file: ""),
        "an RBM does not learn by `\(algorithm.rawValue)`",
        hint: "it learns by \(known.map { $0.rawValue.quoted }.joined(separator: ", "))")
    }
    try check(ofRBM, to: "`\(algorithm.rawValue)`")
    if isCentered, moves.count < Moving.allCases.count, let place = place(ofFirst: [Self.moves]) {
      throw Diagnostic(
        "unexpected-option", at: place, "`centering` moves weights and both kinds of biases")
    }
    if !isCentered, sparsity == nil, let place = place(ofFirst: [Self.activityRate]) {
      throw Diagnostic(
        "unexpected-option", at: place, "`activity-rate` is for `centering` and `sparsity`")
    }
    var trainer = ContrastiveDivergence()
    trainer.steps = steps
    trainer.chains = try chainsOfRBM()
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
    trainer.isCentered = isCentered
    trainer.sparsity = sparsity
    trainer.activityRate = activityRate
    return trainer
  }

  /// The options that belong to an RBM and the algorithm chosen.
  private var ofRBM: [any AnyOption] {
    let tempering: [any AnyOption] = [Self.temperatures, Self.rungs, Self.hottest]
    let drawing: [any AnyOption] = [Self.chainHidden, Self.chainVisible, Self.lastHidden]
    let others: [any AnyOption] =
      switch algorithm {
      case .cd: tempering + [Self.chains]
      case .pcd: tempering
      case .pt: drawing
      case .exact, .sampling, .annealing, .upDown:
        tempering + drawing + [Self.chains, Self.steps, Self.negativeHidden]
      }
    return Self.all.filter { option in !others.contains { $0.name == option.name } }
  }

  private func chainsOfRBM() throws(Diagnostic) -> ContrastiveDivergence.Chains {
    switch algorithm {
    case .cd: return .fromData
    case .pcd: return .persistent(chains)
    case .exact, .sampling, .annealing, .upDown: return .exact
    case .pt:
      if temperatures.isEmpty {
        return .tempered(.geometric(from: 1, to: hottest, rungs: rungs), chains)
      }
      if let place = place(ofFirst: [Self.rungs, Self.hottest]) {
        throw Diagnostic(
          "unexpected-option", at: place, "the temperatures of the ladder are written out")
      }
      let place = place(ofFirst: [Self.temperatures])
      if let place, let problem = Ladder.problem(temperatures, at: place) { throw problem }
      if let place, temperatures[0] != 1 {
        throw Diagnostic(
          "bad-ladder", at: place, "the ladder begins at T = 1, where the model is learned")
      }
      return .tempered(TemperatureLadder(temperatures), chains)
    }
  }
}

extension ContrastiveDivergence {
  /// `CD-1`, `PCD-1 with 100 chains`, …
  var described: String {
    let name: String
    switch chains {
    case .fromData: name = "CD-\(steps.described)"
    case .persistent(let count): name = "PCD-\(steps.described) with \(count) chains"
    case .tempered(let ladder, let count):
      let format = NumberFormat.significant(3)
      let hottest = format.string(ladder.temperatures[ladder.count - 1])
      name =
        "PT-\(steps.described) with \(count) \(count == 1 ? "ladder" : "ladders") of \(ladder.count) "
        + "temperatures from 1 to \(hottest)"
    case .exact: name = "Exact gradient"
    }
    return isCentered ? name + ", centred" : name
  }
}

extension StepSchedule {
  /// `5`, or `k (k = 1, 5 from epoch 20)`.
  var described: String {
    if stages.count == 1 { return "\(stages[0].steps)" }
    let later = stages.dropFirst().map { "\($0.steps) from epoch \($0.firstEpoch)" }
    return "k (k = \(stages[0].steps), \(later.joined(separator: ", ")))"
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
