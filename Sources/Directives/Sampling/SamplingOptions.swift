internal import Boltzmann
internal import Notebooks

/// Options that mean the same for every directive that runs chains.
enum SamplingOptions {
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

  /// The most single-unit updates that one cell may make.
  static let updateLimit = 4_000_000_000

  /// Refuses work beyond the limit, saying how much it would be.
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

  /// The initial state that the options name.
  static func initialState(
    _ start: Start, _ initial: [Text], of machine: MachineValue, temperature: Double,
    _ clamp: Clamp,
    at place: Place
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
