internal import Boltzmann
package import Notebooks
internal import Numerals
internal import Plots

/// `{anneal}`: sampling while the temperature falls.
package struct Anneal: Directive {
  static let rows = Option<Int>.integer(
    "rows", "The most temperatures that are printed.", in: 1...4096, default: 40)

  /// The most states, over all temperatures, that exact mean energies are summed from.
  private static let exactWork = 1 << 24

  package static let manual = Manual(
    "anneal", "Simulated annealing: chains whose temperature falls to its end value.",
    argument: "MACHINE",
    options: AnnealingOptions.all + ChainOptions.all + KernelOptions.all + [rows],
    details: """
      At each temperature every chain makes `sweeps` sweeps, at the last one twice as many. The \
      table shows the mean energy over the sweeps and the chains with its standard error, beside \
      the exact mean energy at that temperature where enumeration reaches. The states in which the \
      chains end are then compared with the exact distribution at the last temperature, unless the \
      machine has so many units that no table holds them. \(AnnealingOptions.manual) Source: \
      Kirkpatrick, Gelatt, Vecchi, Science 220 (1983) 671.
      """,
    example: """
      ```{machine} pair
      :visible: a b

      a -- b: 1.5
      ```

      ```{anneal} pair
      :from: 10
      :steps: 5
      :chains: 200
      ```
      """)

  private let options: ChainOptions
  private let temperatures: AnnealingOptions
  private let kernel: KernelOptions
  private let rows: Int

  package init(_ arguments: inout Arguments) {
    options = ChainOptions(&arguments)
    temperatures = AnnealingOptions(&arguments)
    kernel = KernelOptions(&arguments)
    rows = arguments.value(of: Self.rows)
  }

  package func run(in context: Context) throws(Diagnostic) -> Outcome {
    let setup = try options.setup(in: context) { machine, clamp in
      let schedule = temperatures.schedule(for: machine, clamp)
      return (schedule.totalSweeps, schedule.lastTemperature)
    }
    let schedule = temperatures.schedule(for: setup.value.machine, setup.clamp)
    let tabulation = try options.tabulationIfReadable(of: setup)
    let kernel = kernel.kernel(setup.value.machine, clamp: setup.clamp)
    // Where it is cold, only the order of energies counts.
    try KernelOptions.checkRounding(
      kernel, of: setup.value, temperature: schedule.steps.first?.temperature ?? 1,
      at: options.place)
    let record = Annealing(kernel, schedule: schedule).run(
      chains: options.chains, from: setup.initialState,
      counting: tabulation.map { [$0.statistic] } ?? [], stream: setup.stream,
      threads: context.threads)
    let energies = try? setup.value.energies(setup.clamp, at: options.place)
    let isQuick = (energies?.count ?? 0) <= Self.exactWork / schedule.steps.count
    let trace = AnnealingTrace(record, of: setup.value, isQuick ? energies : nil, rows: rows)
    var outputs: [Output] = [.table(trace.table)]
    if options.showsPlot { outputs += [.plot(trace.temperaturePlot), .plot(trace.energyPlot)] }
    let lowest = LowestEnergy(
      record.lowestEnergies, record.lowestEnergy, of: setup.value, exact: energies,
      called: "chains")
    outputs.append(.sentence(lowest.sentence))
    var figures = lowest.figures
    if let tabulation {
      let last = schedule.lastTemperature
      let comparison = FrequencyComparison(
        tabulation, record.frequencies[0], lastStates: record.lastStates,
        exact: energies.map { ExactDistribution($0, temperature: last) })
      let end = NumberFormat.significant(4).string(last)
      outputs += [
        .sentence("The states in which the \(options.chains) chains end, at T = \(end):"),
        .table(comparison.table),
      ]
      outputs += comparison.sentence.map { [.sentence($0)] } ?? []
      figures += comparison.figures
    }
    return Outcome(outputs, value: TableResult(trace.table, figures: figures))
  }
}

extension TemperatureSchedule {
  fileprivate var lastTemperature: Double { steps[steps.count - 1].temperature }
}

/// Temperature and energy along an annealing run.
private struct AnnealingTrace {
  let table: Table
  let temperaturePlot: Plot
  let energyPlot: Plot

  init(_ record: AnnealingRecord, of value: MachineValue, _ energies: EnergyTable?, rows: Int) {
    let temperatures = record.steps.map(\.temperature)
    let means = record.steps.map { $0.meanEnergy.mean + value.constant }
    let exact = energies.map { table in
      temperatures.map { ExactDistribution(table, temperature: $0).meanEnergy + value.constant }
    }
    var ends: [Double] = []
    for step in record.steps { ends.append((ends.last ?? 0) + Double(step.sweeps)) }
    var columns = [
      Table.Column("T", .numbers(temperatures, .column(temperatures, decimals: 3)), isKey: true),
      Table.Column("sweeps", .numbers(record.steps.map { Double($0.sweeps) }, .fixed(0))),
      Table.Column("E", heading: "mean E", .numbers(means, .fixed(4))),
      Table.Column(
        "error", heading: "± error",
        .numbers(record.steps.map(\.meanEnergy.standardError), .fixed(4))),
    ]
    if let exact {
      columns.append(Table.Column("exact", heading: "exact E", .numbers(exact, .fixed(4))))
    }
    table = Table(columns, shownRows: rows)
    let x = Axis("sweeps made")
    temperaturePlot = Plot(
      title: "Temperature", x: x, y: Axis("T"),
      marks: [.line(Series("temperature of the step", x: ends, y: temperatures))])
    var marks: [Mark] =
      exact.map { [.line(Series("exact mean at that temperature", x: ends, y: $0))] } ?? []
    marks.append(.points(Series("mean over sweeps and chains", x: ends, y: means)))
    energyPlot = Plot(title: "Energy", x: x, y: Axis("E (energy units)"), marks: marks)
  }
}
