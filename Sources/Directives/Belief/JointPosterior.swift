internal import Boltzmann
internal import Notebooks
internal import Numerals

/// The probabilities of all states of some units together, for several things known.
struct JointPosterior {
  let outcome: Outcome

  /// The most probabilities in one table.
  private static let cellLimit = 256

  init(
    _ value: BeliefNetValue, _ units: [Int], _ known: [KnownUnits], at place: Place
  ) throws(Diagnostic) {
    guard units.count < 16, known.count << units.count <= Self.cellLimit else {
      throw Diagnostic(
        "limit-exceeded", at: place,
        "the 2^\(units.count) states of \(units.count) units, \(known.count) times over, are more "
          + "than the \(Self.cellLimit) probabilities of one table")
    }
    // Ones first, the first unit being the slowest, as in the tables of machines.
    let states = (0..<1 << units.count).reversed().map { number in
      units.indices.map { (number >> (units.count - 1 - $0)) & 1 == 1 }
    }
    var columns = units.enumerated().map { place, unit in
      Table.Column(
        value.unitNames[unit], .numbers(states.map { $0[place] ? 1 : 0 }, .fixed(0)), isKey: true)
    }
    for (number, row) in known.enumerated() {
      let probabilities = try Self.probabilities(value, units, states, row)
      let condition = row.evidence.isEmpty ? "" : " given \(row.label)"
      columns.append(
        Table.Column(
          number == 0 ? "p" : "p\(number + 1)", heading: "p\(condition)",
          .numbers(probabilities, .column(probabilities, decimals: 4))))
    }
    let table = Table(columns)
    outcome = Outcome([.table(table)], value: TableResult(table))
  }

  private static func probabilities(
    _ value: BeliefNetValue, _ units: [Int], _ states: [[Bool]], _ known: KnownUnits
  ) throws(Diagnostic) -> [Double] {
    let total = try value.logProbability(of: known.evidence, at: known.place)
    guard total > -.infinity else { throw value.impossible(known.evidence, at: known.place) }
    var probabilities: [Double] = []
    for state in states {
      var both = known.evidence
      for (unit, isOn) in zip(units, state) where both[unit] == nil { both[unit] = isOn }
      let agrees = zip(units, state).allSatisfy { both[$0] == $1 }
      probabilities.append(
        agrees ? exponential(try value.logProbability(of: both, at: known.place) - total) : 0)
    }
    return probabilities
  }
}
