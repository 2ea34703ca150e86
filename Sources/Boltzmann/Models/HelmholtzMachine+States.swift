extension HelmholtzMachine {
  /// The most units of all layers whose joint states are enumerated.
  public static let largestEnumeratedUnitCount = 16

  /// p(x) of all states of all units, unit 0 of the visible layer being bit 0 and the layers
  /// following from the bottom up.
  public func stateProbabilities() throws(EnumerationLimit) -> [Double] {
    try checkStates()
    return (0..<1 << (visibleCount + hiddenCount)).map { state in
      let layers = layers(of: state, from: 0)
      var logarithm = 0.0
      for (layer, connections) in generative.enumerated() {
        let above = layer + 1 < layers.count ? layers[layer + 1] : []
        logarithm += Self.logProbability(of: layers[layer], fields: connections.outputs(of: above))
      }
      return exponential(logarithm)
    }
  }

  /// q(h | v) of all states of all hidden units, unit 0 of the first hidden layer being bit 0.
  public func recognisedStateProbabilities(
    given visible: [Double]
  ) throws(EnumerationLimit) -> [Double] {
    precondition(visible.count == visibleCount, "Unit counts differ.")
    try checkStates()
    return (0..<1 << hiddenCount).map { state in
      let layers = [visible] + layers(of: state, from: 1)
      var logarithm = 0.0
      for (layer, connections) in recognition.enumerated() {
        logarithm += Self.logProbability(
          of: layers[layer + 1], fields: connections.outputs(of: layers[layer]))
      }
      return exponential(logarithm)
    }
  }

  private func checkStates() throws(EnumerationLimit) {
    let units = visibleCount + hiddenCount
    if units > Self.largestEnumeratedUnitCount {
      throw EnumerationLimit(
        freeUnitCount: units, largestFreeUnitCount: Self.largestEnumeratedUnitCount)
    }
  }

  private func layers(of state: Int, from first: Int) -> [[Double]] {
    var shift = 0
    return layerSizes[first...].map { size in
      defer { shift += size }
      return (0..<size).map { Double(state >> (shift + $0) & 1) }
    }
  }

  private static func logProbability(of states: [Double], fields: [Double]) -> Double {
    zip(states, fields).reduce(0) { $0 + $1.0 * $1.1 - softplus($1.1) }
  }
}
