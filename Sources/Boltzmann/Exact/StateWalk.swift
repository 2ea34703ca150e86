/// The steps of a kernel move by move. Node: the phase of the step times the number of states, plus
/// the state. The phase is the number of moves done or, in shuffled order, the set of them.
struct StateWalk<Kernel: TransitionKernel>: Sendable {
  private let kernel: Kernel
  private let phaseCount: Int
  /// Whether a move may stay (1) and may go (2), at move · states + state.
  private let options: [UInt8]
  /// Two for each move that may come next: staying and moving.
  let branchCount: Int

  init(_ kernel: Kernel) {
    self.kernel = kernel
    var options = [UInt8](repeating: 1, count: kernel.moveCount * kernel.stateCount)
    for move in 0..<kernel.moveCount {
      for state in 0..<kernel.stateCount where kernel.partner(of: state, move: move) != state {
        let probability = kernel.probability(of: move, from: state)
        options[move << kernel.unitCount | state] =
          (probability < 1 ? 1 : 0) | (probability > 0 ? 2 : 0)
      }
    }
    self.options = options
    switch kernel.moveOrder {
    case .fixed: (phaseCount, branchCount) = (kernel.moveCount, 2)
    case .withReplacement: (phaseCount, branchCount) = (kernel.moveCount, 2 * kernel.moveCount)
    case .shuffled: (phaseCount, branchCount) = ((1 << kernel.moveCount) - 1, 2 * kernel.moveCount)
    }
  }

  /// Without moves there is one phase, which every state follows itself.
  var nodeCount: Int { max(1, phaseCount) * kernel.stateCount }

  /// The node that a branch leads to, nil where that has probability zero.
  func successor(_ branch: Int, of node: Int) -> Int? {
    if phaseCount == 0 { return branch == 0 ? node : nil }
    let (state, phase) = (node & (kernel.stateCount - 1), node >> kernel.unitCount)
    let (move, next): (Int, Int)
    switch kernel.moveOrder {
    case .fixed: (move, next) = (phase, phase + 1)
    case .withReplacement: (move, next) = (branch / 2, phase + 1)
    case .shuffled:
      (move, next) = (branch / 2, phase | 1 << (branch / 2))
      if next == phase { return nil }
    }
    let start = (next == phaseCount ? 0 : next) << kernel.unitCount
    let goes = branch & 1 == 1
    guard options[move << kernel.unitCount | state] & (goes ? 2 : 1) != 0 else { return nil }
    return start + (goes ? kernel.partner(of: state, move: move) : state)
  }

  /// The states after each step, from a state on until it comes back; every step is certain.
  func orbit(from state: Int) -> [Int] {
    var (states, node) = ([state], state)
    while true {
      for _ in 0..<max(1, kernel.moveCount) {
        node = (0..<branchCount).lazy.compactMap { successor($0, of: node) }.first ?? node
      }
      if node == state { return states }
      states.append(node)
    }
  }
}
