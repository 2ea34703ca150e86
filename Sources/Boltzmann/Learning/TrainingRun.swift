internal import CKernels

/// What the threads of one training run share.
///
/// Panels of 16 units belong to one thread each: it alone computes their states, their statistics
/// and their parameters, so that an update takes but two meetings for each step of its chain.
///
/// Memory: the weights, perhaps a velocity, one batch and its chains; each thread has the packed
/// states of a batch besides, and statistics of one panel.
struct TrainingRun: Sendable {
  let settings: ContrastiveDivergence
  let data: VisibleData
  let stream: RandomStream
  let kernels: Kernels
  let batchSize: Int
  let parameters: Parameters
  /// The hidden units that the batch causes.
  let hidden: LayerPanels
  let chainHidden: LayerPanels
  let chainVisible: LayerPanels

  init(
    _ settings: ContrastiveDivergence, _ machine: RestrictedBoltzmannMachine, _ data: VisibleData,
    stream: RandomStream, kernels: Kernels, measuresErrors: Bool
  ) {
    (self.settings, self.data, self.stream, self.kernels) = (settings, data, stream, kernels)
    batchSize = min(settings.batchSize, data.count)
    parameters = Parameters(machine, hasVelocity: settings.momentum > 0)
    hidden = LayerPanels(units: machine.hiddenCount, rows: batchSize)
    let chainCount = settings.chainCount(batchSize)
    chainHidden = LayerPanels(units: machine.hiddenCount, rows: chainCount)
    chainVisible = LayerPanels(
      units: machine.visibleCount, rows: chainCount,
      keepsValues: measuresErrors || settings.visibleInChain == .probabilities)
    if settings.chains != .fromData { startChains() }
  }

  /// The products of a half-step that repay the two meetings around it, about a microsecond each.
  private static let productsPerThread = 100_000

  /// As many threads as have panels and enough to do between two meetings.
  func usefulThreads(_ wanted: Int) -> Int {
    let rows = max(batchSize, chainVisible.rows)
    let products = rows * parameters.weights.visibleCount * parameters.weights.hiddenCount
    return max(
      1,
      min(
        wanted, max(hidden.panelCount, chainVisible.panelCount), products / Self.productsPerThread))
  }

  /// Every visible unit on with probability ½; row m is chain m of purpose `initialState`.
  private func startChains() {
    for row in 0..<chainVisible.rows {
      for unit in 0..<chainVisible.units {
        let word = stream.word(.initialState, step: 0, chain: row, unit: unit)
        chainVisible.set(row, unit, to: word >> 31 == 1)
      }
    }
  }

  /// Σᵢ (vᵢ − p(vᵢ))² of a sample in Double: eight sums over every eighth unit, then their sum.
  func squaredError(row: Int, sample: Int) -> Double {
    var sums = SIMD8<Double>.zero
    for unit in 0..<chainVisible.units {
      let place = unit / LayerPanels.width * chainVisible.rows + row
      let p = chainVisible.values[place, unit % LayerPanels.width]
      let difference = Double(data.value(sample, unit)) - Double(p)
      sums[unit & 7] += difference * difference
    }
    return sums.sum()
  }
}

extension ContrastiveDivergence {
  /// The chains for a batch of so many samples.
  func chainCount(_ samples: Int) -> Int {
    switch chains {
    case .fromData: samples
    case .persistent(let count): count
    }
  }

  /// Whether chains need drawn hidden states.
  var needsHiddenStates: Bool {
    hiddenInChain == .states || (!recomputesLastHidden && hiddenInNegativeStatistics == .states)
  }

  /// Whether chains from the data need the hidden probabilities that the data cause.
  var needsFirstHiddenProbabilities: Bool {
    hiddenInChain == .probabilities || (!recomputesLastHidden && steps == 1)
  }
}

extension VisibleData {
  func value(_ row: Int, _ unit: Int) -> Float {
    switch self {
    case .binary(let bits): bits.storage[row, unit] ? 1 : 0
    case .real(let values): values.storage[row, unit]
    }
  }
}
