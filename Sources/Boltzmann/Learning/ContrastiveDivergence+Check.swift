extension ContrastiveDivergence {
  /// Whether training can begin.
  func check(
    _ machine: RestrictedBoltzmannMachine, _ data: VisibleData, epochs: Int
  ) throws(TrainingError) {
    if data.count == 0 { throw .noData }
    if data.unitCount != machine.visibleCount {
      throw .unitCount(data.unitCount, visibleCount: machine.visibleCount)
    }
    try checkNumbers()
    try checkCombinations(machine)
    let perEpoch = Double(updatesPerEpoch(sampleCount: data.count))
    let halfSteps = steps.sum(epochs: epochs) { perEpoch * Double(2 * $0 + 2) }
    if halfSteps >= 0x1p32 { throw .tooManySteps }
  }

  private func checkNumbers() throws(TrainingError) {
    for (name, value) in [
      ("number of steps", steps.fewest), ("batch size", batchSize),
      ("number of updates per batch", updatesPerBatch), ("number of chains", chainCount(1)),
    ] where value < 1 { throw .notPositive(name, Double(value)) }
    for (name, value) in [("learning rate", learningRate), ("activity rate", activityRate)]
    where !(value > 0 && value.isFinite) { throw .notPositive(name, value) }
    for (name, value) in [
      ("momentum", momentum), ("weight decay", weightDecay), ("sparsity cost", sparsity?.cost ?? 0),
      ("sparsity target", sparsity?.target ?? 0),
    ] where !(value >= 0 && value.isFinite) { throw .negative(name, value) }
  }

  private func checkCombinations(
    _ machine: RestrictedBoltzmannMachine
  ) throws(TrainingError) {
    if isCentered && moving != .all {
      throw .impossible("Centering moves weights and both kinds of biases together.")
    }
    if machine.visibleUnits == .gaussian && !recomputesLastHidden {
      throw .impossible("Gaussian units need the last hidden units recomputed.")
    }
    switch chains {
    case .exact:
      let limit = RestrictedBoltzmannMachine.largestEnumeratedUnitCount
      let isGaussian = machine.visibleUnits == .gaussian
      let count = isGaussian ? machine.hiddenCount : min(machine.visibleCount, machine.hiddenCount)
      if count > limit {
        throw .enumeration(EnumerationLimit(freeUnitCount: count, largestFreeUnitCount: limit))
      }
    case .tempered(let ladder, _):
      if ladder.temperatures[0] != 1 {
        throw .impossible("The coldest chains of a ladder are those of the model, at T = 1.")
      }
      if machine.visibleUnits == .gaussian || hiddenInChain != .states || visibleInChain != .states
      {
        throw .impossible("Tempered chains have binary units that are drawn.")
      }
    case .fromData, .persistent: break
    }
  }
}
