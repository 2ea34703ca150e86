internal import Boltzmann
package import Notebooks

extension MachineValue: QueryableValue {
  private enum Function: String, CaseIterable {
    /// The energy of a state.
    case E
    /// −T ln Σ exp(−E/T) over the states that agree with what is asked.
    case F
    case Z, lnZ
    /// ⟨E⟩.
    case U
    /// −Σ p ln p in nats.
    case entropy
    case p
  }

  package var functions: [String] { Function.allCases.map(\.rawValue) }
  package var takesRows: Bool { true }

  package func answer(_ query: Query) throws(Diagnostic) -> Double {
    let asked = try clamp(try query.row.map(assignments) ?? query.assignments, Clamp())
    let given = try clamp(query.given, Clamp())
    let (place, temperature) = (query.function.place, query.temperature)
    func nothingAsked() throws(Diagnostic) {
      guard !asked.isEmpty else { return }
      let name = query.function.string
      throw Diagnostic(
        "bad-expression", at: place, "\(name.quoted) takes units only after `|`",
        hint: "\(name)(\(self.name) | \(describe(asked)))".quoted)
    }
    func logZ(_ clamp: Clamp) throws(Diagnostic) -> Double {
      try logPartitionFunction(clamp, temperature: temperature, at: place)
    }
    guard let function = Function(rawValue: query.function.string) else {
      throw Diagnostic(
        "unknown-function", at: place, "\(kind) does not answer \(query.function.string.quoted)")
    }
    switch function {
    case .E:
      let missing = unitNames.indices.filter { asked[$0] == nil }
      guard missing.isEmpty, given.isEmpty else {
        throw Diagnostic(
          "missing-unit", at: place, "`E` needs the state of every unit",
          hint: missing.isEmpty
            ? "nothing goes after `|`"
            : "missing: \(missing.map { unitNames[$0] }.joined(separator: ", "))")
      }
      var state = BitVector(zeros: machine.unitCount)
      asked.apply(to: &state)
      return energy(of: state)
    case .F:
      return constant - temperature * (try logZ(try joined(asked, given, query)))
    case .Z:
      try nothingAsked()
      return exponential(try logZ(given) - constant / temperature)
    case .lnZ:
      try nothingAsked()
      return try logZ(given) - constant / temperature
    case .U:
      try nothingAsked()
      return try thermodynamics(given, temperature: temperature, at: place).meanEnergy + constant
    case .entropy:
      try nothingAsked()
      return try thermodynamics(given, temperature: temperature, at: place).entropy
    case .p:
      guard !asked.isEmpty else {
        throw Diagnostic(
          "missing-unit", at: place, "`p` needs the state of a unit",
          hint: unitNames.first.map { "for example \("p(\(name), \($0)=1)".quoted)" })
      }
      let both = try joined(asked, given, query)
      let all = try logZ(given)
      return exponential(try logZ(both) - all)
    }
  }

  /// The states of a row: of all units, or of the visible ones.
  private func assignments(_ row: Query.Row) throws(Diagnostic) -> [Query.Assignment] {
    let counts = [machine.unitCount, machine.visibleCount]
    guard counts.contains(row.values.count) else {
      let wanted = Set(counts).sorted().map { "\($0)" }.joined(separator: " or ")
      throw Diagnostic(
        "wrong-size", at: row.place,
        "\(name.quoted) has \(wanted) units, but here \(row.values.count == 1 ? "is 1 state" : "are \(row.values.count) states")"
      )
    }
    return zip(unitNames, row.values).map {
      Query.Assignment(name: Text($0, at: row.place), value: $1)
    }
  }

  private func joined(_ asked: Clamp, _ given: Clamp, _ query: Query) throws(Diagnostic) -> Clamp {
    var both = given
    for unit in asked.units {
      let place =
        query.assignments.first { $0.name.string == unitNames[unit] }?.name.place
        ?? query.function.place
      both = try adding(unit, asked[unit] ?? false, to: both, at: place)
    }
    return both
  }

  private func clamp(
    _ assignments: [Query.Assignment], _ start: Clamp
  ) throws(Diagnostic) -> Clamp {
    var clamp = start
    for assignment in assignments {
      let unit = try unit(assignment.name)
      let isOn = try isOn(assignment.value, at: assignment.name.place)
      clamp = try adding(unit, isOn, to: clamp, at: assignment.name.place)
    }
    return clamp
  }

  // MARK: Sums over states

  /// The most table entries that elimination may need for a formula: a fraction of a second.
  private static let largestEntryCount = 1 << 22
  /// The most units whose states are summed over without a table in a formula.
  private static let largestSummedUnitCount = 24

  /// ln Z of the engine's machine: by enumeration, where that is too much by elimination.
  private func logPartitionFunction(
    _ clamp: Clamp, temperature: Double, at place: Place
  ) throws(Diagnostic) -> Double {
    if let table = try? EnergyTable(machine, clamp: clamp) {
      return ExactDistribution(table, temperature: temperature).logZ
    }
    if let elimination = elimination(clamp) {
      return elimination.logPartitionFunction(temperature: temperature)
    }
    let free = machine.unitCount - clamp.units.count
    guard free <= Self.largestSummedUnitCount,
      let logZ = try? machine.logPartitionFunction(temperature: temperature, clamp: clamp)
    else { throw tooLarge(free, at: place) }
    return logZ
  }

  private func thermodynamics(
    _ clamp: Clamp, temperature: Double, at place: Place
  ) throws(Diagnostic) -> Thermodynamics {
    if let table = try? EnergyTable(machine, clamp: clamp) {
      return Thermodynamics(table, temperature: temperature)
    }
    guard let elimination = elimination(clamp) else {
      throw tooLarge(machine.unitCount - clamp.units.count, at: place)
    }
    return elimination.thermodynamics(temperature: temperature)
  }

  private func elimination(_ clamp: Clamp) -> Elimination? {
    guard let found = try? Elimination(machine, clamp: clamp),
      found.order.entryCount <= Self.largestEntryCount
    else { return nil }
    return found
  }

  private func tooLarge(_ freeCount: Int, at place: Place) -> Diagnostic {
    Diagnostic(
      "limit-exceeded", at: place,
      "\(name.quoted) has 2^\(freeCount) states, and its connections are too many to sum over "
        + "them unit by unit", hint: "hold some units after `|`, or see `estimate-z`")
  }
}
