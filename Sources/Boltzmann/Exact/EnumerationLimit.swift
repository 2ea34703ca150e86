/// A machine has too many free units to visit all its states.
public struct EnumerationLimit: Error, Sendable, Hashable {
  /// The free units of the machine; it has 2 to the power of this many states.
  public let freeUnitCount: Int
  /// The largest number of free units that this computation takes.
  public let largestFreeUnitCount: Int

  /// The number of states as a power of two.
  public var states: String { "2^\(freeUnitCount)" }
  /// The largest number of states as a power of two.
  public var limit: String { "2^\(largestFreeUnitCount)" }
}

extension EnumerationLimit: CustomStringConvertible {
  /// The mistake in one sentence.
  public var description: String {
    "Enumeration would visit \(states) states; the limit is \(limit)."
  }
}
