internal import CKernels

/// Parallel tempering: replicas of a machine at the temperatures of a ladder that, after each
/// sweep, exchange their temperatures with a neighbour's, with probability
/// min(1, exp((1/T_a − 1/T_b)(E_a − E_b))).
///
/// So states that a cold replica would never leave are left at a hot rung, and every rung has
/// exp(−E/T)/Z. The pairs (0, 1), (2, 3), … are tried after sweeps 0, 2, …, the others between.
/// Replica r of ladder l is chain l · rungs + r in the random words of its sweeps; the exchange of
/// pair k after sweep t takes draw (swap, t, l, k). Sources: Hukushima, Nemoto, "Exchange Monte
/// Carlo method and application to spin glass simulations", Journal of the Physical Society of
/// Japan 65 (1996) 1604–1608; on alternating pairs Syed et al. (2022), see `TemperatureLadder`.
public struct ParallelTempering: Sendable {
  /// The kernel.
  public let kernel: SingleUnitKernel
  /// The temperatures.
  public let ladder: TemperatureLadder

  /// Parallel tempering with a kernel on a ladder.
  public init(_ kernel: SingleUnitKernel, ladder: TemperatureLadder) {
    (self.kernel, self.ladder) = (kernel, ladder)
  }

  /// Where the replicas of a ladder start.
  public enum Start: Sendable {
    /// Every replica on its own.
    case each(InitialState)
    /// At rung k of ladder l the state number l of list k.
    case atRungs([[BitVector]])
  }

  /// Runs independent ladders and counts each statistic at every temperature.
  ///
  /// `tracing` keeps, for the first ladder, which replica is at each rung after each of those sweeps,
  /// counted from 0, as far as they are made. The result depends neither on the number of threads nor
  /// on the kernels.
  public func run(
    ladders: Int = 1, schedule: Schedule, from start: Start = .each(.random),
    counting statistics: [Statistic] = [], tracing: Range<Int> = 0..<0,
    stream: RandomStream, threads: Int = 1, kernels: Kernels = .standard
  ) -> TemperingRecord {
    precondition(ladders >= 1, "Parallel tempering needs at least one ladder.")
    // Whole lane blocks: sixteen ladders of any number of rungs are.
    let group = LaneBlock.width
    let parts = mapConcurrently((ladders + group - 1) / group, threads: threads) { part in
      let range = part * group..<min((part + 1) * group, ladders)
      var run = TemperingRun(
        self, range, start, statistics, tracing: part == 0 ? tracing : 0..<0,
        stream: stream, kernels: kernels)
      run.run(schedule)
      return run.record
    }
    var total = parts[0]
    for part in parts.dropFirst() { total.merge(part) }
    return TemperingRecord(total, ladder: ladder, schedule: schedule, self.kernel.machine)
  }
}

/// Some ladders on their way.
struct TemperingRun {
  private let tempering: ParallelTempering
  private let ladders: Range<Int>
  private let tracing: Range<Int>
  private let stream: RandomStream
  private var blocks: [LaneBlock]
  /// For [ladder, rung] the replica there.
  private var replicas: [[Int]]
  private var exchanges: [ReplicaExchange]
  private var samples: [LaneSamples]
  private var lowest: [LowestEnergies]
  private(set) var record: TemperingBlock

  private var rungs: Int { tempering.ladder.count }

  init(
    _ tempering: ParallelTempering, _ ladders: Range<Int>, _ start: ParallelTempering.Start,
    _ statistics: [Statistic], tracing: Range<Int>, stream: RandomStream, kernels: Kernels
  ) {
    let (machine, rungs) = (tempering.kernel.machine, tempering.ladder.count)
    (self.tempering, self.ladders, self.stream) = (tempering, ladders, stream)
    self.tracing = tracing
    let chains = ladders.lowerBound * rungs..<ladders.upperBound * rungs
    blocks = ChainBlocks.lanes(of: chains).map { lanes in
      let states = lanes.map { chain in
        switch start {
        case .each(let initial):
          initial.state(chain: chain, unitCount: machine.unitCount, stream: stream)
        case .atRungs(let states): states[chain % rungs][chain / rungs]
        }
      }
      return LaneBlock(lanes, from: states, of: tempering.kernel, kernels: kernels)
    }
    lowest = blocks.map { LowestEnergies($0.energies, of: $0) }
    replicas = ladders.map { _ in Array(0..<rungs) }
    exchanges = ladders.map { _ in ReplicaExchange(rungs: rungs) }
    samples = (0..<rungs).map { _ in LaneSamples(statistics, laneCount: ladders.count) }
    record = TemperingBlock(rungs: rungs, statistics)
  }

