internal import Boltzmann
internal import Notebooks

/// What formulas ask an RBM: as a machine of units `v1`, …, `h1`, …, and where that is possible
/// without making one.
extension RBMSource {
  var functions: [String] {
    shown.visibleUnits == .binary ? ["E", "F", "Z", "lnZ", "U", "entropy", "p"] : ["F", "lnZ"]
  }

  var takesRows: Bool { true }

  func answer(_ query: Query) throws(Diagnostic) -> Double {
    let machine = shown
    let function = query.function.string
    let isPlain = query.temperature == 1 && query.given.isEmpty && query.assignments.isEmpty
    if isPlain, function == "F", let row = query.row, row.values.count == machine.visibleCount,
      machine.visibleUnits == .gaussian || row.values.allSatisfy({ $0 == 0 || $0 == 1 })
    {
      return machine.freeEnergies(
        of: VisibleData(Dataset(values: row.values, unitCount: machine.visibleCount)))[0]
    }
    if isPlain, query.row == nil, ["F", "Z", "lnZ"].contains(function) {
      let logZ = try logPartitionFunction(of: machine, at: query.function.place)
      return function == "F" ? 0 - logZ : function == "Z" ? exponential(logZ) : logZ
    }
    guard machine.visibleUnits == .binary else {
      throw Diagnostic(
        "bad-expression", at: query.function.place,
        "an RBM with Gaussian units answers only `F(NAME, ROW)` and `lnZ(NAME)`")
    }
    let place = query.function.place
    return try MachineValue(machine, name: "the RBM", called: Text("the RBM", at: place))
      .answer(query)
  }

  private func logPartitionFunction(
    of machine: RestrictedBoltzmannMachine, at place: Place
  ) throws(Diagnostic) -> Double {
    let smaller =
      machine.visibleUnits == .binary
      ? min(machine.visibleCount, machine.hiddenCount) : machine.hiddenCount
    guard smaller <= 20, let logZ = try? machine.logPartitionFunction() else {
      throw Diagnostic(
        "limit-exceeded", at: place,
        "the smaller layer has 2^\(smaller) states; in formulas 2^20 are summed over",
        hint: "see `estimate-z`")
    }
    return logZ
  }
}
