internal import Dispatch
internal import Foundation

/// Does numbered work in parallel, each piece after those that it waits for.
///
/// The caller's thread works too, and never waits for a permit; each helper takes one.
final class CellQueue: @unchecked Sendable {
  private let condition = NSCondition()
  // All guarded by the condition's lock.
  /// Descending.
  private var ready: [Int]
  private var missing: [Int]
  private let followers: [[Int]]
  private var left: Int
  private var isCallerWaiting = false

  private let permits: Permits
  private let body: @Sendable (Int) -> Void

  /// Does `body` of 0 ..< count, where piece i comes after the lower-numbered `needs[i]`.
  static func run(
    needs: [Set<Int>], permits: Permits, _ body: @escaping @Sendable (Int) -> Void
  ) {
    CellQueue(needs: needs, permits: permits, body).work(asHelper: false)
  }

  private init(
    needs: [Set<Int>], permits: Permits, _ body: @escaping @Sendable (Int) -> Void
  ) {
    (self.permits, self.body) = (permits, body)
    var followers = [[Int]](repeating: [], count: needs.count)
    for (index, needed) in needs.enumerated() {
      precondition(needed.allSatisfy { $0 < index }, "Work waits only for what stands above it.")
      for other in needed { followers[other].append(index) }
    }
    self.followers = followers
    missing = needs.map(\.count)
    ready = needs.indices.reversed().filter { needs[$0].isEmpty }
    left = needs.count
  }

  private func work(asHelper isHelper: Bool) {
    condition.lock()
    while left > 0 {
      // In document order.
      if let index = ready.popLast() {
        callHelpers()
        condition.unlock()
        body(index)
        condition.lock()
        finish(index)
      } else if isHelper {
        break
      } else {
        isCallerWaiting = true
        condition.wait()
        isCallerWaiting = false
      }
    }
    condition.unlock()
    if isHelper { permits.give() }
  }

  /// One helper for each piece that nobody is about to take, as far as there are permits.
  private func callHelpers() {
    var wanted = ready.count - (isCallerWaiting ? 1 : 0)
    while wanted > 0, permits.take() {
      wanted -= 1
      DispatchQueue.global().async { self.work(asHelper: true) }
    }
  }

  private func finish(_ index: Int) {
    left -= 1
    for follower in followers[index] {
      missing[follower] -= 1
      if missing[follower] == 0 { insert(follower) }
    }
    if isCallerWaiting, left == 0 || !ready.isEmpty { condition.signal() }
  }

  private func insert(_ index: Int) {
    var (low, high) = (0, ready.count)
    while low < high {
      let middle = (low + high) / 2
      if ready[middle] > index { low = middle + 1 } else { high = middle }
    }
    ready.insert(index, at: low)
  }
}
