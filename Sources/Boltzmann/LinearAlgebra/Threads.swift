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
