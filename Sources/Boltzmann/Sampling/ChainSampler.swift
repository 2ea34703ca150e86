/// Sampling with a single-unit kernel at one temperature: many independent chains, each a function
/// of (stream, chain number) alone.
public struct ChainSampler: Sendable {
  /// The kernel.
  public let kernel: SingleUnitKernel
  /// T.
  public let temperature: Double

  /// A sampler of a machine at a positive temperature. Clamped units are held at their values,
  /// units in `holding` stay as each chain starts with them.
  public init(
    _ machine: BoltzmannMachine, temperature: Double = 1, rule: UpdateRule = .heatBath,
    clamp: Clamp = Clamp(), holding: [Int] = [], scan: ScanOrder = .sequential
  ) {
    let kernel = SingleUnitKernel(machine, rule: rule, clamp: clamp, holding: holding, scan: scan)
    self.init(kernel, temperature: temperature)
  }

  /// A sampler with the kernel given at a positive temperature.
  public init(_ kernel: SingleUnitKernel, temperature: Double) {
    precondition(temperature > 0 && temperature.isFinite, "A temperature is positive and finite.")
    (self.kernel, self.temperature) = (kernel, temperature)
  }

  /// Runs the chains and counts each statistic over their samples.
  ///
  /// With `tracingEnergy` the record holds the mean energy over the chains after every sweep; with
  /// observables to follow, their values in every sample of every chain, or in as many equally
  /// spaced ones as `Trace.largestCount` allows.
  /// The result depends neither on the number of threads nor on the kernels. Memory: the last state
  /// of every chain, at most 64 times the cells of the statistics and the sweeps traced, and for
  /// each thread sixteen times the cells of the statistics.
  public func run(
    chains: Int, schedule: Schedule, from start: InitialState = .random,
    counting statistics: [Statistic] = [], following observables: [Observable] = [],
    tracingEnergy: Bool = false, stream: RandomStream, threads: Int = 1,
    kernels: Kernels = .standard
  ) -> SamplingRecord {
    let empty = BlockRecord(
      statistics, tracedSweeps: tracingEnergy ? schedule.totalSweeps : 0,
      TraceRecorder(observables, chains: chains, samplesPerChain: schedule.samplesPerChain))
    let temperatures = LaneTemperatures(temperature, of: kernel)
    let blocks = ChainBlocks(chainCount: chains).map(threads: threads) { chains in
      var record = empty
      for lanes in ChainBlocks.lanes(of: chains) {
        var block = LaneBlock(
          lanes, from: start.states(lanes, kernel.machine, stream), of: kernel, kernels: kernels)
        run(&block, schedule, temperatures, statistics, stream, into: &record)
      }
      return record
    }
    var total = empty
    for block in blocks { total.merge(block) }
    return SamplingRecord(total, schedule: schedule)
  }

  private func run(
    _ block: inout LaneBlock, _ schedule: Schedule, _ temperatures: LaneTemperatures,
    _ statistics: [Statistic], _ stream: RandomStream, into record: inout BlockRecord
  ) {
    var lanes = LaneSamples(statistics, laneCount: block.chains.count)
    var samples = 0
    record.traces.open(chains: block.chains.count)
    for sweep in 0..<schedule.totalSweeps {
      block.sweep(at: temperatures, step: sweep, stream: stream)
      let counts = schedule.counts(afterSweep: sweep)
      guard counts || !record.energyTrace.isEmpty else { continue }
      let energies = block.energies
      if !record.energyTrace.isEmpty {
        for energy in energies { record.energyTrace[sweep].add(energy) }
      }
      guard counts else { continue }
      samples += 1
      let isKept = record.traces.keeps(sample: samples)
      let needsStates = !statistics.isEmpty || isKept && record.traces.needsStates
      let states = needsStates ? block.states : []
      lanes.count(states, energies)
      if isKept { record.traces.add(states, energies) }
    }
    record.append(lanes, lastStates: block.states, samples: schedule.samplesPerChain)
  }
}
