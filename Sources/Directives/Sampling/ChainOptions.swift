internal import Boltzmann
internal import Notebooks

/// Where a chain starts that may not know the exact distribution.
enum ChainStart: String, CaseIterable, Sendable {
  case random, zeros, ones

  var initialState: InitialState {
    switch self {
    case .random: .random
    case .zeros: .zeros
    case .ones: .ones
    }
  }
}

/// The options of every cell that runs chains on a machine, and what they mean together.
struct ChainOptions: Sendable {
  /// Where a chain starts.
  enum Start: String, CaseIterable, Sendable {
    case random, zeros, ones, exact
  }

  static let chains = Option<Int>.integer(
    "chains", "The number of independent chains.", in: 1...1_000_000, default: 1000)
  static let start = Option<Start>.choice(
    "start", "Where chains start; `exact` draws from the exact distribution.", default: .random)
  static let initial = Option<[Text]>.words(
    "initial", "unit=value …", "Starts every chain from this state instead; other units are off.")
  static let plot = Option<Bool>.flag("plot", "Whether a plot is drawn.", default: true)

  static let all: [any AnyOption] = [
    chains, start, initial, MachineOptions.given, MachineOptions.marginal, MachineOptions.sum, plot,
  ]

  /// The most single-unit updates that one cell may make.
  static let updateLimit = 4_000_000_000

  let chains: Int
  let showsPlot: Bool
  let place: Place
  private let machine: Text
  private let start: Start
  private let initial: [Text]
  private let given: [Text]
  private let marginal: [Text]
  private let sum: Text?

  init(_ arguments: inout Arguments) {
    machine = arguments.reference("a machine")
    chains = arguments.value(of: Self.chains)
    start = arguments.value(of: Self.start)
    initial = arguments.value(of: Self.initial)
    given = arguments.value(of: MachineOptions.given)
    marginal = arguments.value(of: MachineOptions.marginal)
    sum = arguments.value(of: MachineOptions.sum)
    showsPlot = arguments.value(of: Self.plot)
    place = arguments.call.place
    arguments.drawsRandomNumbers()
    arguments.noBody()
  }

  /// What a run needs, with the names of units made out.
  struct Setup {
    let value: MachineValue
    let clamp: Clamp
    let initialState: InitialState
    let stream: RandomStream
  }

  /// Looks the machine and its units up, and refuses work beyond the limit.
  ///
  /// The plan is how many sweeps a chain makes, and the temperature at which `start: exact` draws.
  func setup(
    in context: Context,
    plan: (BoltzmannMachine, Clamp) -> (sweeps: Int, temperature: Double)
  ) throws(Diagnostic) -> Setup {
    let value = try context.value(machine, as: MachineValue.self, "a machine")
    let clamp = try value.clamp(given)
    let (sweeps, temperature) = plan(value.machine, clamp)
    try Self.checkWork(
      chains: chains, sweeps: sweeps, units: value.machine.unitCount, at: place)
    return Setup(
      value: value, clamp: clamp,
      initialState: try initialState(of: value, temperature: temperature, clamp),
      stream: RandomStream(seed: context.seed, name: context.identity))
  }

  /// What is counted of the states.
  func tabulation(of setup: Setup) throws(Diagnostic) -> Tabulation {
    try Tabulation(
      marginal: marginal, sum: sum, of: setup.value, excluding: setup.clamp, at: place)
  }

  /// The same where it was asked for or all units fit a table; else nil.
  func tabulationIfReadable(of setup: Setup) throws(Diagnostic) -> Tabulation? {
    try Tabulation.readable(
      marginal: marginal, sum: sum, of: setup.value, excluding: setup.clamp, at: place)
  }

  /// Refuses work beyond the limit.
  static func checkWork(
    chains: Int, sweeps: Int, units: Int, at place: Place
  ) throws(Diagnostic) {
    let (perChain, first) = sweeps.multipliedReportingOverflow(by: max(1, units))
    let (updates, second) = perChain.multipliedReportingOverflow(by: chains)
    guard !first, !second, updates <= updateLimit else {
      throw Diagnostic(
        "limit-exceeded", at: place,
        "\(chains) chains of \(sweeps) sweeps over \(units) units are more than "
          + "\(updateLimit) updates", hint: "use fewer chains or sweeps")
    }
  }

  private func initialState(
    of machine: MachineValue, temperature: Double, _ clamp: Clamp
  ) throws(Diagnostic) -> InitialState {
    if !initial.isEmpty {
      var state = BitVector(zeros: machine.machine.unitCount)
      try machine.clamp(initial).apply(to: &state)
      return .given(state)
    }
    switch start {
    case .random: return .random
    case .zeros: return .zeros
    case .ones: return .ones
    case .exact:
      return .exact(
        ExactSampler(try machine.distribution(temperature: temperature, clamp, at: place)))
    }
  }
}
