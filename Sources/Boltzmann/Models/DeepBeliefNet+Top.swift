extension DeepBeliefNet {
  /// ln Z of the top machine, its labels being such that exactly one is on; exact.
  ///
  /// Cost: that of `RestrictedBoltzmannMachine.logPartitionFunction`, times the number of labels.
  public func logPartitionFunction(
    threads: Int = 1, kernels: Kernels = .standard
  ) throws(EnumerationLimit) -> Double {
    if labelCount == 0 {
      return try top.logPartitionFunction(threads: threads, kernels: kernels)
    }
    let limit = RestrictedBoltzmannMachine.largestEnumeratedUnitCount
    let smaller = min(topInputCount, top.hiddenCount)
    if smaller > limit {
      throw EnumerationLimit(freeUnitCount: smaller, largestFreeUnitCount: limit)
    }
    let enumeratesInputs = topInputCount <= top.hiddenCount
    let inputs = top.visibleBiases[..<topInputCount].map(Double.init)
    let rows = (0..<topInputCount).map { top.weights.row($0).map(Double.init) }
    let columns = (0..<top.hiddenCount).map { unit in rows.map { $0[unit] } }
    return logarithmOfSum(
      (topInputCount..<top.visibleCount).map { unit in
        let hidden = zip(top.hiddenBiases, top.weights.row(unit)).map { Double($0) + Double($1) }
        let own = enumeratesInputs ? inputs : hidden
        let others = enumeratesInputs ? hidden : inputs
        let weights = enumeratesInputs ? rows : columns
        let sum = LayerSum(
          enumeratedBiases: own, summedBiases: others, weights: weights, kernels: kernels)
        let logZ =
          sum?.logarithm(threads: threads)
          ?? EnumeratedLayer(
            biases: own, otherBiases: others, weights: weights, kernels: kernels
          ).logPartitionFunction(threads: threads)
        return Double(top.visibleBiases[unit]) + logZ
      })
  }

  /// ln Z of the top machine by annealed importance sampling, with an interval at 99 %.
  ///
  /// With labels each has an estimate of its own, from its own number below the stream, and Z is
  /// their sum. Where every label's interval is Bennett's, their errors are independent and
  /// propagate; else the ends of the intervals are summed, and the interval holds if all of them do.
  /// NaN where fields are too large for any estimate.
  public func logPartitionFunction(
    by sampling: AnnealedImportanceSampling, stream: RandomStream, threads: Int = 1,
    kernels: Kernels = .standard
  ) -> (logZ: Double, interval: ClosedRange<Double>) {
    if labelCount == 0 {
      let estimate = sampling.logPartitionFunction(
        of: top, stream: stream, threads: threads, kernels: kernels)
      return (estimate.logZ, estimate.interval)
    }
    let estimates = (0..<labelCount).map { label in
      sampling.logPartitionFunction(
        of: top(given: label), stream: stream.substream(UInt64(label)), threads: threads,
        kernels: kernels)
    }
    guard estimates.allSatisfy(\.isFinite) else { return (.nan, -.infinity ... .infinity) }
    let biases = top.visibleBiases[topInputCount...].map(Double.init)
    func sum(_ value: (PartitionFunctionEstimate) -> Double) -> Double {
      logarithmOfSum(zip(biases, estimates).map { $0 + value($1) })
    }
    let logZ = sum(\.logZ)
    guard estimates.allSatisfy({ $0.method == .bennett }) else {
      return (logZ, sum(\.interval.lowerBound)...sum(\.interval.upperBound))
    }
    let squares = zip(biases, estimates).reduce(0) { squares, estimate in
      let share = exponential(estimate.0 + estimate.1.logZ - logZ)
      let halfWidth = estimate.1.interval.upperBound - estimate.1.logZ
      return squares + share * share * halfWidth * halfWidth
    }
    return (logZ, logZ - squares.squareRoot()...logZ + squares.squareRoot())
  }
}

/// The top machine of a net in Double, its hidden units summed out.
struct DoubleTop: Sendable {
  /// [input][hidden].
  private let weights: [[Double]]
  /// [label][hidden].
  private let labelWeights: [[Double]]
  private let inputBiases: [Double]
  private let labelBiases: [Double]
  private let hiddenBiases: [Double]

  init(_ net: DeepBeliefNet) {
    let rows = (0..<net.top.visibleCount).map { net.top.weights.row($0).map(Double.init) }
    let biases = net.top.visibleBiases.map(Double.init)
    (weights, labelWeights) = (
      Array(rows[..<net.topInputCount]), Array(rows[net.topInputCount...])
    )
    (inputBiases, labelBiases) = (
      Array(biases[..<net.topInputCount]), Array(biases[net.topInputCount...])
    )
    hiddenBiases = net.top.hiddenBiases.map(Double.init)
  }

  /// −F(x) of the inputs without the labels: ln Σ exp(−E(x, label, h)) over the hidden units and the
  /// labels. Any numbers may stand for x.
  func logWeight(_ inputs: [Double]) -> Double {
    let weights = logWeights(inputs)
    return labelBiases.isEmpty ? weights[0] : logarithmOfSum(weights)
  }

  /// ln Σₕ exp(−E(x, label, h)) for each label; without labels, one number.
  func logWeights(_ inputs: [Double]) -> [Double] {
    precondition(inputs.count == weights.count, "Unit counts differ.")
    var (own, fields) = (0.0, hiddenBiases)
    for (i, value) in inputs.enumerated() where value != 0 {
      own += value * inputBiases[i]
      for (j, weight) in weights[i].enumerated() { fields[j] += value * weight }
    }
    if labelBiases.isEmpty { return [fields.reduce(own) { $0 + softplus($1) }] }
    return zip(labelBiases, labelWeights).map { bias, weights in
      zip(fields, weights).reduce(own + bias) { $0 + softplus($1.0 + $1.1) }
    }
  }

  /// The chances of the labels given the hidden units: exp of their fields, normalised.
  func labelProbabilities(givenHidden isOn: (Int) -> Bool) -> [Double] {
    normalized(
      zip(labelBiases, labelWeights).map { bias, weights in
        weights.enumerated().reduce(bias) { isOn($1.offset) ? $0 + $1.element : $0 }
      })
  }
}

/// exp(xᵢ) / Σ exp(xⱼ).
func normalized(_ logWeights: [Double]) -> [Double] {
  let total = logarithmOfSum(logWeights)
  return logWeights.map { exponential($0 - total) }
}

/// ln Σ exp(xᵢ) of at least one number, in the order given.
func logarithmOfSum(_ values: [Double]) -> Double {
  let largest = values.reduce(-.infinity, max)
  if !largest.isFinite { return largest }
  var sum = CompensatedSum()
  for value in values { sum.add(exponential(value - largest)) }
  return largest + naturalLogarithm(sum.value)
}
