extension StateWalk {
  /// gcd of the lengths of all ways from a state of a closed class back to it, in steps.
  ///
  /// Nodes are numbered by their distance from the state; each branch to a node that has its number
  /// is a way round. The search ends where these have no common divisor left but the moves of a
  /// step.
  func period(from state: Int) -> Int {
    var distances = [Int32](repeating: -1, count: nodeCount)
    distances[state] = 0
    var (queue, moves) = ([Int32(state)], 0)
    var place = 0
    while place < queue.count && moves != max(1, moveCount) {
      let node = Int(queue[place])
      place += 1
      for branch in 0..<branchCount {
        guard let next = successor(branch, of: node) else { continue }
        if distances[next] < 0 {
          distances[next] = distances[node] + 1
          queue.append(Int32(next))
        } else {
          moves = Self.greatestCommonDivisor(moves, abs(Int(distances[node] + 1 - distances[next])))
        }
      }
    }
    return moves / max(1, moveCount)
  }

  private static func greatestCommonDivisor(_ a: Int, _ b: Int) -> Int {
    b == 0 ? a : greatestCommonDivisor(b, a % b)
  }
}
