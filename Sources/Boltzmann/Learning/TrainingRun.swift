internal import CKernels

/// What the threads of one training run share.
///
/// Panels of 16 units are computed, and learn, in one thread each: those of a thread's share, so
/// that weights stay near it, and at the end some of another's, so that nobody waits for long. Words
/// of 64 inputs belong to one thread each: it packs, plans and transposes them. So an update takes
/// four or five meetings for each step of its chain, and one or two more.
///
/// Without extras an update takes the fused kernels; Gaussian visible units, and chains on hidden
/// probabilities, feed real values to plain products.
///
/// Memory: the weights, perhaps a velocity, two batches and the chains; each thread has statistics of
/// one panel besides.
struct TrainingRun: Sendable {
  let settings: ContrastiveDivergence
  let data: VisibleData
  let stream: RandomStream
  let threads: Int
  /// As many threads as have panels and enough to do between two meetings.
  let members: Int
  let kernels: Kernels
  let batchSize: Int
  let parameters: Parameters
  /// The hidden units that the batch causes.
  let hidden: LayerPanels
  let chainHidden: LayerPanels
  /// States, probabilities, or means of Gaussian units.
  let chainVisible: LayerPanels
  /// What is drawn around the means of Gaussian units; else the same as `chainVisible`.
  let drawnVisible: LayerPanels
  /// Two in turn, so that who is done with one batch can take the next; the same one for one thread.
  let batchInputs: [SampledUnits]
  /// What the chains' layers are as inputs.
  let visibleInputs: SampledUnits
  let hiddenInputs: SampledUnits
  /// Nil where visible fields are not summed by halves. That depends on shapes alone, since the order
  /// of sums depends on it.
  let visibleHalves: VisibleHalves?
  let units: VisibleUnits
  let tempered: TemperedChains?
  let exact: ExactPhase?
  let offsets: ActivityOffsets?

  init(
    _ settings: ContrastiveDivergence, _ machine: RestrictedBoltzmannMachine, _ data: VisibleData,
    stream: RandomStream, threads: Int, kernels: Kernels, measuresErrors: Bool
  ) {
    (self.settings, self.data, self.stream, self.kernels) = (settings, data, stream, kernels)
    (self.threads, units) = (threads, machine.visibleUnits)
    batchSize = min(settings.batchSize, data.count)
    // Centering takes the change of the weights from their velocity.
    parameters = Parameters(machine, hasVelocity: settings.momentum > 0 || settings.isCentered)
    hidden = LayerPanels(units: machine.hiddenCount, rows: batchSize)
    let chainCount = settings.chainCount(batchSize)
    chainHidden = LayerPanels(units: machine.hiddenCount, rows: chainCount)
    let drawsNormals = units == .gaussian && settings.visibleInChain == .states
    chainVisible = LayerPanels(
      units: machine.visibleCount, rows: chainCount,
      keepsValues: measuresErrors || settings.visibleInChain == .probabilities
        || units == .gaussian || settings.chains == .exact)
    drawnVisible =
      drawsNormals ? LayerPanels(units: machine.visibleCount, rows: chainCount) : chainVisible
    exact = settings.chains == .exact ? ExactPhase(machine) : nil
    tempered =
      if case .tempered(let ladder, let count) = settings.chains {
        TemperedChains(machine, ladder, count: count, stream: stream, kernels: kernels)
      } else { nil }
    offsets =
      settings.isCentered || settings.sparsity != nil
      ? ActivityOffsets(machine, data, isCentered: settings.isCentered) : nil
    let products = max(batchSize, chainCount) * machine.visibleCount * machine.hiddenCount
    // Where the gradient is exact, the threads share the enumeration.
    let useful =
      exact != nil
      ? 1
      : min(
        max(hidden.panelCount, chainVisible.panelCount), products / Self.productsPerThread)
    let members = max(1, min(threads, useful))
    self.members = members
    let areMany = max(batchSize, chainCount) > Int(HM_FEW_SAMPLES)
    func inputs(
      _ units: Int, _ rows: Int, areHidden: Bool = false, areStates: Bool
    ) -> SampledUnits {
      SampledUnits(
        units: units, rows: rows, areHidden: areHidden, areStates: areStates, areMany: areMany,
        members: members, kernels: kernels)
    }
    let isBinary = if case .binary = data { true } else { false }
    let batch = inputs(machine.visibleCount, batchSize, areStates: isBinary)
    batchInputs = [
      batch,
      members == 1 ? batch : inputs(machine.visibleCount, batchSize, areStates: isBinary),
    ]
    visibleInputs = inputs(
      machine.visibleCount, chainCount, areStates: settings.hasVisibleStates(units))
    hiddenInputs = inputs(
      machine.hiddenCount, chainCount, areHidden: true,
      areStates: settings.hasHiddenStates(units))
    // Where far fewer fields pass between threads than weights would.
    let areHalved =
      machine.hiddenCount >= Int(HM_HALVED_INPUTS) && chainCount > 1
      && 8 * chainCount <= machine.hiddenCount && settings.hasHiddenStates(units)
    visibleHalves =
      areHalved ? VisibleHalves(panels: chainVisible.panelCount, rows: chainCount) : nil
    if case .persistent = settings.chains { startChains() }
  }

  var hasVisibleStates: Bool { settings.hasVisibleStates(units) }

  var hasHiddenStates: Bool { settings.hasHiddenStates(units) }

  /// The products of a half-step that repay the two meetings around it, about a microsecond each.
  private static let productsPerThread = 100_000

  /// Where the draws of a half-step are.
  func draw(_ halfStep: Int) -> hm_draw {
    hm_draw(
      key_low: UInt32(truncatingIfNeeded: stream.key),
      key_high: UInt32(truncatingIfNeeded: stream.key >> 32),
      purpose: RandomStream.Purpose.layer.rawValue, step: UInt32(halfStep), chain: 0)
  }

  /// Every visible unit on with probability ½, or standard normal; row m is chain m of purpose
  /// `initialState`.
  private func startChains() {
    for row in 0..<chainVisible.rows {
      for unit in 0..<chainVisible.units {
        if units == .gaussian {
          let value = stream.normal(.initialState, step: 0, chain: row, unit: unit)
          drawnVisible.setValue(row, unit, to: Float(value))
          continue
        }
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
    case .persistent(let count), .tempered(_, let count): count
    // One row, of means.
    case .exact: 1
    }
  }

  /// Whether the visible units of chains are packed states.
  func hasVisibleStates(_ units: VisibleUnits) -> Bool {
    visibleInChain == .states && units == .binary && chains != .exact
  }

  /// Whether the hidden units of chains are packed states where visible ones are computed from them.
  func hasHiddenStates(_ units: VisibleUnits) -> Bool {
    hiddenInChain == .states && units == .binary
  }

  /// Whether chains need drawn hidden states.
  var needsHiddenStates: Bool {
    hiddenInChain == .states || (!recomputesLastHidden && hiddenInNegativeStatistics == .states)
  }

  /// Whether chains from the data need the hidden probabilities that the data cause.
  func needsFirstHiddenProbabilities(steps: Int) -> Bool {
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
