/// Gibbs sampling with the heat-bath kernel at one temperature: many independent chains, each a
/// function of (stream, chain number) alone.
public struct GibbsSampler: Sendable {
  /// The kernel.
  public let kernel: HeatBath
  /// T.
  public let temperature: Double

  /// A sampler of a machine at a positive temperature. Clamped units are held at their values,
  /// units in `holding` stay as each chain starts with them.
  public init(
    _ machine: BoltzmannMachine, temperature: Double = 1, clamp: Clamp = Clamp(),
    holding: [Int] = []
  ) {
    precondition(temperature > 0 && temperature.isFinite, "A temperature is positive and finite.")
    kernel = HeatBath(machine, clamp: clamp, holding: holding)
    self.temperature = temperature
  }

  /// Runs the chains and counts each statistic over their samples.
  ///
  /// With `tracingEnergy` the record holds the mean energy over the chains after every sweep.
  /// The result does not depend on the number of threads. Memory: the last state of every chain,
  /// and at most 64 times the cells of the statistics and the sweeps traced.
  public func run(
    chains: Int, schedule: Schedule, from start: InitialState = .random,
    counting statistics: [Statistic] = [], tracingEnergy: Bool = false, stream: RandomStream,
    threads: Int = 1
  ) -> SamplingRecord {
    let empty = BlockRecord(statistics, tracedSweeps: tracingEnergy ? schedule.totalSweeps : 0)
    let blocks = ChainBlocks(chainCount: chains).map(threads: threads) { chains in
      var record = empty
      for number in chains {
        let first = start.state(
          chain: number, unitCount: kernel.machine.unitCount, stream: stream)
        var chain = Chain(number: number, state: first, of: kernel)
        run(&chain, schedule, stream, into: &record)
      }
      return record
    }
    var total = empty
    for block in blocks { total.merge(block) }
    return SamplingRecord(total, schedule: schedule)
  }

  private func run(
    _ chain: inout Chain, _ schedule: Schedule, _ stream: RandomStream,
    into record: inout BlockRecord
  ) {
    var energySum = CompensatedSum()
    for sweep in 0..<schedule.totalSweeps {
      kernel.sweep(&chain, temperature: temperature, step: sweep, stream: stream)
      if !record.energyTrace.isEmpty { record.energyTrace[sweep].add(chain.energy) }
      guard schedule.counts(afterSweep: sweep) else { continue }
      energySum.add(chain.energy)
      for index in record.tallies.indices { record.tallies[index].count(chain.state) }
    }
    record.endChain(chain, energySum: energySum.value, samples: schedule.samplesPerChain)
  }
}
