/// Descent at T = 0: each unit takes the value that lowers the energy, until no unit would change.
///
/// A unit whose energy gap is zero keeps its value, so that no sweep of one unit after the other
/// can raise the energy, and each one either lowers it or is the last. Units updated all at once
/// see the same old state: then the energy may rise, and with symmetric weights the run ends in a
/// fixed point or in two states that alternate. Source: Hopfield, "Neural networks and physical
/// systems with emergent collective computational abilities", PNAS 79 (1982) 2554–2558; Goles,
/// Fogelman, Pellegrin, Discrete Applied Mathematics 12 (1985) 261–277.
public struct Descent: Sendable {
  /// Which units see which state.
  public enum Order: Sendable, Hashable {
    /// One after the other, ascending.
    case sequential
    /// One after the other, in a new random order every sweep.
    case shuffled(RandomStream)
    /// All at once.
    case synchronous
  }

  /// The machine.
  public let machine: BoltzmannMachine
  /// The order of updates.
  public let order: Order
  /// Units held at a value.
  public let clamp: Clamp
  private let freeUnits: [Int]

  /// Descent on a machine, with some units held.
  public init(_ machine: BoltzmannMachine, order: Order = .sequential, clamp: Clamp = Clamp()) {
    (self.machine, self.order, self.clamp) = (machine, order, clamp)
    freeUnits = clamp.freeUnits(of: machine.unitCount)
  }

  /// Runs from a state; clamped units go to their values first.
  ///
  /// `chain` numbers runs that share one stream: they visit units in different orders. Cost of a
  /// sweep: the number of weights.
  public func run(from start: BitVector, chain: Int = 0, largestSweeps: Int = 1000) -> DescentRecord
  {
    precondition(
      start.count == machine.unitCount, "A state must have one bit per unit of the machine.")
    var state = start
    clamp.apply(to: &state)
    var energies = [machine.energy(of: state)]
    var previous: BitVector?
    for sweep in 0..<largestSweeps {
      let before = state
      update(&state, sweep: sweep, chain: chain)
      if state == before { return DescentRecord(end: .fixedPoint, state, energies) }
      energies.append(machine.energy(of: state))
      // One unit after the other, no state can come back: each sweep lowers the energy.
      if order == .synchronous, state == previous {
        return DescentRecord(end: .alternation(with: before), state, energies)
      }
      previous = before
    }
    return DescentRecord(end: .unfinished, state, energies)
  }

  private func update(_ state: inout BitVector, sweep: Int, chain: Int) {
    switch order {
    case .sequential:
      for unit in freeUnits { update(unit, of: &state, given: state) }
    case .shuffled(let stream):
      for place in stream.permutation(of: freeUnits.count, step: sweep, chain: chain) {
        update(freeUnits[place], of: &state, given: state)
      }
    case .synchronous:
      let before = state
      for unit in freeUnits { update(unit, of: &state, given: before) }
    }
  }

  private func update(_ unit: Int, of state: inout BitVector, given seen: BitVector) {
    let gap = machine.energyGap(of: unit, in: seen)
    if gap != 0 { state[unit] = gap > 0 }
  }
}

/// Where a descent went.
public struct DescentRecord: Sendable, Hashable {
  /// How a descent ends.
  public enum End: Sendable, Hashable {
    /// No unit would change.
    case fixedPoint
    /// All units at once: this state and the last one follow each other for ever.
    case alternation(with: BitVector)
    /// It ran out of sweeps.
    case unfinished
  }

  /// How it ended.
  public let end: End
  /// The last state.
  public let state: BitVector
  /// E at the start and after each sweep that changed a unit.
  public let energies: [Double]

  init(end: End, _ state: BitVector, _ energies: [Double]) {
    (self.end, self.state, self.energies) = (end, state, energies)
  }

  /// The number of sweeps that changed a unit.
  public var sweeps: Int { energies.count - 1 }
}
