/// One sweep of a single-unit kernel at a temperature, as a kernel over the states that agree with
/// its clamp: state k has unit freeUnits[i] of the energy table at bit i.
///
/// Probabilities are those of the rule in Double; the sampler itself is exact to 10⁻⁷.
public struct SweepTransition: TransitionKernel {
  /// The kernel.
  public let kernel: SingleUnitKernel
  /// T.
  public let temperature: Double
  /// The energies of the states.
  public let table: EnergyTable
  /// How they make up a step.
  public let moveOrder: MoveOrder
  /// The bit that each move updates.
  private let bits: [Int]
  /// A change of energy that is not told from 0: what rounding leaves of one.
  private let resolution: Double

  /// The sweep of a kernel of at most 20 free units.
  ///
  /// Units that the kernel holds where a chain starts count as free: no state leads to another in
  /// which they differ.
  public init(_ kernel: SingleUnitKernel, temperature: Double) throws(EnumerationLimit) {
    precondition(temperature > 0 && temperature.isFinite, "A temperature is positive and finite.")
    let free = kernel.clamp.freeUnits(of: kernel.machine.unitCount)
    let largest = MoveOrder.fixed.largestGraphUnitCount
    if free.count > largest {
      throw EnumerationLimit(freeUnitCount: free.count, largestFreeUnitCount: largest)
    }
    table = try EnergyTable(kernel.machine, clamp: kernel.clamp)
    moveOrder =
      switch kernel.scan {
      case .sequential, .coloured: .fixed
      case .shuffled: .shuffled
      case .withReplacement: .withReplacement
      }
    bits = (kernel.fixedOrder ?? kernel.freeUnits).compactMap { free.firstIndex(of: $0) }
    resolution = 0x1p-44 * table.energies.reduce(0) { max($0, abs($1)) }
    (self.kernel, self.temperature) = (kernel, temperature)
  }

  /// The bits of a state.
  public var unitCount: Int { table.freeUnits.count }
  /// One move for each update of a step.
  public var moveCount: Int { bits.count }

  /// The state with one unit flipped.
  public func partner(of state: Int, move: Int) -> Int { state ^ 1 << bits[move] }

  /// The probability that this is done.
  public func probability(of move: Int, from state: Int) -> Double {
    kernel.rule.flipProbability(
      energyChange: energyChange(of: move, from: state), temperature: temperature)
  }

  /// What the rule never does: a Metropolis update that costs nothing never stays.
  public func possibilities(of move: Int, from state: Int) -> (stays: Bool, goes: Bool) {
    switch kernel.rule {
    case .heatBath: (true, true)
    case .metropolis: (energyChange(of: move, from: state) > 0, true)
    }
  }

  private func energyChange(of move: Int, from state: Int) -> Double {
    let change = table.energies[partner(of: state, move: move)] - table.energies[state]
    return abs(change) <= resolution ? 0 : change
  }
}
