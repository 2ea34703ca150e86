internal import Boltzmann
internal import Notebooks

/// What a sampling cell shows about how its chains move.
struct DiagnosticsOptions: Sendable {
  static let diagnostics = Option<Bool>.flag(
    "diagnostics", "Whether autocorrelation time, effective samples and R-hat are shown.")
  static let trace = Option<Int>.integer(
    "trace", "Draws that many of the chains, state by state.", in: 0...5, default: 0)
  static let correlation = Option<Bool>.flag(
    "correlation", "Whether the autocorrelation is drawn.")

  static let all: [any AnyOption] = [diagnostics, trace, correlation]

  /// The fewest states of a chain that tell anything.
  private static let fewestStates = 4

  let showsTable: Bool
  let tracedChains: Int
  let showsCorrelation: Bool

  init(_ arguments: inout Arguments, samplesPerChain: Int) {
    showsTable = arguments.value(of: Self.diagnostics)
    tracedChains = arguments.value(of: Self.trace)
    showsCorrelation = arguments.value(of: Self.correlation)
    if isNeeded && samplesPerChain < Self.fewestStates {
      arguments.report(
        Diagnostic(
          "too-short", at: arguments.call.place,
          "diagnostics need chains of at least \(Self.fewestStates) states, not "
            + "\(samplesPerChain)", hint: "say how many with `:sweeps:`"))
    }
  }

  var isNeeded: Bool { showsTable || tracedChains > 0 || showsCorrelation }
}
