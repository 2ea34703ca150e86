internal import Boltzmann
package import Notebooks
internal import Numerals

/// `{estimate-z}`: ln Z by annealed importance sampling, from below and from above.
package struct EstimateZ: Directive {
  enum Spacing: String, CaseIterable, Sendable {
    case linear, quadratic
  }
  enum Start: String, CaseIterable, Sendable {
    case automatic, chains
  }

  static let chains = Option<Int>.integer(
    "chains", "The number of independent chains in each direction.", in: 2...100_000, default: 128)
  static let steps = Option<Int>.integer(
    "steps", "The number of steps from $\\beta = 0$ to $\\beta = 1$, one sweep each.",
    in: 1...1_000_000, default: 500)
  static let spacing = Option<Spacing>.choice(
    "spacing", "How $\\beta$ grows along the steps; `quadratic` is slower at the start.",
    default: .quadratic)
  static let reverse = Option<Start>.choice(
    "reverse", "Where reverse chains start: exact draws where these can be had, or long chains.",
    default: .automatic)
  static let base = Option<Text?>.text(
    "base", "a dataset", "For an RBM: the path begins at the means of these data.",
    shown: "every unit at 1/2")

  package static let manual = Manual(
    "estimate-z",
    "ln Z by annealed importance sampling: a bound from each side, and an interval.",
    argument: "MACHINE",
    options: [
      chains, steps, spacing, reverse, base, MachineOptions.given, MachineOptions.temperature,
    ],
    details: """
      MACHINE is a machine or an RBM. A forward chain walks from the uniform distribution \
      ($\\beta = 0$, $Z$ known) to the machine ($\\beta = 1$) and gathers a weight with the mean \
      $Z$; the logarithm of the average weight is too low in expectation. A reverse chain starts \
      in the machine's distribution, walks back, and gives a value that is too high. Bennett's \
      estimate joins the two. Its interval is meant to hold $\\ln Z$ in 99 of 100 runs; where the \
      two directions hardly meet, or the chains are too few to tell, it is the wide one that \
      Markov's inequality allows. If the \
      reverse chains cannot start in exact draws, the page says so, and the interval is no \
      guarantee. Sources: Neal, Statistics and Computing 11 (2001) 125; Salakhutdinov & Murray, \
      ICML 2008; Bennett, J. Comput. Phys. 22 (1976) 245.
      """,
    example: """
      ```{machine} pair
      :visible: a b

      a -- b: 1.5
      ```

      ```{estimate-z} pair
      :chains: 32
      :steps: 20
      ```
      """)

  private let name: Text
  private let method: AnnealedImportanceSampling
  private let start: AnnealedImportanceSampling.ReverseStart
  private let base: Text?
  private let given: [Text]
  private let temperature: Double
  /// An option that is given and means nothing for an RBM.
  private let machineOption: String?
  private let place: Place

  package init(_ arguments: inout Arguments) {
    name = arguments.reference("a machine or an RBM")
    let steps = arguments.value(of: Self.steps)
    let path: TemperingPath =
      arguments.value(of: Self.spacing) == .linear
      ? .linear(steps: steps) : .quadratic(steps: steps)
    method = AnnealedImportanceSampling(path: path, chains: arguments.value(of: Self.chains))
    start = arguments.value(of: Self.reverse) == .automatic ? .automatic : .chains
    base = arguments.value(of: Self.base).map { arguments.references([$0])[0] }
    given = arguments.value(of: MachineOptions.given)
    temperature = arguments.value(of: MachineOptions.temperature)
    let machineOptions: [any AnyOption] = [MachineOptions.given, MachineOptions.temperature]
    machineOption = machineOptions.first { option in arguments.gives(option) }?.name
    place = arguments.call.place
    arguments.drawsRandomNumbers()
    arguments.noBody()
  }

  package func run(in context: Context) throws(Diagnostic) -> Outcome {
    let value = try context.value(name, as: (any Value).self, "a machine or an RBM")
    let stream = RandomStream(seed: context.seed, name: context.identity)
    let report: EstimateReport
    switch value.seen(as: MachineValue.self) ?? value {
    case let machine as MachineValue:
      report = try estimate(machine, stream, threads: context.threads)
    case let rbm as any RBMSource:
      report = try estimate(rbm.shown, in: context, stream)
    default:
      throw Diagnostic(
        "wrong-kind", at: name.place,
        "\(name.string.quoted) is \(value.kind), but a machine or an RBM is needed here")
    }
    return Outcome(
      [.sentence(report.method), .table(report.table), .sentence(report.verdict)],
      value: TableResult(report.table, figures: report.figures))
  }

  private func estimate(
    _ value: MachineValue, _ stream: RandomStream, threads: Int
  ) throws(Diagnostic) -> EstimateReport {
    if let base {
      throw Diagnostic(
        "unexpected-option", at: base.place, "`base` is for an RBM; a machine starts uniform")
    }
    let clamp = try value.clamp(given)
    try checkWork(updatesPerSweep: value.machine.unitCount)
    let kernel = SingleUnitKernel(value.machine, clamp: clamp)
    try KernelOptions.checkRounding(kernel, of: value, temperature: temperature, at: place)
    let estimate = method.logPartitionFunction(
      of: value.machine, temperature: temperature, clamp: clamp, reverseStart: start,
      stream: stream, threads: threads)
    let exact = Self.exact(value.machine, clamp, temperature: temperature, threads: threads)
    return try report(
      estimate, exact: exact, shift: -value.constant / temperature,
      resolution: kernel.energyResolution / temperature,
      start: "the uniform distribution")
  }

  private func estimate(
    _ machine: RestrictedBoltzmannMachine, in context: Context, _ stream: RandomStream
  ) throws(Diagnostic) -> EstimateReport {
    if let machineOption {
      throw Diagnostic(
        "unexpected-option", at: place, "\(machineOption.quoted) is for a machine, not for an RBM")
    }
    guard machine.visibleUnits == .binary else {
      throw Diagnostic(
        "wrong-kind", at: name.place,
        "\(name.string.quoted) has Gaussian units; the path is one of "
          + "binary units")
    }
    let data = try base.map { (base) throws(Diagnostic) in
      try context.rows(base, for: machine, called: name)
    }
    try checkWork(updatesPerSweep: machine.visibleCount + machine.hiddenCount)
    let estimate = method.logPartitionFunction(
      of: machine, base: data.map(AnnealedImportanceSampling.baseRates), reverseStart: start,
      stream: stream, threads: context.threads)
    let smaller = min(machine.visibleCount, machine.hiddenCount)
    let exact =
      smaller > Self.largestEnumeratedLayer
      ? nil : try? machine.logPartitionFunction(threads: context.threads)
    return try report(
      estimate, exact: exact,
      start: data == nil ? "the uniform distribution" : "the means of the data")
  }

  private func report(
    _ estimate: PartitionFunctionEstimate, exact: Double?, shift: Double = 0,
    resolution: Double = 0, start: String
  ) throws(Diagnostic) -> EstimateReport {
    guard estimate.isFinite else { throw .noEstimate(of: name) }
    return EstimateReport(
      estimate, method, exact: exact, shift: shift, resolution: resolution, start: start)
  }

  /// The most units of the smaller layer of an RBM that are enumerated for the exact value beside
  /// the estimate.
  private static let largestEnumeratedLayer = 20
  /// The most table entries that are summed for the exact value beside the estimate.
  private static let largestEntryCount = 1 << 22

  /// ln Z by elimination; nil where that would take too long.
  private static func exact(
    _ machine: BoltzmannMachine, _ clamp: Clamp, temperature: Double, threads: Int
  ) -> Double? {
    guard let elimination = try? Elimination(machine, clamp: clamp),
      elimination.order.entryCount <= largestEntryCount
    else { return nil }
    return elimination.logPartitionFunction(temperature: temperature, threads: threads)
  }

  private func checkWork(updatesPerSweep: Int) throws(Diagnostic) {
    let sweeps = 2 * method.path.stepCount + method.settlingSweeps + method.path.stepCount
    let (perChain, first) = sweeps.multipliedReportingOverflow(by: updatesPerSweep)
    let (updates, second) = perChain.multipliedReportingOverflow(by: method.chains)
    guard !first, !second, updates <= ChainOptions.updateLimit else {
      throw Diagnostic(
        "limit-exceeded", at: place,
        "\(method.chains) chains of \(sweeps) sweeps over \(updatesPerSweep) units are more than "
          + "\(ChainOptions.updateLimit) updates", hint: "use fewer chains or steps")
    }
  }
}

extension Diagnostic {
  /// Fields of a model are too large for importance weights.
  static func noEstimate(of model: Text) -> Diagnostic {
    Diagnostic(
      "not-finite", at: model.place,
      "the fields of \(model.string.quoted) are too large for an estimate of ln Z")
  }
}
