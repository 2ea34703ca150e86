/// What a machine makes of its rows: the hidden units' codes for them, and whether it completes
/// them.
public struct RowCodes: Sendable {
  private let rows: [BitVector]
  /// All visible units at their values.
  private let clamps: [Clamp]
  /// The same without the units asked for.
  private let questions: [Clamp]
  private let asked: [Int]

  /// Rows of a machine, and the visible units whose values are asked for.
  public init(_ rows: ClampedRows, asking units: [Int]) {
    precondition(
      units.allSatisfy { $0 >= 0 && $0 < rows.unitCount }, "Only visible units are asked for.")
    (self.rows, asked) = (rows.rows, units)
    clamps = rows.rows.map { row in
      var clamp = Clamp()
      for unit in 0..<row.count { clamp[unit] = row[unit] }
      return clamp
    }
    questions = clamps.map { clamp in
      var clamp = clamp
      for unit in units { clamp[unit] = nil }
      return clamp
    }
  }

  /// The most probable state of the hidden units given each row, as a number; of several the
  /// lowest.
  public func codes(of machine: BoltzmannMachine) throws(EnumerationLimit) -> [Int] {
    var codes: [Int] = []
    for clamp in clamps {
      let energies = try EnergyTable(machine, clamp: clamp).energies
      codes.append(energies.indices.min { energies[$0] < energies[$1] } ?? 0)
    }
    return codes
  }

  /// How many different codes the rows have.
  public func differentCodes(of machine: BoltzmannMachine) throws(EnumerationLimit) -> Int {
    Set(try codes(of: machine)).count
  }

  /// How many rows come out when the values of the asked units are wanted and all other visible
  /// units are clamped to the row: those whose own values are more probable than any others.
  public func completedCount(
    of machine: BoltzmannMachine, temperature: Double = 1
  ) throws(EnumerationLimit) -> Int {
    var count = 0
    for (row, question) in zip(rows, questions) {
      let probabilities = try ExactDistribution(
        machine, temperature: temperature, clamp: question
      ).marginal(over: asked)
      let own = row.index(of: asked)
      let isBest = probabilities.indices.allSatisfy {
        $0 == own || probabilities[$0] < probabilities[own]
      }
      if isBest { count += 1 }
    }
    return count
  }
}
