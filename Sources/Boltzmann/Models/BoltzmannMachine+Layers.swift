extension BoltzmannMachine {
  /// The machine of both layers of a restricted one, with the same energies: visible units first,
  /// then the hidden ones.
  public init(_ layers: RestrictedBoltzmannMachine) throws(ModelError) {
    let (visible, hidden) = (layers.visibleCount, layers.hiddenCount)
    var edges: [Couplings.Edge] = []
    for i in 0..<visible {
      for (j, weight) in layers.weights.row(i).enumerated() {
        edges.append(Couplings.Edge(i, visible + j, Double(weight)))
      }
    }
    try self.init(
      unitCount: visible + hidden, edges: edges,
      biases: (layers.visibleBiases + layers.hiddenBiases).map(Double.init),
      visibleCount: visible)
  }
}
