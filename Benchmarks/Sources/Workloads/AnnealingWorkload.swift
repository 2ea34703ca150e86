import Boltzmann

/// Annealing of an Ising model: many chains along a geometric schedule, one sweep at each
/// temperature; `rule=metropolis` for the other rule.
struct AnnealingWorkload: Workload {
  static let name = "anneal"

  private let machine: BoltzmannMachine
  private let constant: Double
  private let annealing: Annealing
  private let chains: Int
  private let threads: Int
  private let updates: Int
  private let demands: [Demand]

  init(_ options: inout Options) throws {
    chains = try options.take("chains", 16)
    threads = try options.take("threads", 1)
    let schedule = TemperatureSchedule.geometric(
      from: try options.take("hot", 5.0), to: try options.take("cold", 0.2),
      steps: try options.take("sweeps", 100), sweeps: 1, finalSweeps: 1)
    (machine, constant) = try Files.isingModel(options.take("model", ".data/lattice-100.edges"))
      .boltzmannMachine()
    let isMetropolis = try options.take("rule", "heat-bath") == "metropolis"
    let rule: UpdateRule = isMetropolis ? .metropolis : .heatBath
    annealing = Annealing(machine, schedule: schedule, rule: rule)
    updates = machine.unitCount * chains * schedule.totalSweeps
    demands = machine.demands(of: updates, schedule, rule: rule, chains: chains)
  }

  mutating func run(repetition: Int) throws -> Measurement {
    let stream = RandomStream(seed: UInt64(repetition), name: Self.name)
    var record: AnnealingRecord?
    var measurement = Measurement(work: Double(updates), unit: "update") {
      record = annealing.run(chains: chains, stream: stream, threads: threads)
    }
    let energies = record?.lastStates.map { machine.energy(of: $0) + constant } ?? []
    measurement.quality =
      energies.reduce(0, +) / Double(energies.count) / Double(machine.unitCount)
    measurement.demands = demands
    return measurement
  }
}
