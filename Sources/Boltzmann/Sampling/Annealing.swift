/// Simulated annealing inside sampling: the heat-bath kernel along a temperature schedule.
///
/// Source: Kirkpatrick, Gelatt, Vecchi, "Optimization by simulated annealing", Science 220 (1983)
/// 671–680.
public struct Annealing: Sendable {
  /// The kernel.
  public let kernel: HeatBath
  /// The temperatures and the sweeps at each.
  public let schedule: TemperatureSchedule

  /// Annealing of a machine along a schedule, with units held as in `GibbsSampler`.
  public init(
    _ machine: BoltzmannMachine, schedule: TemperatureSchedule, clamp: Clamp = Clamp(),
    holding: [Int] = []
  ) {
    kernel = HeatBath(machine, clamp: clamp, holding: holding)
    self.schedule = schedule
  }

  /// Runs the chains and counts each statistic over their final states.
  ///
  /// The sweeps are numbered through from 0 in the random words. The result does not depend on
  /// the number of threads.
  public func run(
    chains: Int, from start: InitialState = .random, counting statistics: [Statistic] = [],
    stream: RandomStream, threads: Int = 1
  ) -> AnnealingRecord {
    let blocks = ChainBlocks(chainCount: chains).map(threads: threads) { chains in
      var record = AnnealingBlock(stepCount: schedule.steps.count)
      for number in chains {
        let first = start.state(
          chain: number, unitCount: kernel.machine.unitCount, stream: stream)
        var chain = Chain(number: number, state: first, of: kernel)
        run(&chain, stream, into: &record)
      }
      return record
    }
    var total = AnnealingBlock(stepCount: schedule.steps.count)
    for block in blocks { total.merge(block) }
    return AnnealingRecord(total, schedule: schedule, statistics: statistics, kernel.machine)
  }

  private func run(
    _ chain: inout Chain, _ stream: RandomStream, into record: inout AnnealingBlock
  ) {
    record.note(chain)
    var sweep = 0
    for (index, step) in schedule.steps.enumerated() {
      var energySum = CompensatedSum()
      for _ in 0..<step.sweeps {
        kernel.sweep(&chain, temperature: step.temperature, step: sweep, stream: stream)
        sweep += 1
        energySum.add(chain.energy)
        record.note(chain)
      }
      record.means[index].add(energySum.value / Double(step.sweeps))
      record.lasts[index].add(chain.energy)
    }
    record.lastStates.append(chain.state)
  }
}
