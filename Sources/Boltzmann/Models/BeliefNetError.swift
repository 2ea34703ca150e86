/// What is wrong with the units of a belief net; units count from 0.
public enum BeliefNetError: Error, Sendable, Hashable {
  /// A unit has a parent that the net does not have.
  case noSuchParent(Int, of: Int, unitCount: Int)
  /// A unit names a parent twice.
  case repeatedParent(Int, of: Int)
  /// Each unit is a parent of the next, and the last one of the first.
  case cycle([Int])
  /// A unit has another number of weights than of parents.
  case weightCount(Int, of: Int, parentCount: Int)
  /// A table has not 2^parents entries.
  case tableSize(Int, of: Int, parentCount: Int)
  /// A unit has more parents than a table may have.
  case tooManyParents(Int, of: Int)
  /// An entry of a table is not between 0 and 1.
  case notAProbability(Double, entry: Int, of: Int)
  /// A bias or weight of a unit is NaN or infinite, or their sum exceeds a Double.
  case notFinite(of: Int)
}

extension BeliefNetError: CustomStringConvertible {
  /// The mistake in one sentence.
  public var description: String {
    switch self {
    case .noSuchParent(let parent, let unit, let unitCount):
      "Unit \(unit) has the parent \(parent), but there are \(unitCount) units."
    case .repeatedParent(let parent, let unit):
      "Unit \(unit) names its parent \(parent) twice."
    case .cycle(let units):
      "The arrows lead in a circle: "
        + (units + units.prefix(1)).map(String.init).joined(separator: " -> ") + "."
    case .weightCount(let count, let unit, let parentCount):
      "Unit \(unit) has \(count) weights for \(parentCount) parents."
    case .tableSize(let count, let unit, let parentCount):
      "The table of unit \(unit) has \(count) entries, but its \(parentCount) parents have "
        + "2^\(parentCount) states."
    case .tooManyParents(let count, let unit):
      "Unit \(unit) has a table over \(count) parents; at most "
        + "\(BeliefNet.largestTableParentCount) are possible."
    case .notAProbability(let value, let entry, let unit):
      "Entry \(entry) of the table of unit \(unit) is \(value), which is no probability."
    case .notFinite(let unit):
      "A bias or weight of unit \(unit) is not finite, or too large."
    }
  }
}

extension BeliefNet.Unit {
  func check(number: Int, unitCount: Int) throws(BeliefNetError) {
    for (place, parent) in parents.enumerated() {
      if parent < 0 || parent >= unitCount {
        throw BeliefNetError.noSuchParent(parent, of: number, unitCount: unitCount)
      }
      if parents[..<place].contains(parent) {
        throw BeliefNetError.repeatedParent(parent, of: number)
      }
    }
    switch conditional {
    case .sigmoid(let bias, let weights):
      if weights.count != parents.count {
        throw BeliefNetError.weightCount(weights.count, of: number, parentCount: parents.count)
      }
      // Keeps every input, and every sum of logarithms of its probabilities, finite.
      let total = weights.reduce(abs(bias)) { $0 + abs($1) }
      if !(total <= 1e300) { throw BeliefNetError.notFinite(of: number) }
    case .table(let entries):
      if parents.count > BeliefNet.largestTableParentCount {
        throw BeliefNetError.tooManyParents(parents.count, of: number)
      }
      if entries.count != 1 << parents.count {
        throw BeliefNetError.tableSize(entries.count, of: number, parentCount: parents.count)
      }
      for (entry, value) in entries.enumerated() where !(value >= 0 && value <= 1) {
        throw BeliefNetError.notAProbability(value, entry: entry, of: number)
      }
    }
  }
}
