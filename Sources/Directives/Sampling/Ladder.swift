internal import Notebooks

/// What makes a list of temperatures a ladder.
enum Ladder {
  /// The most rungs of a ladder.
  static let largestCount = 64

  /// What is wrong with a list; nil for a ladder.
  static func problem(_ temperatures: [Double], at place: Place) -> Diagnostic? {
    let ascends = zip(temperatures, temperatures.dropFirst()).allSatisfy { $0 < $1 }
    if temperatures.count >= 2, temperatures.count <= largestCount, ascends { return nil }
    return Diagnostic(
      "bad-ladder", at: place,
      "parallel tempering takes 2 to \(largestCount) temperatures, coldest first",
      hint: "for example `1 1.5 2.2`")
  }
}
