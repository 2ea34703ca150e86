/// Simulated annealing inside sampling: a single-unit kernel along a temperature schedule.
///
/// Source: Kirkpatrick, Gelatt, Vecchi, "Optimization by simulated annealing", Science 220 (1983)
/// 671–680.
public struct Annealing: Sendable {
  /// The kernel.
  public let kernel: SingleUnitKernel
  /// The temperatures and the sweeps at each.
  public let schedule: TemperatureSchedule

  /// Annealing of a machine along a schedule, with units held as in `ChainSampler`.
  public init(
    _ machine: BoltzmannMachine, schedule: TemperatureSchedule, rule: UpdateRule = .heatBath,
    clamp: Clamp = Clamp(), holding: [Int] = [], scan: ScanOrder = .sequential
  ) {
    let kernel = SingleUnitKernel(machine, rule: rule, clamp: clamp, holding: holding, scan: scan)
    self.init(kernel, schedule: schedule)
  }

  /// Annealing with the kernel given along a schedule.
  public init(_ kernel: SingleUnitKernel, schedule: TemperatureSchedule) {
    (self.kernel, self.schedule) = (kernel, schedule)
  }

  /// Runs the chains and counts each statistic over their final states.
  ///
  /// The sweeps are numbered through from 0 in the random words. The result depends neither on the
  /// number of threads nor on the kernels.
  public func run(
    chains: Int, from start: InitialState = .random, counting statistics: [Statistic] = [],
    stream: RandomStream, threads: Int = 1, kernels: Kernels = .standard
  ) -> AnnealingRecord {
    let temperatures = schedule.steps.map { LaneTemperatures($0.temperature, of: kernel) }
    let blocks = ChainBlocks(chainCount: chains).map(threads: threads) { chains in
      var record = AnnealingBlock(stepCount: schedule.steps.count)
      for lanes in ChainBlocks.lanes(of: chains) {
        var block = LaneBlock(
          lanes, from: start.states(lanes, kernel.machine, stream), of: kernel, kernels: kernels)
        run(&block, temperatures, stream, into: &record)
      }
      return record
    }
    var total = AnnealingBlock(stepCount: schedule.steps.count)
    for block in blocks { total.merge(block) }
    return AnnealingRecord(total, schedule: schedule, statistics: statistics, kernel.machine)
  }

  private func run(
    _ block: inout LaneBlock, _ temperatures: [LaneTemperatures], _ stream: RandomStream,
    into record: inout AnnealingBlock
  ) {
    var energies = block.energies
    var lowest = LowestEnergies(energies, of: block)
    var sweep = 0
    for (index, step) in schedule.steps.enumerated() {
      var sums = [CompensatedSum](repeating: CompensatedSum(), count: energies.count)
      for _ in 0..<step.sweeps {
        block.sweep(at: temperatures[index], step: sweep, stream: stream)
        sweep += 1
        energies = block.energies
        for (lane, energy) in energies.enumerated() { sums[lane].add(energy) }
        lowest.note(energies, of: block)
      }
      for (lane, energy) in energies.enumerated() {
        record.means[index].add(sums[lane].value / Double(step.sweeps))
        record.lasts[index].add(energy)
      }
    }
    record.append(lowest, lastStates: block.states)
  }
}
