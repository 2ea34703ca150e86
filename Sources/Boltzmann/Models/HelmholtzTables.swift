/// All states of all hidden layers of a Helmholtz machine: what is exact is computed from this.
///
/// Unit i of a layer is bit i of its state. Layers depend on their neighbours alone, so that tables
/// over pairs of neighbouring layers suffice. Everything in Double and in nats.
struct HelmholtzTables: Sendable {
  let machine: HelmholtzMachine
  /// The visible units, with component x₁ of weight p(x₁): its terms are ln p(v, x₁).
  let mixture: BernoulliMixture
  /// ln p(x) of each hidden layer, the first at 0.
  let priors: [[Double]]
  /// ln p(x | y) for a hidden layer x and the one above it y, [layer][x][y].
  let generative: [[[Double]]]
  /// ln q(y | x), [layer][x][y].
  let recognition: [[[Double]]]

  init(_ machine: HelmholtzMachine) throws(EnumerationLimit) {
    let hidden = Array(machine.layerSizes.dropFirst())
    if hidden[0] > HelmholtzMachine.largestFirstLayer {
      throw EnumerationLimit(
        freeUnitCount: hidden[0], largestFreeUnitCount: HelmholtzMachine.largestFirstLayer)
    }
    for (below, above) in zip(hidden, hidden.dropFirst())
    where below + above > HelmholtzMachine.largestLayerPair {
      throw EnumerationLimit(
        freeUnitCount: below + above, largestFreeUnitCount: HelmholtzMachine.largestLayerPair)
    }
    self.machine = machine
    generative = machine.generative.dropFirst().dropLast().map {
      Self.transposed(Self.logConditionals($0))
    }
    recognition = machine.recognition.dropFirst().map { Self.logConditionals($0) }
    var priors = [Self.logProbabilities(machine.generative[hidden.count].biases)]
    for table in generative.reversed() {
      let above = priors[0]
      priors.insert(
        table.map { row in logSumOfExponentials(zip(row, above).map { $0 + $1 }) }, at: 0)
    }
    self.priors = priors
    mixture = BernoulliMixture(
      priors[0].enumerated().map { state, prior in
        (prior, machine.generative[0].outputs(of: Self.units(state, hidden[0])))
      })
  }

  /// ln p(y | x), that is, ln p(x | y) + ln p(y) − ln p(x), [layer][x][y].
  var posterior: [[[Double]]] {
    generative.enumerated().map { layer, table in
      zip(table, priors[layer]).map { row, prior in
        zip(row, priors[layer + 1]).map { $0 + $1 - prior }
      }
    }
  }

  /// For each state x of each hidden layer, the mean over the layers above, drawn from q, of
  /// ln p(x, above) − ln q(above | x).
  var expectedRatios: [[Double]] {
    var ratios = [priors[priors.count - 1]]
    for layer in generative.indices.reversed() {
      let above = ratios[0]
      ratios.insert(
        zip(generative[layer], recognition[layer]).map { p, q in
          Self.mean(under: q) { p[$0] - q[$0] + above[$0] }
        }, at: 0)
    }
    return ratios
  }

  /// Σ exp(lₖ) f(k), where the terms that have no weight do not count.
  static func mean(under logWeights: [Double], _ value: (Int) -> Double) -> Double {
    var sum = CompensatedSum()
    for (state, logWeight) in logWeights.enumerated() {
      let weight = exponential(logWeight)
      if weight > 0 { sum.add(weight * value(state)) }
    }
    return sum.value
  }

  /// ln q(x₁ | v) for all x₁.
  func recognised(in visible: [Double]) -> [Double] {
    Self.logProbabilities(machine.recognition[0].outputs(of: visible))
  }

  /// The units of a state as 0 and 1.
  static func units(_ state: Int, _ count: Int) -> [Double] {
    (0..<count).map { Double(state >> $0 & 1) }
  }

  /// ln Πᵢ p(xᵢ) = Σ xᵢ fᵢ − ln(1 + exp fᵢ) for all states x.
  static func logProbabilities(_ fields: [Double]) -> [Double] {
    var table = [fields.reduce(0) { $0 - softplus($1) }]
    table.reserveCapacity(1 << fields.count)
    for field in fields { table += table.map { $0 + field } }
    return table
  }

  /// ln of the probability of each state of the outputs, [state of the inputs][state of the outputs].
  private static func logConditionals(_ layer: AffineLayer) -> [[Double]] {
    (0..<1 << layer.inputCount).map { state in
      logProbabilities(layer.outputs(of: units(state, layer.inputCount)))
    }
  }

  private static func transposed(_ table: [[Double]]) -> [[Double]] {
    table[0].indices.map { column in table.map { $0[column] } }
  }
}