  mutating func run(_ schedule: Schedule) {
    var places = temperatures()
    for sweep in 0..<schedule.totalSweeps {
      for index in blocks.indices {
        blocks[index].sweep(at: places[index], step: sweep, stream: stream)
      }
      let energies = noteEnergies()
      let counts = schedule.counts(afterSweep: sweep)
      if counts { count(energies) }
      if exchange(energies, sweep: sweep, counts: sweep >= schedule.warmUp) {
        places = temperatures()
      }
      if tracing.contains(sweep) { record.trace.append(replicas[0]) }
    }
    finish(schedule)
  }

  /// E of each replica, also for the record of the lowest.
  private mutating func noteEnergies() -> [Double] {
    var all: [Double] = []
    for index in blocks.indices {
      let energies = blocks[index].energies
      lowest[index].note(energies, of: blocks[index])
      all += energies
    }
    return all
  }

  /// The temperature of each replica, block by block.
  private func temperatures() -> [LaneTemperatures] {
    var all = [Double](repeating: 0, count: ladders.count * rungs)
    for (ladder, replicas) in replicas.enumerated() {
      for (rung, replica) in replicas.enumerated() {
        all[ladder * rungs + replica] = tempering.ladder.temperatures[rung]
      }
    }
    let first = ladders.lowerBound * rungs
    return blocks.map { block in
      let lanes = block.chains.lowerBound - first..<block.chains.upperBound - first
      return LaneTemperatures(Array(all[lanes]), of: tempering.kernel)
    }
  }

  /// Counts the state at each rung of every ladder.
  private mutating func count(_ energies: [Double]) {
    let states = record.tallies[0].isEmpty ? [] : blocks.flatMap(\.states)
    for rung in 0..<rungs {
      let chains = replicas.enumerated().map { $0.offset * rungs + $0.element[rung] }
      samples[rung].count(
        states.isEmpty ? [] : chains.map { states[$0] }, chains.map { energies[$0] })
    }
  }

  /// Tries the pairs of this sweep in every ladder; whether any was exchanged.
  private mutating func exchange(_ energies: [Double], sweep: Int, counts: Bool) -> Bool {
    var hasChanged = false
    for ladder in replicas.indices {
      for pair in stride(from: sweep % 2, to: rungs - 1, by: 2) {
        let (cold, hot) = (replicas[ladder][pair], replicas[ladder][pair + 1])
        let first = ladder * rungs
        let isAccepted = accepts(
          pair, energies[first + cold] - energies[first + hot], sweep: sweep,
          ladder: ladders.lowerBound + ladder)
        if isAccepted {
          replicas[ladder].swapAt(pair, pair + 1)
          hasChanged = true
        }
        if counts { exchanges[ladder].tried(pair, isAccepted) }
      }
      if counts { exchanges[ladder].visit(replicas[ladder]) }
    }
    return hasChanged
  }

  private func accepts(_ pair: Int, _ difference: Double, sweep: Int, ladder: Int) -> Bool {
    let temperatures = tempering.ladder.temperatures
    let exponent = (1 / temperatures[pair] - 1 / temperatures[pair + 1]) * difference
    if exponent >= 0 { return true }
    return stream.uniform(.swap, step: sweep, chain: ladder, unit: pair) < hm_exp(exponent)
  }

  private mutating func finish(_ schedule: Schedule) {
    let states = blocks.flatMap(\.states)
    for rung in 0..<rungs {
      let last = replicas.enumerated().map { states[$0.offset * rungs + $0.element[rung]] }
      record.append(samples[rung], lastStates: last, rung, samples: schedule.samplesPerChain)
    }
    for exchange in exchanges { record.append(exchange) }
    let energies = lowest.flatMap(\.energies)
    for ladder in ladders.indices {
      let first = (ladder - ladders.lowerBound) * rungs
      record.lowestEnergies.append(energies[first..<first + rungs].min() ?? .infinity)
    }
    for block in lowest { record.keep(block.state, block.energy) }
  }
}
