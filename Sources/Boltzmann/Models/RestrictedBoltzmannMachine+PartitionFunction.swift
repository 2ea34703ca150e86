extension RestrictedBoltzmannMachine {
  /// The most units the smaller layer may have for its states to be enumerated: 2³⁰ states.
  public static let largestEnumeratedUnitCount = 30

  /// ln Z = ln Σ exp(−E(v, h)): the states of the smaller layer are enumerated, the other layer is
  /// summed out analytically, all in Double. Gaussian visible units are integrated out always.
  ///
  /// Every sum has one order and its parts are merged in a fixed binary tree: the result depends
  /// neither on the number of threads nor on the kernels. Cost: 2 to the power of the smaller
  /// layer's units, times the units of the larger, times a tenth of a nanosecond; where a field can
  /// exceed 300, times the cost of an exponential and a logarithm.
  public func logPartitionFunction(
    threads: Int = 1, kernels: Kernels = .standard
  ) throws(EnumerationLimit) -> Double {
    let layer = try EnumeratedLayer(self, kernels: kernels)
    let sum =
      visibleUnits == .gaussian
      ? nil
      : LayerSum(
        enumeratedBiases: layer.biases, summedBiases: layer.otherBiases, weights: layer.weights,
        kernels: kernels)
    return sum?.logarithm(threads: threads) ?? layer.logPartitionFunction(threads: threads)
  }
}
