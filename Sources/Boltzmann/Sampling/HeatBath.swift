/// The heat-bath kernel: each free unit in ascending order is redrawn, on with probability
/// σ(ΔE/T), where ΔE is its energy gap given all other units. It leaves exp(−E/T)/Z unchanged.
///
/// Source: Geman & Geman, "Stochastic relaxation, Gibbs distributions, and the Bayesian
/// restoration of images", IEEE TPAMI 6 (1984) 721–741, section X.
public struct HeatBath: Sendable {
  /// The machine.
  public let machine: BoltzmannMachine
  /// Units held at a value.
  public let clamp: Clamp
  /// The units redrawn, ascending.
  public let freeUnits: [Int]
  private let decision = LogisticDecision()

  /// The kernel of a machine. Units in `holding` stay as a chain starts with them; clamped units
  /// go to their values.
  public init(_ machine: BoltzmannMachine, clamp: Clamp = Clamp(), holding: [Int] = []) {
    (self.machine, self.clamp) = (machine, clamp)
    var isHeld = [Bool](repeating: false, count: machine.unitCount)
    for unit in holding { isHeld[unit] = true }
    freeUnits = clamp.freeUnits(of: machine.unitCount).filter { !isHeld[$0] }
  }

  /// One sweep of a state at a positive temperature, with the random words of
  /// (update, step, chain, unit).
  public func sweep(
    _ state: inout BitVector, temperature: Double, step: Int, chain: Int, stream: RandomStream
  ) {
    precondition(temperature > 0 && temperature.isFinite, "A temperature is positive and finite.")
    var running = Chain(number: chain, state: state, of: self)
    sweep(&running, temperature: temperature, step: step, stream: stream)
    state = running.state
  }

  /// One sweep of a running chain.
  func sweep(_ chain: inout Chain, temperature: Double, step: Int, stream: RandomStream) {
    if step.isMultiple(of: Chain.refreshInterval) { chain.refresh(machine) }
    var words = SIMD4<UInt32>()
    var drawn = -1
    for unit in freeUnits {
      let group = unit >> 2
      if group != drawn {
        words = stream.block(.update, step: step, chain: chain.number, group: group)
        drawn = group
      }
      let isOn = decision.isOn(words[unit & 3], at: chain.gaps[unit] / temperature)
      if isOn != chain.state[unit] { chain.flip(unit, machine.couplings) }
    }
  }
}
