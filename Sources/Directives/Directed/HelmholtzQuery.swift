internal import Boltzmann
internal import Notebooks

extension HelmholtzValue: QueryableValue {
  var functions: [String] { ["p", "q"] }

  func answer(_ query: Query) throws(Diagnostic) -> Double {
    let (machine, function) = (machine(nil), query.function)
    let given = try clamp(query.given, Clamp(), machine)
    let both = try clamp(query.assignments, given, machine)
    guard !query.assignments.isEmpty, query.temperature == 1 else {
      throw Diagnostic(
        "missing-unit", at: function.place,
        "\(function.string.quoted) needs the state of a unit, and knows no temperature",
        hint: "for example \("\(function.string)(\(name), h1=1 | v1=1)".quoted)")
    }
    let recognises = function.string == "q"
    let hiddenGiven = given.units.contains { $0 >= machine.visibleCount }
    let visible = (0..<machine.visibleCount).compactMap { given[$0].map { $0 ? 1.0 : 0 } }
    if recognises, hiddenGiven || visible.count < machine.visibleCount {
      throw Diagnostic(
        "missing-unit", at: function.place,
        "`q` needs the state of every visible unit after `|`, and of no other")
    }
    do throws(EnumerationLimit) {
      let count = machine.visibleCount + machine.hiddenCount
      if !recognises {
        let p = try machine.stateProbabilities()
        return Self.sum(p, both, count) / Self.sum(p, given, count)
      }
      // Numbered without the visible units, which are given.
      let q = try machine.recognisedStateProbabilities(given: visible)
      let state = given.units.reduce(0) { $0 | (given[$1] == true ? 1 << $1 : 0) }
      return q.indices.reduce(0) { sum, hidden in
        let states = BitVector(index: UInt64(hidden << machine.visibleCount | state), count: count)
        return both.holds(in: states) ? sum + q[hidden] : sum
      }
    } catch {
      throw Diagnostic(
        "limit-exceeded", at: function.place,
        "enumerating \(name.quoted) needs \(error.states) states; the limit is \(error.limit)")
    }
  }

  /// Σ of the probabilities of the states that agree with `clamp`, in their order.
  private static func sum(_ probabilities: [Double], _ clamp: Clamp, _ count: Int) -> Double {
    var sum = CompensatedSum()
    for (state, p) in probabilities.enumerated()
    where clamp.holds(in: BitVector(index: UInt64(state), count: count)) { sum.add(p) }
    return sum.value
  }

  private func clamp(
    _ assignments: [Query.Assignment], _ start: Clamp, _ machine: HelmholtzMachine
  ) throws(Diagnostic) -> Clamp {
    var clamp = start
    for assignment in assignments {
      let unit = try unit(assignment.name, machine)
      guard assignment.value == 0 || assignment.value == 1 else {
        throw Diagnostic("out-of-range", at: assignment.name.place, "a unit is 0 or 1")
      }
      if clamp[unit] != nil {
        throw Diagnostic(
          "duplicate-name", at: assignment.name.place,
          "\(assignment.name.string.quoted) is set twice")
      }
      clamp[unit] = assignment.value == 1
    }
    return clamp
  }

  /// The number of a unit: `v1` is 0, and the hidden ones follow, layer by layer.
  private func unit(_ text: Text, _ machine: HelmholtzMachine) throws(Diagnostic) -> Int {
    let counts = ["v": machine.visibleCount, "h": machine.hiddenCount]
    let kind = String(text.string.prefix(1))
    if let count = counts[kind], let number = Int(text.string.dropFirst()), number >= 1,
      number <= count
    {
      return (kind == "v" ? 0 : machine.visibleCount) + number - 1
    }
    throw Diagnostic(
      "unknown-unit", at: text.place, "\(name.quoted) has no unit \(text.string.quoted)",
      hint: "v1 to v\(machine.visibleCount), and h1 to h\(machine.hiddenCount) from the bottom up")
  }
}
