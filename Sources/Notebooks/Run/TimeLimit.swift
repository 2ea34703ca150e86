internal import Dispatch
internal import Foundation
internal import Synchronization

/// How long a cell may take.
enum TimeLimit {
  /// What `body` gives, or nil if it has not ended in time.
  ///
  /// Nothing can stop a computation that does not ask: one that is late goes on until the process
  /// ends, and nobody looks at its result. It holds values only, so it can do no harm but take time.
  static func run<Result: Sendable>(
    within seconds: Double, _ body: @escaping @Sendable () -> Result
  ) -> Result? {
    let box = Box<Result>()
    let done = DispatchSemaphore(value: 0)
    // A thread of its own: late computations would keep a shared pool from later cells.
    let thread = Thread {
      let result = body()
      box.value.withLock { $0 = result }
      done.signal()
    }
    thread.stackSize = stackBytes
    thread.start()
    guard done.wait(timeout: .now() + seconds) == .success else { return nil }
    return box.value.withLock { $0 }
  }

  private static let stackBytes = 8 << 20

  private final class Box<Value: Sendable>: Sendable {
    let value = Mutex<Value?>(nil)
  }
}
