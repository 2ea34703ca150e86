/// A machine is too densely connected for its states to be summed over by elimination.
public struct EliminationLimit: Error, Sendable, Hashable {
  /// The neighbours of the unit at which elimination stopped: its table would have 2 to the power
  /// of this many entries, and later ones may need more.
  public let neighbourCount: Int
  /// The most neighbours a unit may have when it is eliminated.
  public let largestNeighbourCount: Int

  /// The entries of the table as a power of two.
  public var entries: String { "2^\(neighbourCount)" }
  /// The most entries of a table as a power of two.
  public var limit: String { "2^\(largestNeighbourCount)" }
}

extension EliminationLimit: CustomStringConvertible {
  /// The mistake in one sentence.
  public var description: String {
    "Elimination would need a table of at least \(entries) entries; the limit is \(limit)."
  }
}
