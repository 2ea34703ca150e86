internal import CKernels

/// The buffers of one training run, and one update on them.
///
/// Memory: the weights, their transpose, two statistics and perhaps a velocity, one batch and its
/// chains. Half-steps of update u (from 0) have the numbers u · (2k + 2) …: hidden unit draws of
/// step i of the chain are + 2i, visible ones + 2i − 1; the positive hidden draws are those of
/// step 0 when chains start at the data, else + 2k + 1.
struct TrainingRun: Sendable {
  let settings: ContrastiveDivergence
  let halfSteps: HalfSteps
  let batch: Batch
  let chains: Layers
  private let chainTransposed: BitRows
  private let weights: Gradient
  private let visibleBiases: Gradient
  private let hiddenBiases: Gradient
  let threads: Int

  private var kernels: Kernels { halfSteps.kernels }
  var parameters: Parameters { halfSteps.parameters }

  init(
    _ settings: ContrastiveDivergence, _ machine: RestrictedBoltzmannMachine, _ data: VisibleData,
    stream: RandomStream, threads: Int, kernels: Kernels
  ) {
    let (visibleCount, hiddenCount) = (machine.visibleCount, machine.hiddenCount)
    let batchSize = min(settings.batchSize, data.count)
    self.settings = settings
    self.threads = threads
    halfSteps = HalfSteps(
      kernels: kernels, parameters: Parameters(machine, kernels: kernels), stream: stream)
    batch = Batch(size: batchSize, data: data, hiddenCount: hiddenCount)
    switch settings.chains {
    case .fromData:
      chains = Layers(rows: batchSize, visibleCount: visibleCount, hiddenCount: hiddenCount)
    case .persistent(let count):
      chains = Layers(rows: count, visibleCount: visibleCount, hiddenCount: hiddenCount)
      chains.startVisible(stream: stream)
    }
    chainTransposed = BitRows(rows: visibleCount, columns: chains.rowCount)
    let hasVelocity = settings.momentum > 0
    weights = Gradient(rows: visibleCount, columns: hiddenCount, hasVelocity: hasVelocity)
    visibleBiases = Gradient(rows: 1, columns: visibleCount, hasVelocity: hasVelocity)
    hiddenBiases = Gradient(rows: 1, columns: hiddenCount, hasVelocity: hasVelocity)
  }

  /// One update on the first `count` rows of the batch; false if a parameter is no longer finite.
  func update(number: Int, count: Int) -> Bool {
    let chainCount: Int
    switch settings.chains {
    case .fromData:
      chainCount = count
      forEachPart(of: count, alignment: 2, threads: threads) { rows in
        positivePhase(rows, update: number)
        negativePhase(rows, update: number)
      }
    case .persistent(let chains):
      chainCount = chains
      forEachPart(of: count, alignment: 2, threads: threads) {
        positivePhase($0, update: number)
      }
      forEachPart(of: chains, alignment: 2, threads: threads) {
        negativePhase($0, update: number)
      }
    }
    let step = hm_ascent(
      positive: 1 / Float(count), negative: 1 / Float(chainCount),
      rate: Float(settings.learningRate), momentum: Float(settings.momentum), decay: 0)
    let isFinite = moveWeights(step, count: count, chainCount: chainCount)
    return moveBiases(step, count: count, chainCount: chainCount) && isFinite
  }

  private func firstHalfStep(_ update: Int) -> Int { update * (2 * settings.steps + 2) }

  /// The hidden units given the data, and where chains start there, their first hidden units.
  private func positivePhase(_ rows: Range<Int>, update: Int) {
    let hidden = batch.hidden
    switch batch.values {
    case .binary(let bits):
      kernels.product(
        into: hidden, of: bits, with: parameters.weights, plus: parameters.hiddenBiases,
        rows: rows)
    case .real(let values):
      kernels.product(
        into: hidden, of: values, with: parameters.weights, plus: parameters.hiddenBiases,
        rows: rows)
    }
    let startsChains = settings.chains == .fromData
    let bits = startsChains ? chains.hiddenBits : batch.hiddenBits
    let wantsStates =
      settings.hiddenInPositiveStatistics == .states
      || (startsChains && needsHiddenStates)
    halfSteps.draw(
      hidden, bits, as: wantsStates ? .states : .probabilities, rows: rows,
      step: firstHalfStep(update) + (startsChains ? 0 : 2 * settings.steps + 1))
    if startsChains && needsFirstHiddenProbabilities {
      for row in rows { chains.hidden.setRow(row, to: hidden, row) }
    }
    if settings.hiddenInPositiveStatistics == .states {
      kernels.expand(bits, into: hidden, rows: rows)
    }
  }

