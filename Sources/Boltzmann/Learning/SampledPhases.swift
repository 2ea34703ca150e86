/// The chains of both phases from update to update.
///
/// The positive phase draws from the substream 0 of the stream, the negative one from 1. In update
/// u, free units start with the words (initialState, u, chain, unit), noise has the words
/// (data, u, chain, unit), and sweeps are numbered through from the first update.
struct SampledPhases: Sendable {
  private let settings: PhaseChains
  private let rows: ClampedRows
  private let temperature: Double
  private let streams: [RandomStream]
  private let kernels: Kernels
  private let none: CoOccurrenceCounts
  /// One word per unit and lane block for each phase, chain c in bit c mod 16.
  private var words: [[[UInt16]]] = [[], []]

  /// The chains for a machine with these connections.
  init(
    _ settings: PhaseChains, _ rows: ClampedRows, of machine: BoltzmannMachine,
    temperature: Double, stream: RandomStream, kernels: Kernels
  ) {
    (self.settings, self.rows, self.temperature) = (settings, rows, temperature)
    none = CoOccurrenceCounts(of: machine)
    (streams, self.kernels) = ([stream.substream(0), stream.substream(1)], kernels)
  }

  var chainCount: Int { rows.rows.count * settings.chainsPerRow }

  /// The means of both phases at update number `update`, counted from 0.
  mutating func statistics(
    of machine: BoltzmannMachine, update: Int, threads: Int
  ) -> PhaseStatistics {
    let visible = Array(0..<machine.visibleCount)
    let form = SingleUnitKernel(machine).form
    let positive = means(0, of: machine, form, holding: visible, update, threads)
    let negative = means(1, of: machine, form, holding: rows.inputs, update, threads)
    return PhaseStatistics(positive: positive, negative: negative)
  }

  /// The states of persistent chains; nothing else goes on from update to update.
  var stateTensors: [Tensor] {
    guard settings.isPersistent else { return [] }
    return words.enumerated().map { phase, blocks in
      Tensor(
        "chains_\(phase)", shape: [blocks.count, none.unitCount],
        blocks.flatMap { $0.map { Int($0) } })
    }
  }

  /// Takes a checkpoint's chains over.
  mutating func restore(_ reader: CheckpointReader) throws(TrainingError) {
    guard settings.isPersistent else { return }
    let (blocks, width) = (ChainBlocks.lanes(of: 0..<chainCount).count, none.unitCount)
    for phase in words.indices {
      let values = try reader.integers("chains_\(phase)", [blocks, width])
      let states = values.compactMap { UInt16(exactly: $0) }
      guard states.count == values.count else { throw .badCheckpoint }
      words[phase] = (0..<blocks).map { Array(states[$0 * width..<($0 + 1) * width]) }
    }
  }

  private mutating func means(
    _ phase: Int, of machine: BoltzmannMachine, _ form: SingleUnitKernel.Form, holding: [Int],
    _ update: Int, _ threads: Int
  ) -> PhaseStatistics.Means {
    let kernel = SingleUnitKernel(
      machine, rule: .heatBath, holding: holding, scan: settings.scan, form: form)
    let run = PhaseRun(
      settings: settings, rows: rows, kernel: kernel, temperature: temperature, held: holding,
      update: update, stream: streams[phase], kernels: kernels, none: none)
    let blocks = ChainBlocks.lanes(of: 0..<chainCount)
    let last = words[phase]
    // Starting threads takes longer than a few blocks of a small machine.
    let work = blocks.count * settings.totalSweeps * machine.unitCount
    let results = mapConcurrently(blocks.count, threads: work > 20_000 ? threads : 1) { block in
      run.counts(of: blocks[block], from: last.isEmpty ? nil : last[block])
    }
    if settings.isPersistent { words[phase] = results.map(\.last) }
    var total = none
    for result in results { total.add(result.counts) }
    return total.means(samples: chainCount * settings.sweeps)
  }
}

