internal import Boltzmann
package import Notebooks
internal import Numerals
internal import Plots

/// `{sample}`: Gibbs sampling, its frequencies beside the exact probabilities.
package struct Sample: Directive {
  static let warmUp = Option<Int>.integer(
    "warm-up", "Sweeps of each chain before its states count.", in: 0...10_000_000, default: 100)
  static let sweeps = Option<Int>.integer(
    "sweeps", "Sweeps of each chain whose states count.", in: 1...10_000_000, default: 1)
  static let hold = Option<[Text]>.words(
    "hold", "units", "Keeps these units at whatever value they start with.")

  package static let manual = Manual(
    "sample", "Gibbs sampling: frequencies with their errors beside the exact probabilities.",
    argument: "MACHINE",
    options: [
      SamplingOptions.chains, warmUp, sweeps, SamplingOptions.start, SamplingOptions.initial,
      MachineOptions.given, hold, MachineOptions.marginal, MachineOptions.sum,
      MachineOptions.temperature, SamplingOptions.plot,
    ],
    details: """
      Every chain updates its free units one after the other, each with the heat-bath probability \
      $\\sigma(\\Delta E/T)$. The error of a frequency is the standard error over the independent \
      chains. The total-variation distance is $\\frac{1}{2} \\sum |f - p|$; what exact, \
      independent draws of the same number would give on average stands beside it. The $\\chi^2$ \
      test uses the last state of each chain, because only those are independent.
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

  private let machine: Text
  private let chains: Int
  private let warmUp: Int
  private let sweeps: Int
  private let start: SamplingOptions.Start
  private let initial: [Text]
  private let given: [Text]
  private let hold: [Text]
  private let marginal: [Text]
  private let sum: Text?
  private let temperature: Double
  private let showsPlot: Bool
  private let place: Place

  package init(_ arguments: inout Arguments) {
    machine = arguments.reference("a machine")
    chains = arguments.value(of: SamplingOptions.chains)
    warmUp = arguments.value(of: Self.warmUp)
    sweeps = arguments.value(of: Self.sweeps)
    start = arguments.value(of: SamplingOptions.start)
    initial = arguments.value(of: SamplingOptions.initial)
    given = arguments.value(of: MachineOptions.given)
    hold = arguments.value(of: Self.hold)
    marginal = arguments.value(of: MachineOptions.marginal)
    sum = arguments.value(of: MachineOptions.sum)
    temperature = arguments.value(of: MachineOptions.temperature)
    showsPlot = arguments.value(of: SamplingOptions.plot)
    place = arguments.call.place
    arguments.drawsRandomNumbers()
    arguments.noBody()
  }

  package func run(in context: Context) throws(Diagnostic) -> Outcome {
    let value = try context.value(machine, as: MachineValue.self, "a machine")
    let clamp = try value.clamp(given)
    let tabulation = try Tabulation(
      marginal: marginal, sum: sum, of: value, excluding: clamp, at: place)
    try SamplingOptions.checkWork(
      chains: chains, sweeps: warmUp + sweeps, units: value.machine.unitCount, at: place)
    let first = try SamplingOptions.initialState(
      start, initial, of: value, temperature: temperature, clamp, at: place)
    var held: [Int] = []
    for name in hold { held.append(try value.unit(name)) }
    let sampler = GibbsSampler(
      value.machine, temperature: temperature, clamp: clamp, holding: held)
    let record = sampler.run(
      chains: chains, schedule: Schedule(warmUp: warmUp, sweeps: sweeps), from: first,
      counting: [tabulation.statistic],
      stream: RandomStream(seed: context.seed, name: context.identity), threads: context.threads)
    let exact = try? value.distribution(temperature: temperature, clamp, at: place)
    let comparison = FrequencyComparison(
      tabulation, record.frequencies[0], lastStates: record.lastStates, exact: exact)
    let length = sweeps == 1 ? "the state after" : "\(sweeps) states after"
    let how =
      "\(chains) chains, \(length) \(warmUp) sweeps of warm-up: "
      + "\(record.frequencies[0].sampleCount) samples."
    var outputs: [Output] = [.sentence(how), .table(comparison.table)]
    outputs += comparison.sentence.map { [.sentence($0)] } ?? []
    if showsPlot { outputs.append(.plot(comparison.plot)) }
    return Outcome(outputs, value: TableResult(comparison.table, figures: comparison.figures))
  }
}
