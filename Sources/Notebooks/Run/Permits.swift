internal import Synchronization

/// How many further cells may run at once, counted over all notebooks of a run.
package final class Permits: Sendable {
  private let free: Mutex<Int>

  package init(_ count: Int) { free = Mutex(max(0, count)) }

  /// Takes one if there is one.
  func take() -> Bool {
    free.withLock { free in
      guard free > 0 else { return false }
      free -= 1
      return true
    }
  }

  package func give() { free.withLock { $0 += 1 } }
}
