internal import Dispatch
internal import Synchronization

/// body(0), body(1), … in order, computed by a number of threads.
///
/// Which thread computes what is left open, so the body must be a function of its index alone.
package func mapConcurrently<Result: Sendable>(
  _ count: Int, threads: Int, _ body: @Sendable (Int) -> Result
) -> [Result] {
  precondition(threads >= 1, "There is no work without a thread.")
  if threads == 1 || count <= 1 { return (0..<count).map(body) }
  let results = Mutex([Result?](repeating: nil, count: count))
  let next = Atomic(0)
  DispatchQueue.concurrentPerform(iterations: min(threads, count)) { _ in
    while true {
      let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
      if index >= count { return }
      let result = body(index)
      results.withLock { $0[index] = result }
    }
  }
  return results.withLock { $0.compactMap { $0 } }
}
