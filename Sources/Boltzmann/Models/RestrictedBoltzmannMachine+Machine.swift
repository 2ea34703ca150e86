extension BoltzmannMachine {
  /// A restricted machine as a general one, exactly: the visible units come first, hidden unit j
  /// is unit visibleCount + j. All units are binary.
  public init(_ machine: RestrictedBoltzmannMachine) throws(ModelError) {
    precondition(machine.visibleUnits == .binary, "A Boltzmann machine has binary units.")
    var edges: [Couplings.Edge] = []
    for i in 0..<machine.visibleCount {
      for (j, weight) in machine.weights.row(i).enumerated() {
        edges.append(Couplings.Edge(i, machine.visibleCount + j, Double(weight)))
      }
    }
    try self.init(
      unitCount: machine.visibleCount + machine.hiddenCount, edges: edges,
      biases: (machine.visibleBiases + machine.hiddenBiases).map(Double.init),
      visibleCount: machine.visibleCount)
  }
}
