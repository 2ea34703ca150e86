internal import CKernels

/// Replicas of a machine at a ladder of temperatures as one kernel over the states of all of them:
/// each replica makes a sweep, then neighbours on the ladder may exchange their states.
///
/// With n free units, unit i of replica r is bit r n + i of a state. A step is two sweeps of every
/// replica: after the first one the pairs (0, 1), (2, 3), … are exchanged with probability
/// min(1, exp((1/T_r − 1/T_{r+1})(E_r − E_{r+1}))), after the second one the pairs (1, 2), (3, 4), …
public struct TemperingTransition: TransitionKernel {
  private enum Move: Sendable {
    case update(replica: Int, move: Int)
    case exchange(replica: Int)
  }

  private let sweeps: [SweepTransition]
  private let moves: [Move]
  private let width: Int

  /// The kernel at each of some temperatures, at most 20 free units in all replicas together. Its
  /// order of units is a fixed one.
  public init(_ kernel: SingleUnitKernel, temperatures: [Double]) throws(EnumerationLimit) {
    precondition(!temperatures.isEmpty, "A ladder has at least one temperature.")
    precondition(kernel.scan.isFixed, "The units are updated in a fixed order.")
    var sweeps: [SweepTransition] = []
    for temperature in temperatures {
      sweeps.append(try SweepTransition(kernel, temperature: temperature))
    }
    width = sweeps[0].unitCount
    let (total, largest) = (width * sweeps.count, MoveOrder.fixed.largestGraphUnitCount)
    if total > largest {
      throw EnumerationLimit(freeUnitCount: total, largestFreeUnitCount: largest)
    }
    var moves: [Move] = []
    for parity in 0...1 {
      for (replica, sweep) in sweeps.enumerated() {
        moves += (0..<sweep.moveCount).map { .update(replica: replica, move: $0) }
      }
      for replica in stride(from: parity, to: sweeps.count - 1, by: 2) {
        moves.append(.exchange(replica: replica))
      }
    }
    (self.sweeps, self.moves) = (sweeps, moves)
  }

  /// The bits of a state.
  public var unitCount: Int { width * sweeps.count }
  /// One move for each update and exchange of a step.
  public var moveCount: Int { moves.count }
  /// How they make up a step.
  public var moveOrder: MoveOrder { .fixed }

  /// The state of one replica.
  private func state(_ replica: Int, in state: Int) -> Int {
    state >> (replica * width) & ((1 << width) - 1)
  }

  /// The state with one unit flipped, or with two replicas exchanged.
  public func partner(of state: Int, move: Int) -> Int {
    switch moves[move] {
    case .update(let replica, let move):
      let own = self.state(replica, in: state)
      let change = own ^ sweeps[replica].partner(of: own, move: move)
      return state ^ change << (replica * width)
    case .exchange(let replica):
      let difference = self.state(replica, in: state) ^ self.state(replica + 1, in: state)
      return state ^ (difference << (replica * width) | difference << ((replica + 1) * width))
    }
  }

  /// The probability that this is done.
  public func probability(of move: Int, from state: Int) -> Double {
    switch moves[move] {
    case .update(let replica, let move):
      return sweeps[replica].probability(of: move, from: self.state(replica, in: state))
    case .exchange(let replica):
      let exponent = exponent(ofExchanging: replica, in: state)
      return exponent >= 0 ? 1 : hm_exp(exponent)
    }
  }

  /// An exchange that is not certain can happen and not happen.
  public func possibilities(of move: Int, from state: Int) -> (stays: Bool, goes: Bool) {
    switch moves[move] {
    case .update(let replica, let move):
      sweeps[replica].possibilities(of: move, from: self.state(replica, in: state))
    case .exchange(let replica): (exponent(ofExchanging: replica, in: state) < 0, true)
    }
  }

  /// (1/T_r − 1/T_{r+1})(E_r − E_{r+1}).
  private func exponent(ofExchanging replica: Int, in state: Int) -> Double {
    let (one, other) = (sweeps[replica], sweeps[replica + 1])
    let gain =
      one.table.energies[self.state(replica, in: state)]
      - other.table.energies[self.state(replica + 1, in: state)]
    return (1 / one.temperature - 1 / other.temperature) * gain
  }
}
