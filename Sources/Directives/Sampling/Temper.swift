internal import Boltzmann
package import Notebooks
internal import Numerals
internal import Plots

/// `{temper}`: parallel tempering.
package struct Temper: Directive {
  enum Placing: String, CaseIterable, Sendable {
    case equal, geometric
  }

  static let from = Option<Double?>(
    "from", "0.000001 to 1000000", "The coldest temperature.", default: nil, shown: "derived"
  ) { (lines) throws(Diagnostic) in try lines[0].number(in: 1e-6...1e6, for: "`from`") }
  static let to = Option<Double?>(
    "to", "0.000001 to 1000000", "The hottest temperature.", default: nil, shown: "derived"
  ) { (lines) throws(Diagnostic) in try lines[0].number(in: 1e-6...1e6, for: "`to`") }
  static let rungs = Option<Int?>.integer(
    "rungs", "The number of temperatures.", in: 2...Ladder.largestCount,
    shown: "as many as `acceptance` takes")
  static let acceptance = Option<Double>.number(
    "acceptance", "The share of exchanges that should be accepted.", in: 0.05...0.95, default: 0.5)
  static let place = Option<Placing>.choice(
    "place", "Exchanges equally often accepted (pilot runs find out), or equal ratios.",
    default: .equal)
  static let temperatures = Option<[Double]>.numbers(
    "temperatures", "The temperatures written out, coldest first.", in: 1e-6...1e6, default: [])
  static let ladders = Option<Int>.integer(
    "ladders", "The number of independent ladders.", in: 1...10_000, default: 16)
  static let warmUp = Option<Int>.integer(
    "warm-up", "Sweeps before anything counts.", in: 0...10_000_000, default: 200)
  static let sweeps = Option<Int>.integer(
    "sweeps", "Sweeps that count.", in: 1...10_000_000, default: 500)
  static let start = Option<ChainStart>.choice(
    "start", "Where every replica starts.", default: .random)
  static let plot = Option<Bool>.flag("plot", "Whether plots are drawn.", default: true)

  package static let manual = Manual(
    "temper", "Parallel tempering: replicas at many temperatures that change places.",
    argument: "MACHINE",
    options: [
      from, to, rungs, acceptance, place, temperatures, ladders, warmUp, sweeps, start,
      MachineOptions.given, MachineOptions.marginal, MachineOptions.sum, plot,
    ] + KernelOptions.all,
    details: """
      After each sweep neighbours on the ladder change places with probability

      $$
      \\min(1, e^{(1/T_a - 1/T_b)(E_a - E_b)})
      $$

      so that what is stuck in a valley at a low temperature can leave it at a high one; every \
      temperature keeps its own distribution. A round trip takes a replica from the coldest \
      temperature to the hottest and back. Without `:from:` and `:to:` the ladder goes from where the \
      machine freezes to where it forgets, see `anneal`. The rungs are placed where exchanges are \
      equally often accepted, with as many as `:acceptance:` takes or as `:rungs:` says. Sources: \
      Hukushima and Nemoto (1996); Syed and others (2022).
      """,
    example: """
      ```{ising} torus
      :size: 3x3
      ```

      ```{temper} torus
      :from: 1
      :to: 5
      :rungs: 4
      :sum: all
      :sweeps: 100
      ```
      """)

  private let machine: Text
  private let from: Double?
  private let to: Double?
  private let rungs: Int?
  private let acceptance: Double
  private let placing: Placing
  private let written: [Double]
  private let ladders: Int
  private let warmUp: Int
  private let sweeps: Int
  private let start: ChainStart
  private let given: [Text]
  private let marginal: [Text]
  private let sum: Text?
  private let showsPlot: Bool
  private let kernel: KernelOptions
  private let place: Place

  package init(_ arguments: inout Arguments) {
    machine = arguments.reference("a machine")
    from = arguments.value(of: Self.from)
    to = arguments.value(of: Self.to)
    rungs = arguments.value(of: Self.rungs)
    acceptance = arguments.value(of: Self.acceptance)
    placing = arguments.value(of: Self.place)
    written = arguments.value(of: Self.temperatures)
    ladders = arguments.value(of: Self.ladders)
    warmUp = arguments.value(of: Self.warmUp)
    sweeps = arguments.value(of: Self.sweeps)
    start = arguments.value(of: Self.start)
    given = arguments.value(of: MachineOptions.given)
    marginal = arguments.value(of: MachineOptions.marginal)
    sum = arguments.value(of: MachineOptions.sum)
    showsPlot = arguments.value(of: Self.plot)
    kernel = KernelOptions(&arguments)
    place = arguments.call.place
    arguments.drawsRandomNumbers()
    arguments.noBody()
    checkTemperatures(&arguments)
  }

  private func checkTemperatures(_ arguments: inout Arguments) {
    if let from, let to, from >= to {
      arguments.report(
        Diagnostic(
          "bad-ladder", at: place, "`from` is the coldest temperature and must be below `to`"))
    }
    if placing == .geometric, rungs == nil, written.isEmpty {
      arguments.report(
        Diagnostic(
          "missing-option", at: place, "a geometric ladder needs `:rungs:`"))
    }
    guard !written.isEmpty else { return }
    if let problem = Ladder.problem(written, at: place) { arguments.report(problem) }
    let others: [any AnyOption] = [Self.from, Self.to, Self.rungs, Self.acceptance, Self.place]
    for option in others where arguments.gives(option) {
      arguments.report(
        Diagnostic(
          "unexpected-option", at: place,
          "`\(option.name)` and `temperatures` cannot stand together"))
    }
  }

  package func run(in context: Context) throws(Diagnostic) -> Outcome {
    let value = try context.value(machine, as: MachineValue.self, "a machine")
    let clamp = try value.clamp(given)
    let stream = RandomStream(seed: context.seed, name: context.identity)
    let tabulation = try Tabulation.readable(
      marginal: marginal, sum: sum, of: value, excluding: clamp, at: place)
    try checkWork(written.isEmpty ? rungs ?? Ladder.largestCount : written.count, value)
    let tempering = try tempering(
      kernel.kernel(value.machine, clamp: clamp), stream.substream(named: "pilot"), context)
    try KernelOptions.checkRounding(
      tempering.kernel, of: value, temperature: tempering.ladder.temperatures[0], at: place)
    let record = tempering.run(
      ladders: ladders, schedule: Schedule(warmUp: warmUp, sweeps: sweeps),
      from: .each(start.initialState), counting: tabulation.map { [$0.statistic] } ?? [],
      tracing: showsPlot ? warmUp..<warmUp + TemperingReport.tracedSweeps : 0..<0, stream: stream,
      threads: context.threads)
    let free = value.machine.unitCount - clamp.units.count
    let energies =
      free <= TemperingReport.largestExact ? try? value.energies(clamp, at: place) : nil
    let report = TemperingReport(record, of: value, energies)
    var outputs: [Output] = [.sentence(how(tempering.ladder)), .table(report.table)]
    if showsPlot {
      outputs += [.plot(report.energyPlot), .plot(report.tracePlot)]
    }
    outputs.append(.sentence(report.tripSentence(sweeps: sweeps)))
    let lowest = LowestEnergy(
      record.lowestEnergies, record.lowestEnergy, of: value, exact: energies, called: "ladders")
    outputs.append(.sentence(lowest.sentence))
    var figures = report.figures + lowest.figures
    if let tabulation {
      let cold = record.rungs[0]
      let comparison = FrequencyComparison(
        tabulation, cold.frequencies[0], lastStates: cold.lastStates,
        exact: energies.map { ExactDistribution($0, temperature: cold.temperature) })
      let text = NumberFormat.significant(4).string(cold.temperature)
      outputs += [.sentence("The samples at T = \(text):"), .table(comparison.table)]
      outputs += comparison.sentence.map { [.sentence($0)] } ?? []
      figures += comparison.figures
    }
    return Outcome(outputs, value: TableResult(report.table, figures: figures))
  }

  private func checkWork(_ rungs: Int, _ value: MachineValue) throws(Diagnostic) {
    try ChainOptions.checkWork(
      chains: ladders * rungs, sweeps: warmUp + sweeps, units: value.machine.unitCount, at: place)
  }

  /// The ladder as it was written, or placed.
  private func tempering(
    _ kernel: SingleUnitKernel, _ stream: RandomStream, _ context: Context
  ) throws(Diagnostic) -> ParallelTempering {
    if !written.isEmpty {
      return ParallelTempering(kernel, ladder: TemperatureLadder(written))
    }
    let range = TemperatureRange(kernel.machine, clamp: kernel.clamp)
    let (coldest, hottest) = (from ?? range.coldest, to ?? range.hottest)
    // Rungs must not fall together.
    guard coldest * (1 + 1e-6) < hottest else {
      let format = NumberFormat.significant(4)
      throw Diagnostic(
        "bad-ladder", at: place,
        "the ladder would go from \(format.string(coldest)) to \(format.string(hottest))",
        hint: "set `:from:` and `:to:` further apart")
    }
    if placing == .geometric, let rungs {
      return ParallelTempering(
        kernel, ladder: .geometric(from: coldest, to: hottest, rungs: rungs))
    }
    return ParallelTempering.placed(
      kernel, from: coldest, to: hottest,
      rungs: rungs.map { .count($0) } ?? .acceptance(acceptance), stream: stream,
      threads: context.threads)
  }

  private func how(_ ladder: TemperatureLadder) -> String {
    let replicas = "\(ladders) \(ladders == 1 ? "ladder" : "ladders") of \(ladder.count) replicas"
    return "\(replicas), \(sweeps) sweeps each after \(warmUp) of warm-up (\(kernel.description))."
  }
}

