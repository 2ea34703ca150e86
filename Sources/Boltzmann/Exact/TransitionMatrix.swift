internal import CKernels

/// K(s, t), the probability that one step of a kernel leads from state s to state t.
///
/// Eight bytes for each pair of states: 128 MiB for 12 units.
public struct TransitionMatrix: Sendable {
  /// The number of states.
  public let stateCount: Int
  /// K(s, t) at t · stateCount + s: each row is the way into a state.
  let entries: [Double]
  private let unitCount: Int

  /// The matrix of a kernel of at most 12 units, 9 with its moves in shuffled order.
  ///
  /// Cost: moves × 4^units multiplications, in shuffled order times 2^moves.
  public init(_ kernel: some TransitionKernel) throws(EnumerationLimit) {
    let largest = kernel.moveOrder.largestMatrixUnitCount
    if kernel.unitCount > largest {
      throw EnumerationLimit(
        freeUnitCount: kernel.unitCount, largestFreeUnitCount: largest)
    }
    (unitCount, stateCount) = (kernel.unitCount, kernel.stateCount)
    // A few starts at a time, so that they stay in the cache from move to move.
    let width = min(kernel.stateCount, 16)
    var entries = [Double](repeating: 0, count: stateCount * stateCount)
    for first in stride(from: 0, to: stateCount, by: width) {
      var rows = [Double](repeating: 0, count: stateCount * width)
      for column in 0..<width { rows[(first + column) * width + column] = 1 }
      kernel.apply(to: &rows, columns: width)
      for state in 0..<stateCount {
        for column in 0..<width {
          entries[state * stateCount + first + column] = rows[state * width + column]
        }
      }
    }
    self.entries = entries
  }

  /// K(s, t).
  public subscript(_ from: Int, _ to: Int) -> Double { entries[to * stateCount + from] }

  /// p K, one step of a distribution, or of any other function of the state.
  public func step(_ distribution: [Double]) -> [Double] {
    precondition(distribution.count == stateCount, "A distribution has one value per state.")
    return (0..<stateCount).map { state in
      // Four sums, so that no addition waits for the one before.
      var (a, b, c, d) = (0.0, 0.0, 0.0, 0.0)
      let row = state * stateCount
      var from = 0
      while from + 3 < stateCount {
        a += entries[row + from] * distribution[from]
        b += entries[row + from + 1] * distribution[from + 1]
        c += entries[row + from + 2] * distribution[from + 2]
        d += entries[row + from + 3] * distribution[from + 3]
        from += 4
      }
      while from < stateCount {
        a += entries[row + from] * distribution[from]
        from += 1
      }
      return (a + b) + (c + d)
    }
  }

  /// The distribution π = π K; nil when there are several closed classes and so no single one.
  ///
  /// By Gaussian elimination in which nothing is subtracted, so that every probability, however
  /// small, has about 15 digits. Cost: ⅔ · 8^units multiplications: 1 s for 10 units, a minute for
  /// 12. Source: Grassmann, Taksar & Heyman, "Regenerative analysis and steady state distributions
  /// for Markov chains", Operations Research 33 (1985) 1107–1116.
  public func stationaryDistribution() -> [Double]? {
    guard let members = closedClass() else { return nil }
    let count = members.count
    // rows[s][t] is K(s, t) among the members.
    var rows = members.map { from in members.map { self[from, $0] } }
    for last in stride(from: count - 1, to: 0, by: -1) {
      let leaving = rows[last][..<last].reduce(0, +)
      let way = rows[last]
      for from in 0..<last {
        let share = rows[from][last] / leaving
        rows[from][last] = share
        if share == 0 { continue }
        for to in 0..<last { rows[from][to] += share * way[to] }
      }
    }
    var weights = [Double](repeating: 0, count: count)
    weights[0] = 1
    for state in 1..<max(1, count) {
      weights[state] = (0..<state).reduce(0) { $0 + weights[$1] * rows[$1][state] }
    }
    var total = CompensatedSum()
    for weight in weights { total.add(weight) }
    var distribution = [Double](repeating: 0, count: stateCount)
    for (state, weight) in zip(members, weights) { distribution[state] = weight / total.value }
    return distribution
  }

  /// The states of the only closed class, ascending; nil when there are several.
  private func closedClass() -> [Int]? {
    // If any state is reached from all others, the last start of a search backwards that no
    // earlier search has visited is such a state.
    var isVisited = [Bool](repeating: false, count: stateCount)
    var candidate = 0
    for start in 0..<stateCount where !isVisited[start] {
      candidate = start
      mark(&isVisited, from: start) { self[$1, $0] > 0 }
    }
    var reaches = [Bool](repeating: false, count: stateCount)
    mark(&reaches, from: candidate) { self[$1, $0] > 0 }
    if reaches.contains(false) { return nil }
    var isMember = [Bool](repeating: false, count: stateCount)
    mark(&isMember, from: candidate) { self[$0, $1] > 0 }
    return (0..<stateCount).filter { isMember[$0] }
  }

  private func mark(
    _ isMarked: inout [Bool], from start: Int, along isEdge: (_ from: Int, _ to: Int) -> Bool
  ) {
    var waiting = [start]
    isMarked[start] = true
    while let state = waiting.popLast() {
      for next in 0..<stateCount where !isMarked[next] && isEdge(state, next) {
        isMarked[next] = true
        waiting.append(next)
      }
    }
  }
}
