internal import Boltzmann
internal import Notebooks

/// p(unit on | parents) as the lines of a body fill it, entry by entry.
struct ProbabilityTable: Sendable {
  /// parents[j] is bit j of an entry's number.
  let parents: [Int]
  /// Of the first line.
  let place: Place
  private var entries: [Double?]

  init(parents: [Int], place: Place) {
    (self.parents, self.place) = (parents, place)
    entries = [Double?](repeating: nil, count: 1 << parents.count)
  }

  /// One number for each state of the free parents, zeros first, the last parent changing fastest.
  mutating func read(
    _ numbers: Text, of what: String, fixed: [(unit: Int, isOn: Bool)], free: [Int],
    names: [String]
  ) throws(Diagnostic) {
    let words = numbers.words
    guard words.count == 1 << free.count else {
      let states = free.map { names[$0] }.joined(separator: ", ")
      throw Diagnostic(
        "table-size", at: words.first?.place ?? numbers.place,
        "\(what.quoted) takes \(1 << free.count) "
          + (free.isEmpty ? "probability" : "probabilities") + ", not \(words.count)",
        hint: free.isEmpty
          ? nil
          : "one for each state of \(states), zeros first, the last unit changing fastest")
    }
    var known = 0
    for (unit, isOn) in fixed where isOn { known |= bit(of: unit) }
    for (row, word) in words.enumerated() {
      var entry = known
      for (place, unit) in free.enumerated() where (row >> (free.count - 1 - place)) & 1 == 1 {
        entry |= bit(of: unit)
      }
      guard entries[entry] == nil else {
        throw Diagnostic(
          "duplicate-name", at: word.place,
          "the probability for \(state(entry, names)) stands twice")
      }
      entries[entry] = try word.number(in: 0...1, for: what.quoted)
    }
  }

  /// All entries; the first that no line gives is a mistake.
  func full(of unit: String, _ names: [String]) throws(Diagnostic) -> [Double] {
    let full = entries.compactMap(\.self)
    guard full.count < entries.count else { return full }
    let missing = entries.firstIndex { $0 == nil } ?? 0
    throw Diagnostic(
      "table-size", at: place, "\("p(\(unit) | \(state(missing, names)))".quoted) is missing",
      hint: "a unit with \(parents.count) \(parents.count == 1 ? "parent" : "parents") has "
        + "\(entries.count) probabilities")
  }

  private func bit(of unit: Int) -> Int { parents.firstIndex(of: unit).map { 1 << $0 } ?? 0 }

  /// `easy=1, smart=0`.
  private func state(_ entry: Int, _ names: [String]) -> String {
    parents.enumerated().map { "\(names[$1])=\((entry >> $0) & 1)" }.joined(separator: ", ")
  }
}