/// What a run of parallel tempering shows.
private struct TemperingReport {
  /// The most free units for exact means at every temperature.
  static let largestExact = 16
  /// The most sweeps of a replica that are drawn.
  static let tracedSweeps = 300

  let table: Table
  let energyPlot: Plot
  let figures: [(name: String, value: Double)]
  private let record: TemperingRecord

  init(_ record: TemperingRecord, of value: MachineValue, _ energies: EnergyTable?) {
    self.record = record
    let temperatures = record.rungs.map(\.temperature)
    let means = record.rungs.map { ($0.meanEnergy?.mean ?? 0) + value.constant }
    let exact = energies.map { table in
      temperatures.map { ExactDistribution(table, temperature: $0).meanEnergy + value.constant }
    }
    var columns = [
      Table.Column("T", .numbers(temperatures, .fixed(3)), isKey: true),
      Table.Column("E", heading: "mean E", .numbers(means, .fixed(3))),
      Table.Column(
        "error", heading: "± error",
        .numbers(record.rungs.map { $0.meanEnergy?.standardError }, .fixed(3))),
    ]
    if let exact {
      columns.append(Table.Column("exact", heading: "exact E", .numbers(exact, .fixed(3))))
    }
    columns += [
      Table.Column(
        "acceptance", heading: "exchanged with next",
        .numbers(record.acceptance.map { $0?.mean } + [nil], .fixed(3))),
      Table.Column(
        "accerror", heading: "± error",
        .numbers(record.acceptance.map { $0?.standardError } + [nil], .fixed(3))),
    ]
    table = Table(columns)
    var marks: [Mark] =
      exact.map { [.line(Series("exact", x: temperatures, y: $0))] } ?? []
    marks.append(.points(Series("mean over sweeps and ladders", x: temperatures, y: means)))
    energyPlot = Plot(title: "Energy", x: Axis("T"), y: Axis("E (energy units)"), marks: marks)
    let acceptances = record.acceptance.compactMap { $0?.mean }
    figures = [
      ("rungs", Double(temperatures.count)),
      ("trips", Double(record.roundTrips.reduce(0, +))),
      ("coldest", temperatures[0]), ("hottest", temperatures[temperatures.count - 1]),
      ("worst", acceptances.min() ?? 0), ("best", acceptances.max() ?? 0),
    ]
  }

  /// The way of one replica of the first ladder.
  var tracePlot: Plot {
    let places = record.trace.map { $0.firstIndex(of: 0) ?? 0 }
    return Plot(
      title: "One replica on the ladder", x: Axis("sweeps after the warm-up"),
      y: Axis("T"),
      marks: [
        .line(
          Series(
            "the replica that began coldest", x: places.indices.map { Double($0 + 1) },
            y: places.map { record.rungs[$0].temperature }))
      ])
  }

  func tripSentence(sweeps: Int) -> String {
    let trips = record.roundTrips.reduce(0, +)
    let replicaSweeps = Double(sweeps * record.rungs.count * record.roundTrips.count)
    if trips == 0 { return "Round trips: none." }
    let each = NumberFormat.significant(3).string((replicaSweeps / Double(trips)).rounded())
    return "Round trips: \(trips), one for every \(each) sweeps of a replica."
  }
}
