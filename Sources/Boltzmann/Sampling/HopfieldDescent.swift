/// Descent of a Hopfield network at T = 0: σ_i becomes the sign of h_i = Σ_j J_ij σ_j, or stays where
/// that is zero.
///
/// Networks of Hebb's rule are run in whole numbers, without couplings: a sweep costs N P log₂ N / 64
/// steps and no tie is missed. Others are run as the Boltzmann machine with the same energies.
public struct HopfieldDescent: Sendable {
  private enum Field: Sendable {
    case hebb(PatternRows)
    case machine(Descent, constant: Double)
  }

  /// The network.
  public let network: HopfieldNetwork
  /// The order of updates.
  public let order: Descent.Order
  private let field: Field

  /// Descent on a network; only for the pseudo-inverse rule are couplings made, which can fail.
  public init(
    _ network: HopfieldNetwork, order: Descent.Order = .sequential
  ) throws(ModelError) {
    (self.network, self.order) = (network, order)
    switch network.rule {
    case .hebb: field = .hebb(PatternRows(network.patterns))
    case .pseudoInverse:
      let (machine, constant) = try network.isingModel().boltzmannMachine()
      field = .machine(Descent(machine, order: order), constant: constant)
    }
  }

  /// Runs from a state; `chain` numbers runs that share one stream. Energies are those of the
  /// network.
  public func run(from start: BitVector, chain: Int = 0, largestSweeps: Int = 1000) -> DescentRecord
  {
    precondition(
      start.count == network.unitCount, "A state must have one bit per unit of the network.")
    switch field {
    case .hebb(let rows):
      return order.run(
        from: HebbState(network.patterns, rows, start), units: Array(0..<network.unitCount),
        chain: chain, largestSweeps: largestSweeps)
    case .machine(let descent, let constant):
      let record = descent.run(from: start, chain: chain, largestSweeps: largestSweeps)
      return DescentRecord(
        end: record.end, record.state, record.energies.map { $0 + constant })
    }
  }

  /// E at the start of the same run and after each unit that changes; in synchronous order after each
  /// sweep that changes any.
  public func energies(
    from start: BitVector, chain: Int = 0, largestSweeps: Int = 1000
  ) -> [Double] {
    precondition(
      start.count == network.unitCount, "A state must have one bit per unit of the network.")
    let units = Array(0..<network.unitCount)
    switch field {
    case .hebb(let rows):
      return order.energies(
        from: HebbState(network.patterns, rows, start), units: units, chain: chain,
        largestSweeps: largestSweeps)
    case .machine(let descent, let constant):
      return order.energies(
        from: MachineState(descent.machine, least: descent.smallestGap, start), units: units,
        chain: chain, largestSweeps: largestSweeps
      ).map { $0 + constant }
    }
  }

  /// The number of units that would change in a state if all of them were updated at once.
  public func willingCount(in state: BitVector) -> Int {
    let units = 0..<network.unitCount
    switch field {
    case .hebb(let rows):
      let state = HebbState(network.patterns, rows, state)
      return units.count { state.isWilling($0) }
    case .machine(let descent, _):
      let state = MachineState(descent.machine, least: descent.smallestGap, state)
      return units.count { state.isWilling($0) }
    }
  }
}
