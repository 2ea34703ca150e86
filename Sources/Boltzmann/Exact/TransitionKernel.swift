/// How the moves of a kernel make up one step.
public enum MoveOrder: Sendable, Hashable {
  /// All moves in ascending order: the product of their matrices.
  case fixed
  /// All moves once, in an order drawn anew in each step: the mean over all orders.
  case shuffled
  /// As many moves as there are, each drawn uniformly: a power of the mean of their matrices.
  case withReplacement

  /// The most units for which the matrix of a step is computed.
  public var largestMatrixUnitCount: Int {
    switch self {
    case .fixed, .withReplacement: 12
    // Every subset of the moves has a distribution of its own.
    case .shuffled: 9
    }
  }

  /// The most units for which the graph of all states is searched.
  public var largestGraphUnitCount: Int {
    switch self {
    case .fixed: 20
    case .withReplacement: 16
    case .shuffled: 11
    }
  }
}

/// A Markov kernel over numbered states whose exact transition matrix K can be computed.
///
/// A step consists of moves. Each move connects the states in pairs: from a state it goes to its
/// partner with a probability and otherwise stays. Updates of single units are such moves, and so
/// are exchanges of two replicas.
public protocol TransitionKernel: Sendable {
  /// The states are numbered 0 ..< 2^unitCount.
  var unitCount: Int { get }
  /// The number of moves.
  var moveCount: Int { get }
  /// How they make up a step.
  var moveOrder: MoveOrder { get }
  /// The partner of a state under a move; the partner of the partner is the state itself.
  func partner(of state: Int, move: Int) -> Int
  /// The probability that a move goes from a state to its partner.
  func probability(of move: Int, from state: Int) -> Double
  /// Whether a move may stay at a state and whether it may go to its partner, even where a Double
  /// cannot tell the probability from 0 or 1. Without an answer of its own, that is what tells.
  func possibilities(of move: Int, from state: Int) -> (stays: Bool, goes: Bool)
}

extension TransitionKernel {
  /// p < 1 and p > 0 in a Double.
  public func possibilities(of move: Int, from state: Int) -> (stays: Bool, goes: Bool) {
    let probability = probability(of: move, from: state)
    return (probability < 1, probability > 0)
  }

  /// The number of states.
  public var stateCount: Int { 1 << unitCount }

  /// p ← p K, one step of a distribution over the states. Cost: moves × states probabilities; where
  /// the order is shuffled, as many for each subset of the moves.
  public func apply(to distribution: inout [Double]) {
    apply(to: &distribution, columns: 1)
  }

  /// One step of several distributions, of shape [state, column].
  func apply(to distributions: inout [Double], columns: Int) {
    switch moveOrder {
    case .fixed:
      for move in 0..<moveCount { apply(move, to: &distributions, columns: columns) }
    case .withReplacement:
      for _ in 0..<moveCount { applyMean(to: &distributions, columns: columns) }
    case .shuffled:
      distributions = meanOverOrders(of: distributions, columns: columns)
    }
  }

  /// p ← p Kₘ for one move m.
  private func apply(_ move: Int, to distributions: inout [Double], columns: Int) {
    for state in 0..<stateCount {
      let other = partner(of: state, move: move)
      guard state < other else { continue }
      let (there, back) = (
        probability(of: move, from: state), probability(of: move, from: other)
      )
      let (first, second) = (state * columns, other * columns)
      for column in 0..<columns {
        let (one, two) = (distributions[first + column], distributions[second + column])
        distributions[first + column] = one * (1 - there) + two * back
        distributions[second + column] = one * there + two * (1 - back)
      }
    }
  }

  private func applyMean(to distributions: inout [Double], columns: Int) {
    var sum = [Double](repeating: 0, count: distributions.count)
    for move in 0..<moveCount {
      var moved = distributions
      apply(move, to: &moved, columns: columns)
      for place in sum.indices { sum[place] += moved[place] }
    }
    distributions = sum.map { $0 / Double(moveCount) }
  }

  /// The distribution after the moves of a set A in random order is the mean over the last of them
  /// of that after the others: D(A) = Σ_{m ∈ A} D(A − m) Kₘ / |A|.
  private func meanOverOrders(of distributions: [Double], columns: Int) -> [Double] {
    var bySet = [[Double]](repeating: [], count: 1 << moveCount)
    bySet[0] = distributions
    for set in 1..<max(1, bySet.count) {
      var sum = [Double](repeating: 0, count: distributions.count)
      for move in 0..<moveCount where set >> move & 1 == 1 {
        var moved = bySet[set & ~(1 << move)]
        apply(move, to: &moved, columns: columns)
        for place in sum.indices { sum[place] += moved[place] }
      }
      bySet[set] = sum.map { $0 / Double(set.nonzeroBitCount) }
    }
    return bySet[bySet.count - 1]
  }
}
