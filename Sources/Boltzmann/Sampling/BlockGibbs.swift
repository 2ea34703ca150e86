/// Gibbs sampling of a restricted machine layer by layer: a sweep draws all hidden units given the
/// visible ones, then all visible units given the hidden ones. It leaves exp(−E/T)/Z unchanged.
///
/// In states, statistics and clamps hidden unit j is unit visibleCount + j. Sweep t of chain c
/// draws under number 2t (hidden) and 2t + 1 (visible) of purpose `layer`.
public struct BlockGibbs: Sendable {
  /// The machine.
  public let machine: RestrictedBoltzmannMachine
  /// T.
  public let temperature: Double
  /// Units held at a value.
  public let clamp: Clamp

  /// A sampler of a machine at a positive temperature.
  public init(
    _ machine: RestrictedBoltzmannMachine, temperature: Double = 1, clamp: Clamp = Clamp()
  ) {
    precondition(temperature > 0 && temperature.isFinite, "A temperature is positive and finite.")
    precondition(machine.visibleUnits == .binary, "Block Gibbs sampling draws binary units.")
    precondition(
      clamp.units.allSatisfy { $0 < machine.visibleCount + machine.hiddenCount },
      "A clamp names no such unit.")
    (self.machine, self.temperature, self.clamp) = (machine, temperature, clamp)
  }

  /// Runs the chains and counts each statistic over their samples.
  ///
  /// With `tracingEnergy` the record holds the mean energy over the chains after every sweep. The
  /// result depends neither on the number of threads nor on the kernels. Memory: four bytes per
  /// unit of every chain, and what the record holds.
  public func run(
    chains: Int, schedule: Schedule, from start: InitialState = .random,
    counting statistics: [Statistic] = [], tracingEnergy: Bool = false, stream: RandomStream,
    threads: Int = 1, kernels: Kernels = .standard
  ) -> SamplingRecord {
    let empty = BlockRecord(statistics, tracedSweeps: tracingEnergy ? schedule.totalSweeps : 0)
    let layers = Layers(
      rows: chains, visibleCount: machine.visibleCount, hiddenCount: machine.hiddenCount)
    let chains = LayerChains(self, layers, stream: stream, kernels: kernels)
    let blocks = ChainBlocks(chainCount: layers.rowCount).map(threads: threads) { block in
      var record = empty
      for lanes in ChainBlocks.lanes(of: block) {
        chains.start(lanes, from: start)
        chains.run(lanes, schedule, statistics, into: &record)
      }
      return record
    }
    var total = empty
    for block in blocks { total.merge(block) }
    return SamplingRecord(total, schedule: schedule)
  }
}

/// The chains of a run, a row each.
private struct LayerChains: Sendable {
  let sampler: BlockGibbs
  let layers: Layers
  let halfSteps: HalfSteps

  var machine: RestrictedBoltzmannMachine { sampler.machine }

  init(_ sampler: BlockGibbs, _ layers: Layers, stream: RandomStream, kernels: Kernels) {
    (self.sampler, self.layers) = (sampler, layers)
    let scaled = sampler.machine.scaled(by: 1 / sampler.temperature)
    halfSteps = HalfSteps(scaled, kernels: kernels, stream: stream)
  }

  func start(_ rows: Range<Int>, from start: InitialState) {
    let count = machine.visibleCount
    for row in rows {
      let state = start.state(
        chain: row, unitCount: count + machine.hiddenCount, stream: halfSteps.stream)
      for unit in 0..<count { layers.visibleBits[row, unit] = state[unit] }
      for unit in 0..<machine.hiddenCount { layers.hiddenBits[row, unit] = state[count + unit] }
    }
    hold(rows)
  }

  func run(
    _ rows: Range<Int>, _ schedule: Schedule, _ statistics: [Statistic],
    into record: inout BlockRecord
  ) {
    var lanes = LaneSamples(statistics, laneCount: rows.count)
    for sweep in 0..<schedule.totalSweeps {
      halfSteps.updateHidden(layers, rows: rows, step: 2 * sweep)
      hold(rows)
      halfSteps.updateVisible(layers, rows: rows, step: 2 * sweep + 1)
      hold(rows)
      let counts = schedule.counts(afterSweep: sweep)
      guard counts || !record.energyTrace.isEmpty else { continue }
      let states = rows.map(state)
      let energies = states.map(energy)
      if !record.energyTrace.isEmpty {
        for energy in energies { record.energyTrace[sweep].add(energy) }
      }
      if counts { lanes.count(states, energies) }
    }
    record.append(lanes, lastStates: rows.map(state), samples: schedule.samplesPerChain)
  }

  private func hold(_ rows: Range<Int>) {
    for unit in sampler.clamp.units {
      let isOn = sampler.clamp[unit] ?? false
      let hidden = unit - machine.visibleCount
      for row in rows {
        if hidden < 0 {
          layers.visibleBits[row, unit] = isOn
        } else {
          layers.hiddenBits[row, hidden] = isOn
        }
      }
    }
  }

  private func state(_ row: Int) -> BitVector {
    let count = machine.visibleCount
    var state = BitVector(zeros: count + machine.hiddenCount)
    for unit in 0..<count where layers.visibleBits[row, unit] { state[unit] = true }
    for unit in 0..<machine.hiddenCount where layers.hiddenBits[row, unit] {
      state[count + unit] = true
    }
    return state
  }

  /// E in Double: units ascending, for each visible one that is on its weights to the hidden ones.
  private func energy(of state: BitVector) -> Double {
    let count = machine.visibleCount
    var sum = 0.0
    for i in 0..<count where state[i] {
      sum += Double(machine.visibleBiases[i])
      for j in 0..<machine.hiddenCount where state[count + j] {
        sum += Double(machine.weights[i, j])
      }
    }
    for j in 0..<machine.hiddenCount where state[count + j] {
      sum += Double(machine.hiddenBiases[j])
    }
    return 0 - sum
  }
}

extension RestrictedBoltzmannMachine {
  /// The machine with every parameter times a factor, rounded to Float.
  fileprivate func scaled(by factor: Double) -> RestrictedBoltzmannMachine {
    var scaled = self
    func times(_ value: Float) -> Float { Float(Double(value) * factor) }
    scaled.weights = Matrix(rows: visibleCount, columns: hiddenCount) { times(weights[$0, $1]) }
    scaled.visibleBiases = visibleBiases.map(times)
    scaled.hiddenBiases = hiddenBiases.map(times)
    return scaled
  }
}
