/// Which states a kernel leads to from which, at all: its closed classes, from which no step leads
/// out, and the orbits among them, on which every step is certain.
///
/// A kernel that leaves a distribution unchanged in which no state has probability zero has no
/// other states than those of closed classes; it samples that distribution only if there is a
/// single one.
public struct StateGraph: Sendable {
  /// A set of states that is never left, each of which leads to all others.
  public struct ClosedClass: Sendable, Hashable {
    /// The states; on an orbit, in the order in which they follow each other. The first one is the
    /// lowest.
    public let states: [Int]
    /// Whether each state is followed by one state alone.
    public let isOrbit: Bool
    /// The greatest common divisor of the numbers of steps in which a state can come back to itself:
    /// with more than 1, where a chain is tells for ever when it started there.
    public let period: Int
  }

  /// The closed classes, ascending by their lowest state.
  public let closedClasses: [ClosedClass]
  /// The number of states in no closed class.
  public let transientCount: Int

  /// Searches the graph of a kernel of at most 20 units, 16 with moves drawn with replacement and
  /// 11 in shuffled order.
  ///
  /// Steps are walked move by move: the nodes are pairs of a state and the moves done so far, so
  /// that no node has more than two successors for each move that can come next. What can happen is
  /// what the kernel says, however small the probability. Cost: a few looks at each successor of a
  /// node. Memory: at most 20 bytes for each node, 400 MB for 20 units.
  public init(_ kernel: some TransitionKernel) throws(EnumerationLimit) {
    let largest = kernel.moveOrder.largestGraphUnitCount
    if kernel.unitCount > largest {
      throw EnumerationLimit(
        freeUnitCount: kernel.unitCount, largestFreeUnitCount: largest)
    }
    let walk = StateWalk(kernel)
    let components = StronglyConnectedComponents(walk)
    var isOpen = [Bool](repeating: false, count: walk.nodeCount)
    var isCertain = [Bool](repeating: true, count: walk.nodeCount)
    for node in 0..<walk.nodeCount {
      let component = components.component(of: node)
      var successors = 0
      for branch in 0..<walk.branchCount {
        guard let next = walk.successor(branch, of: node) else { continue }
        successors += 1
        if components.component(of: next) != component { isOpen[component] = true }
      }
      if successors > 1 { isCertain[component] = false }
    }
    var number: [Int: Int] = [:]
    var classes: [(component: Int, states: [Int])] = []
    for state in 0..<kernel.stateCount {
      let component = components.component(of: state)
      if isOpen[component] { continue }
      if let place = number[component] {
        classes[place].states.append(state)
      } else {
        number[component] = classes.count
        classes.append((component, [state]))
      }
    }
    transientCount = kernel.stateCount - classes.reduce(0) { $0 + $1.states.count }
    closedClasses = classes.map { entry in
      if isCertain[entry.component] {
        let orbit = walk.orbit(from: entry.states[0])
        return ClosedClass(states: orbit, isOrbit: true, period: orbit.count)
      }
      return ClosedClass(
        states: entry.states, isOrbit: false, period: walk.period(from: entry.states[0]))
    }
  }

  /// Whether every state leads to every other one.
  public var isIrreducible: Bool { closedClasses.count == 1 && transientCount == 0 }
  /// Whether the kernel forgets where it started: |λ₂| < 1.
  public var isForgetful: Bool { closedClasses.count == 1 && closedClasses[0].period == 1 }
  /// The closed classes in which every step is certain.
  public var orbits: [ClosedClass] { closedClasses.filter(\.isOrbit) }
}
