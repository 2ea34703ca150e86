internal import Boltzmann
package import Notebooks
internal import Numerals
internal import Plots

/// `{sample}`: Markov chains, their frequencies beside the exact probabilities.
package struct Sample: Directive {
  static let warmUp = Option<Int>.integer(
    "warm-up", "Sweeps of each chain before its states count.", in: 0...10_000_000, default: 100)
  static let sweeps = Option<Int>.integer(
    "sweeps", "Sweeps of each chain whose states count.", in: 1...10_000_000, default: 1)
  static let hold = Option<[Text]>.words(
    "hold", "units", "Keeps these units at whatever value they start with.")

  package static let manual = Manual(
    "sample", "Markov chains: frequencies with their errors beside the exact probabilities.",
    argument: "MACHINE",
    options: ChainOptions.all + [warmUp, sweeps, hold, MachineOptions.temperature]
      + KernelOptions.all + DiagnosticsOptions.all,
    details: """
      Every chain updates its free units one after the other, each with the heat-bath probability \
      $\\sigma(\\Delta E/T)$ unless `:rule:` says otherwise. With the Metropolis rule only the random \
      orders are sure to reach every state. The error of a frequency is the standard error over \
      the independent chains. The total-variation distance is $\\frac{1}{2} \\sum |f - p|$; what exact, \
      independent draws of the same number would give on average stands beside it. The $\\chi^2$ \
      test uses the last state of each chain, because only those are independent; rows in which \
      fewer than 5 of them are expected stand together as one. Where that leaves a single row the page \
      says nothing, and the figure `pvalue` is exact if it can be had.

      Diagnostics follow the energy and the number of units that are on (or the `sum` asked for) \
      along the chains. $\\tau = 1 + 2 \\sum_t \\rho(t)$ is how many sweeps count as one \
      independent one; the error of the mean is $\\sqrt{\\gamma(0) \\tau / N}$. $\\hat R$ compares \
      the chains with each other, by ranks; above 1.01 they have not met. Sources: Sokal (1997); \
      Vehtari and others, Bayesian Analysis 16 (2021) 667.
      """,
    example: """
      ```{machine} pair
      :visible: a b

      a -- b: 1.5
      ```

      ```{sample} pair
      :chains: 500
      ```
      """)

  private let options: ChainOptions
  private let warmUp: Int
  private let sweeps: Int
  private let hold: [Text]
  private let temperature: Double
  private let kernel: KernelOptions
  private let diagnostics: DiagnosticsOptions

  package init(_ arguments: inout Arguments) {
    options = ChainOptions(&arguments)
    warmUp = arguments.value(of: Self.warmUp)
    sweeps = arguments.value(of: Self.sweeps)
    hold = arguments.value(of: Self.hold)
    temperature = arguments.value(of: MachineOptions.temperature)
    kernel = KernelOptions(&arguments)
    diagnostics = DiagnosticsOptions(&arguments, samplesPerChain: sweeps)
  }

  package func run(in context: Context) throws(Diagnostic) -> Outcome {
    let setup = try options.setup(in: context) { _, _ in (warmUp + sweeps, temperature) }
    var held: [Int] = []
    for name in hold { held.append(try setup.value.unit(name)) }
    let tabulation = try options.tabulation(of: setup)
    let kernel = kernel.kernel(setup.value.machine, clamp: setup.clamp, holding: held)
    try KernelOptions.checkRounding(
      kernel, of: setup.value, temperature: temperature, at: options.place)
    let sampler = ChainSampler(kernel, temperature: temperature)
    let followed = ChainReport.Followed(tabulation, of: setup.value, setup.clamp)
    let record = sampler.run(
      chains: options.chains, schedule: Schedule(warmUp: warmUp, sweeps: sweeps),
      from: setup.initialState, counting: [tabulation.statistic],
      following: diagnostics.isNeeded ? [.energy, .statistic(followed.statistic)] : [],
      stream: setup.stream, threads: context.threads)
    let exact = try? setup.value.distribution(
      temperature: temperature, setup.clamp, at: options.place)
    let comparison = FrequencyComparison(
      tabulation, record.frequencies[0], lastStates: record.lastStates, exact: exact)
    var outputs: [Output] = [
      .sentence(how(record.frequencies[0].sampleCount)), .table(comparison.table),
    ]
    outputs += comparison.sentence.map { [.sentence($0)] } ?? []
    if options.showsPlot { outputs.append(.plot(comparison.plot)) }
    guard diagnostics.isNeeded else {
      let energy = Self.energyFigures(record, exact, constant: setup.value.constant)
      return Outcome(
        outputs, value: TableResult(comparison.table, figures: comparison.figures + energy))
    }
    let report = ChainReport(
      record.traces, followed, constant: setup.value.constant, exact: exact, warmUp: warmUp)
    if diagnostics.showsTable { outputs.append(.table(report.table)) }
    if diagnostics.tracedChains > 0 {
      outputs.append(.plot(report.tracePlot(diagnostics.tracedChains)))
    }
    if diagnostics.showsCorrelation { outputs.append(.plot(report.correlationPlot)) }
    return Outcome(
      outputs, value: TableResult(comparison.table, figures: comparison.figures + report.figures))
  }

  /// What was drawn: states after sweeps, the first one after the first sweep that is no warm-up.
  private func how(_ samples: Int) -> String {
    let states =
      switch (sweeps, warmUp) {
      case (1, _): "the state after \(counted(warmUp + 1, "sweep"))"
      case (_, 0): "\(sweeps) states from the first sweep on"
      default: "\(sweeps) states after \(counted(warmUp, "sweep")) of warm-up"
      }
    return "\(counted(options.chains, "chain")), \(states): \(counted(samples, "sample"))."
  }

  /// The mean energy with its error from the chains, and the exact one.
  private static func energyFigures(
    _ record: SamplingRecord, _ exact: ExactDistribution?, constant: Double
  ) -> [(name: String, value: Double)] {
    let energy = record.meanEnergy
    let values = [
      ("energy", energy.map { $0.mean + constant }), ("energyerror", energy?.standardError),
      ("energyexact", exact.map { $0.meanEnergy + constant }),
    ]
    return values.compactMap { name, value in value.map { (name, $0) } }
  }
}
