extension BeliefNet {
  /// A sigmoid net in layers: every unit of a layer is a parent of every unit of the next.
  ///
  /// Draws have the purpose `weights` and step 0: weight number k, layer by layer and unit by unit,
  /// is unit k of chain 0, the bias of unit i is unit i of chain 1.
  public static func layered(
    _ sizes: [Int], weights: ParameterDistribution, biases: ParameterDistribution,
    stream: RandomStream
  ) throws(BeliefNetError) -> BeliefNet {
    precondition(sizes.allSatisfy { $0 >= 0 }, "A layer has no negative number of units.")
    var units: [Unit] = []
    var weightCount = 0
    var parents: [Int] = []
    for size in sizes {
      let layer = Array(units.count..<units.count + size)
      for number in layer {
        let drawn = parents.indices.map {
          weights.draw(chain: 0, unit: weightCount + $0, stream: stream)
        }
        weightCount += parents.count
        let bias = biases.draw(chain: 1, unit: number, stream: stream)
        units.append(Unit(parents: parents, .sigmoid(bias: bias, weights: drawn)))
      }
      parents = layer
    }
    return try BeliefNet(units)
  }
}