/// One phase of one update.
private struct PhaseRun: Sendable {
  let settings: PhaseChains
  let rows: ClampedRows
  let kernel: SingleUnitKernel
  let temperature: Double
  let held: [Int]
  let update: Int
  let stream: RandomStream
  let kernels: Kernels
  let none: CoOccurrenceCounts

  func counts(
    of chains: Range<Int>, from last: [UInt16]?
  ) -> (counts: CoOccurrenceCounts, last: [UInt16]) {
    var states = last ?? randomStates(chains)
    let clamped = held.isEmpty ? [] : clampedStates(chains)
    for unit in held { states[unit] = clamped[unit] }
    var block = LaneBlock(chains, words: states, of: kernel, kernels: kernels)
    var sweep = update * settings.totalSweeps
    for step in settings.warmUp?.steps ?? [] {
      let temperatures = LaneTemperatures(step.temperature, of: kernel)
      for _ in 0..<step.sweeps {
        block.sweep(at: temperatures, step: sweep, stream: stream)
        sweep += 1
      }
    }
    var counts = none
    let temperatures = LaneTemperatures(temperature, of: kernel)
    let lanes = UInt16.max >> UInt16(LaneBlock.width - chains.count)
    for _ in 0..<settings.sweeps {
      block.sweep(at: temperatures, step: sweep, stream: stream)
      sweep += 1
      states = block.stateWords
      counts.add(states, lanes: lanes)
    }
    return (counts, states)
  }

  /// Every unit on with probability ½: chain c is bit c mod 16 of the word of ⌊c/16⌋.
  private func randomStates(_ chains: Range<Int>) -> [UInt16] {
    let count = kernel.machine.unitCount
    var words: [UInt16] = []
    for group in 0..<(count + 3) / 4 {
      let block = stream.block(
        .initialState, step: update, chain: chains.lowerBound / LaneBlock.width, group: group)
      for unit in 0..<min(4, count - 4 * group) {
        words.append(UInt16(truncatingIfNeeded: block[unit]))
      }
    }
    return words
  }

  /// The row of each chain on the visible units, with its noise.
  private func clampedStates(_ chains: Range<Int>) -> [UInt16] {
    var words = [UInt16](repeating: 0, count: rows.unitCount)
    for (lane, chain) in chains.enumerated() {
      let row = rows.rows[chain / settings.chainsPerRow]
      for unit in words.indices where isOn(unit, in: row, chain: chain) {
        words[unit] |= 1 << UInt16(lane)
      }
    }
    return words
  }

  private func isOn(_ unit: Int, in row: BitVector, chain: Int) -> Bool {
    guard let noise = settings.noise else { return row[unit] }
    return stream.bernoulli(
      row[unit] ? 1 - noise.off : noise.on, .data, step: update, chain: chain, unit: unit)
  }
}

/// How often units were on, together and alone: whole numbers, so that no order matters.
struct CoOccurrenceCounts: Sendable {
  private let edges: [Couplings.Edge]
  private var pairs: [Int]
  private var units: [Int]

  var unitCount: Int { units.count }

  init(of machine: BoltzmannMachine) {
    edges = machine.edges
    pairs = Array(repeating: 0, count: edges.count)
    units = Array(repeating: 0, count: machine.unitCount)
  }

  /// Adds the states of some lanes: one word per unit, a chain in each bit.
  mutating func add(_ words: [UInt16], lanes: UInt16) {
    for (number, edge) in edges.enumerated() {
      pairs[number] += (words[edge.first] & words[edge.second] & lanes).nonzeroBitCount
    }
    for (unit, word) in words.enumerated() { units[unit] += (word & lanes).nonzeroBitCount }
  }

  mutating func add(_ other: CoOccurrenceCounts) {
    for number in pairs.indices { pairs[number] += other.pairs[number] }
    for unit in units.indices { units[unit] += other.units[unit] }
  }

  func means(samples: Int) -> PhaseStatistics.Means {
    PhaseStatistics.Means(
      pairs: pairs.map { Double($0) / Double(samples) },
      units: units.map { Double($0) / Double(samples) })
  }
}
