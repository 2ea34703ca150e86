/// The steps of a kernel move by move. Node: the phase of the step times the number of states, plus
/// the state. The phase is the number of moves done or, in shuffled order, the set of them.
struct StateWalk: Sendable {
  private let unitCount: Int
  let moveCount: Int
  private let moveOrder: MoveOrder
  private let phaseCount: Int
  /// Two for each move that may come next: staying and moving.
  let branchCount: Int
  /// At move · states + state: four times the partner, plus 1 if the move may stay and 2 if it may
  /// go.
  private let choices: [Int32]

  init(_ kernel: some TransitionKernel) {
    (unitCount, moveCount) = (kernel.unitCount, kernel.moveCount)
    moveOrder = kernel.moveOrder
    var choices: [Int32] = []
    choices.reserveCapacity(kernel.moveCount * kernel.stateCount)
    for move in 0..<kernel.moveCount {
      for state in 0..<kernel.stateCount {
        let partner = kernel.partner(of: state, move: move)
        let (stays, goes) =
          partner == state ? (true, false) : kernel.possibilities(of: move, from: state)
        choices.append(Int32(partner << 2 | (goes ? 2 : 0) | (stays ? 1 : 0)))
      }
    }
    self.choices = choices
    switch moveOrder {
    case .fixed: (phaseCount, branchCount) = (moveCount, 2)
    case .withReplacement: (phaseCount, branchCount) = (moveCount, 2 * moveCount)
    case .shuffled: (phaseCount, branchCount) = ((1 << moveCount) - 1, 2 * moveCount)
    }
  }

  /// Without moves there is one phase, which every state follows itself.
  var nodeCount: Int { max(1, phaseCount) << unitCount }

  /// The node that a branch leads to, nil where that has probability zero.
  func successor(_ branch: Int, of node: Int) -> Int? {
    if phaseCount == 0 { return branch == 0 ? node : nil }
    let (state, phase) = (node & ((1 << unitCount) - 1), node >> unitCount)
    let (move, next): (Int, Int)
    switch moveOrder {
    case .fixed: (move, next) = (phase, phase + 1)
    case .withReplacement: (move, next) = (branch / 2, phase + 1)
    case .shuffled:
      (move, next) = (branch / 2, phase | 1 << (branch / 2))
      if next == phase { return nil }
    }
    let choice = Int(choices[move << unitCount | state])
    let goes = branch & 1 == 1
    guard choice & (goes ? 2 : 1) != 0 else { return nil }
    return (next == phaseCount ? 0 : next) << unitCount | (goes ? choice >> 2 : state)
  }

  /// The states after each step, from a state on until it comes back; every step is certain.
  func orbit(from state: Int) -> [Int] {
    var (states, node) = ([state], state)
    while true {
      for _ in 0..<max(1, moveCount) {
        node = (0..<branchCount).lazy.compactMap { successor($0, of: node) }.first ?? node
      }
      if node == state { return states }
      states.append(node)
    }
  }
}
