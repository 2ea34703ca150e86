extension BoltzmannMachine {
  /// The machine with weights and biases drawn anew; nil keeps them.
  ///
  /// Draws have the purpose `weights` and step 0: the weight of connection number k is unit k of
  /// chain 0, the bias of unit i is unit i of chain 1.
  public func drawing(
    weights: ParameterDistribution? = nil, biases: ParameterDistribution? = nil,
    stream: RandomStream
  ) throws(ModelError) -> BoltzmannMachine {
    let edges = edges.enumerated().map { number, edge in
      Couplings.Edge(
        edge.first, edge.second,
        weights?.draw(chain: 0, unit: number, stream: stream) ?? edge.weight)
    }
    return try BoltzmannMachine(
      unitCount: unitCount, edges: edges,
      biases: self.biases.enumerated().map { unit, bias in
        biases?.draw(chain: 1, unit: unit, stream: stream) ?? bias
      }, visibleCount: visibleCount)
  }
}

extension ParameterDistribution {
  /// A draw in Double.
  func draw(chain: Int, unit: Int, stream: RandomStream) -> Double {
    switch self {
    case .constant(let value): value
    case .normal(let mean, let deviation):
      mean + deviation * stream.normal(.weights, step: 0, chain: chain, unit: unit)
    }
  }
}
