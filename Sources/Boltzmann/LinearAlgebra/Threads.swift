internal import CKernels

/// How many threads to use; never a matter of results.
public enum Threads {
  /// The number that HARMONIUM_THREADS names, or nil where it is not set.
  public static func requested() throws(ThreadsError) -> Int? {
    guard let text = unsafe hm_threads_requested() else { return nil }
    return try count(unsafe String(cString: text))
  }

  /// A number of threads from text: a positive whole number.
  static func count(_ text: String) throws(ThreadsError) -> Int {
    guard let count = Int(text), count >= 1 else { throw ThreadsError(text: text) }
    return count
  }
}

/// The number of threads asked for is not a positive whole number.
public struct ThreadsError: Error, Sendable, Hashable {
  /// What was asked for.
  public let text: String
}

extension ThreadsError: CustomStringConvertible {
  /// The mistake in one sentence.
  public var description: String {
    "HARMONIUM_THREADS is \"\(text)\", not a positive whole number."
  }
}

/// Divides 0 ..< count into one contiguous part per thread, each beginning at a multiple of
/// `alignment`, and returns when all parts are done.
func forEachPart(
  of count: Int, alignment: Int = 1, threads: Int, _ body: @Sendable (Range<Int>) -> Void
) {
  _ = mapParts(of: count, alignment: alignment, threads: threads, body)
}

/// The same, with what the parts return, in their order.
func mapParts<Result: Sendable>(
  of count: Int, alignment: Int = 1, threads: Int, _ body: @Sendable (Range<Int>) -> Result
) -> [Result] {
  let units = (count + alignment - 1) / alignment
  let parts = max(min(threads, units), 1)
  return mapConcurrently(parts, threads: parts) { part in
    let start = part * units / parts * alignment
    return body(start..<min((part + 1) * units / parts * alignment, count))
  }
}
