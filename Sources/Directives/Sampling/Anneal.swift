internal import Boltzmann
package import Notebooks
internal import Numerals
internal import Plots

/// `{anneal}`: sampling while the temperature falls.
package struct Anneal: Directive {
  enum Shape: String, CaseIterable, Sendable {
    case linear, geometric
  }

  static let from = Option<Double>.number(
    "from", "The temperature of the first step.", in: 1e-6...1e6, default: 20)
  static let to = Option<Double>.number(
    "to", "The temperature of the last step.", in: 1e-6...1e6, default: 1)
  static let steps = Option<Int>.integer(
    "steps", "The number of temperatures.", in: 2...10_000, default: 20)
  static let shape = Option<Shape>.choice(
    "shape", "Equal differences or equal ratios of temperature.", default: .geometric)
  static let sweeps = Option<Int>.integer(
    "sweeps", "Sweeps at each temperature.", in: 1...1_000_000, default: 30)
  static let finalSweeps = Option<Int?>.integer(
    "final-sweeps", "Sweeps at the last temperature.", in: 1...10_000_000,
    shown: "twice `sweeps`")
  static let rows = Option<Int>.integer(
    "rows", "The most temperatures that are printed.", in: 1...4096, default: 40)

  package static let manual = Manual(
    "anneal", "Simulated annealing: Gibbs sampling while the temperature falls to its end value.",
    argument: "MACHINE",
    options: [from, to, steps, shape, sweeps, finalSweeps] + ChainOptions.all + [rows],
    details: """
      At each temperature every chain makes `sweeps` sweeps, at the last one twice as many. The \
      table shows the mean energy over the sweeps and the chains with its standard error, beside \
      the exact mean energy at that temperature where enumeration reaches. The states in which the \
      chains end are then compared with the exact distribution at the last temperature. Source: \
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
  private let temperatures: TemperatureSchedule
  private let last: Double
  private let rows: Int

  package init(_ arguments: inout Arguments) {
    options = ChainOptions(&arguments)
    let from = arguments.value(of: Self.from)
    last = arguments.value(of: Self.to)
    let steps = arguments.value(of: Self.steps)
    let sweeps = arguments.value(of: Self.sweeps)
    let final = arguments.value(of: Self.finalSweeps)
    temperatures =
      arguments.value(of: Self.shape) == .linear
      ? .linear(from: from, to: last, steps: steps, sweeps: sweeps, finalSweeps: final)
      : .geometric(from: from, to: last, steps: steps, sweeps: sweeps, finalSweeps: final)
    rows = arguments.value(of: Self.rows)
  }

  package func run(in context: Context) throws(Diagnostic) -> Outcome {
    let setup = try options.setup(
      in: context, sweeps: temperatures.totalSweeps, temperature: last)
    let annealing = Annealing(setup.value.machine, schedule: temperatures, clamp: setup.clamp)
    let record = annealing.run(
      chains: options.chains, from: setup.initialState, counting: [setup.tabulation.statistic],
      stream: setup.stream, threads: context.threads)
    let energies = try? setup.value.energies(setup.clamp, at: options.place)
    let trace = AnnealingTrace(record, of: setup.value, energies, rows: rows)
    let comparison = FrequencyComparison(
      setup.tabulation, record.frequencies[0], lastStates: record.lastStates,
      exact: energies.map { ExactDistribution($0, temperature: last) })
    var outputs: [Output] = [.table(trace.table)]
    if options.showsPlot { outputs += [.plot(trace.temperaturePlot), .plot(trace.energyPlot)] }
    let end = NumberFormat.significant(4).string(last)
    outputs += [
      .sentence("The states in which the \(options.chains) chains end, at T = \(end):"),
      .table(comparison.table),
    ]
    outputs += comparison.sentence.map { [.sentence($0)] } ?? []
    let lowest = record.lowestEnergy + setup.value.constant
    return Outcome(
      outputs,
      value: TableResult(trace.table, figures: comparison.figures + [("lowest", lowest)]))
  }
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
