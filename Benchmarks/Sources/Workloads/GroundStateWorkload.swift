import Boltzmann

/// The lowest energy that annealing finds: many chains through the whole range of temperatures of
/// the machine, one sweep at each.
struct GroundStateWorkload: Workload {
  static let name = "ground-state"

  private let machine: BoltzmannMachine
  private let constant: Double
  private let chains: Int
  private let sweeps: Int
  private let threads: Int
  private let demands: [Demand]

  init(_ options: inout Options) throws {
    chains = try options.take("chains", 64)
    sweeps = try options.take("sweeps", 1000)
    threads = try options.take("threads", 1)
    (machine, constant) = try Files.isingModel(options.take("model", ".data/lattice-32.edges"))
      .boltzmannMachine()
    demands = machine.demands(
      of: machine.unitCount * chains * sweeps, Self.schedule(of: machine, sweeps), rule: .heatBath,
      chains: chains)
  }

  private static func schedule(of machine: BoltzmannMachine, _ sweeps: Int) -> TemperatureSchedule {
    .geometric(through: TemperatureRange(machine), steps: sweeps, sweeps: 1, finalSweeps: 1)
  }

  mutating func run(repetition: Int) throws -> Measurement {
    let stream = RandomStream(seed: UInt64(repetition), name: Self.name)
    var record: AnnealingRecord?
    var measurement = Measurement(work: 1, unit: "search") {
      record = Annealing(machine, schedule: Self.schedule(of: machine, sweeps)).run(
        chains: chains, stream: stream, threads: threads)
    }
    measurement.quality = record.map {
      ($0.lowestEnergy + constant) / Double(machine.unitCount)
    }
    measurement.demands = demands
    return measurement
  }
}
