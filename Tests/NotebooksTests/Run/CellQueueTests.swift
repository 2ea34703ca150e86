import Foundation
import Synchronization
import Testing

@testable import Notebooks

@Suite struct CellQueueTests {
  /// Does work that waits for some of what stands above it; the order in which it ended.
  private func order(_ needs: [Set<Int>], permits: Int) -> (order: [Int], most: Int) {
    let ended = Mutex<[Int]>([])
    let now = Mutex((running: 0, most: 0))
    CellQueue.run(needs: needs, permits: Permits(permits)) { index in
      now.withLock {
        $0.running += 1
        $0.most = max($0.most, $0.running)
      }
      // Needs are done before.
      let done = ended.withLock { Set($0) }
      #expect(needs[index].isSubset(of: done))
      now.withLock { $0.running -= 1 }
      ended.withLock { $0.append(index) }
    }
    return (ended.withLock { $0 }, now.withLock { $0.most })
  }

  @Test(arguments: [0, 1, 7]) func allIsDoneOnceAndInOrder(permits: Int) {
    let needs = (0..<200).map { index -> Set<Int> in
      index % 7 == 0 ? [] : [index - 1, index / 2, index * 3 / 4].filter { $0 < index }.asSet
    }
    let (order, most) = order(needs, permits: permits)
    #expect(order.sorted() == Array(0..<200))
    #expect(most <= permits + 1)
    if permits == 0 { #expect(order.first == 0) }
  }

  @Test func withoutPermitsItGoesFromAboveToBelow() {
    #expect(order([[], [], [0], [], [1]], permits: 0).order == [0, 1, 2, 3, 4])
  }

  @Test func nothingToDo() { #expect(order([], permits: 3).order.isEmpty) }

  @Test func permitsAreGivenBack() {
    let permits = Permits(2)
    CellQueue.run(needs: [[], [], [], []], permits: permits) { _ in }
    // Helpers may still be on their way out.
    var taken = 0
    for _ in 0..<30_000 where taken < 2 {
      if permits.take() { taken += 1 } else { usleep(1000) }
    }
    #expect(taken == 2)
    #expect(!permits.take())
  }
}

extension [Int] {
  fileprivate var asSet: Set<Int> { Set(self) }
}
