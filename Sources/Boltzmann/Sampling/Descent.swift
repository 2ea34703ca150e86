/// Descent at T = 0: each unit takes the value that lowers the energy, until no unit would change.
///
/// A unit whose energy gap is zero, or too small to be told from zero, keeps its value, so that no
/// sweep of one unit after the other can raise the energy, and each one either lowers it or is the
/// last. Units updated all at once see the same old state: then the energy may rise, and with
/// symmetric weights the run ends in a fixed point or in two states that alternate. Source:
/// Hopfield, "Neural networks and physical systems with emergent collective computational
/// abilities", PNAS 79 (1982) 2554–2558; Goles, Fogelman, Pellegrin, Discrete Applied Mathematics
/// 12 (1985) 261–277.
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
  /// Gaps of at most this size count as zero: 2⁻³⁰ of the largest that any free unit can have.
  public let smallestGap: Double
  private let freeUnits: [Int]

  /// Smaller gaps, as a share of the largest, are taken for rounding errors of zero.
  static let smallestShare = 0x1p-30

  /// Descent on a machine, with some units held.
  public init(_ machine: BoltzmannMachine, order: Order = .sequential, clamp: Clamp = Clamp()) {
    (self.machine, self.order, self.clamp) = (machine, order, clamp)
    freeUnits = clamp.freeUnits(of: machine.unitCount)
    let largest = freeUnits.map { machine.largestEnergyGap(of: $0, clamp) }.max() ?? 0
    smallestGap = largest * Self.smallestShare
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
    return order.run(
      from: MachineState(machine, least: smallestGap, state), units: freeUnits, chain: chain,
      largestSweeps: largestSweeps)
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