  private var needsHiddenStates: Bool {
    settings.hiddenInChain == .states
      || (!settings.recomputesLastHidden && settings.hiddenInNegativeStatistics == .states)
  }

  private var needsFirstHiddenProbabilities: Bool {
    settings.hiddenInChain == .probabilities
      || (!settings.recomputesLastHidden && settings.steps == 1)
  }

  /// k steps of the chains given, and the hidden units of the negative statistics.
  private func negativePhase(_ rows: Range<Int>, update: Int) {
    let first = firstHalfStep(update)
    let visible = settings.visibleInChain
    let drawsHidden = needsHiddenStates ? UnitValue.states : .probabilities
    if settings.chains != .fromData {
      halfSteps.updateHidden(chains, from: visible, to: drawsHidden, rows: rows, step: first)
    }
    for step in 1...settings.steps {
      if step > 1 {
        halfSteps.updateHidden(
          chains, from: visible, to: drawsHidden, rows: rows, step: first + 2 * (step - 1))
      }
      halfSteps.updateVisible(
        chains, from: settings.hiddenInChain, to: visible, rows: rows, step: first + 2 * step - 1)
    }
    let statistics = settings.hiddenInNegativeStatistics
    if settings.recomputesLastHidden {
      halfSteps.updateHidden(
        chains, from: visible, to: statistics, rows: rows, step: first + 2 * settings.steps)
    }
    if statistics == .states {
      kernels.expand(chains.hiddenBits, into: chains.hidden, rows: rows)
    }
  }

  private func moveWeights(_ step: hm_ascent, count: Int, chainCount: Int) -> Bool {
    if !settings.moving.contains(.weights) { return true }
    var step = step
    step.decay = Float(settings.weightDecay)
    let parts = mapParts(of: parameters.weights.rows, alignment: 64, threads: threads) {
      [step] units in
      moveWeights(
        units, step, positive: batch.samples(of: units, count: count, kernels: kernels),
        negative: chainSamples(of: units, count: chainCount))
    }
    return parts.allSatisfy { $0 }
  }

  private func moveWeights(
    _ units: Range<Int>, _ step: hm_ascent, positive: Samples, negative: Samples
  ) -> Bool {
    if case (.binary(let positive), .binary(let negative)) = (positive, negative),
      max(positive.count, negative.count) <= Kernels.learnableSamples
    {
      return kernels.learn(
        parameters.weights, transposed: parameters.transposed, velocity: weights.velocity,
        positive: positive, negative: negative, rows: units, step)
    }
    kernels.transposedProduct(into: weights.positive, of: positive, rows: units)
    kernels.transposedProduct(into: weights.negative, of: negative, rows: units)
    let isFinite = weights.ascend(parameters.weights, rows: units, step, kernels: kernels)
    kernels.transpose(parameters.weights, into: parameters.transposed, rows: units)
    return isFinite
  }

  private func chainSamples(of units: Range<Int>, count: Int) -> Samples {
    switch settings.visibleInChain {
    case .states:
      kernels.transpose(chains.visibleBits, into: chainTransposed, count: count, columns: units)
      return .binary(
        BinarySamples(transposed: chainTransposed, hidden: chains.hidden, count: count))
    case .probabilities:
      return .real(chains.visible, hidden: chains.hidden, count: count)
    }
  }

  private func moveBiases(_ step: hm_ascent, count: Int, chainCount: Int) -> Bool {
    var isFinite = true
    if settings.moving.contains(.visibleBiases) {
      batch.addVisibleSums(count: count, into: visibleBiases.positive, kernels: kernels)
      switch settings.visibleInChain {
      case .states:
        chains.visibleBits.columnSums(into: visibleBiases.negative, count: chainCount)
      case .probabilities:
        kernels.columnSums(into: visibleBiases.negative, of: chains.visible, count: chainCount)
      }
      isFinite = visibleBiases.ascend(
        parameters.visibleBiases, rows: 0..<1, step, kernels: kernels)
    }
    if settings.moving.contains(.hiddenBiases) {
      kernels.columnSums(into: hiddenBiases.positive, of: batch.hidden, count: count)
      kernels.columnSums(into: hiddenBiases.negative, of: chains.hidden, count: chainCount)
      isFinite =
        hiddenBiases.ascend(parameters.hiddenBiases, rows: 0..<1, step, kernels: kernels)
        && isFinite
    }
    return isFinite
  }

  typealias UnitValue = ContrastiveDivergence.UnitValue
}
