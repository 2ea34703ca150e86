/// The exact mean steps of a Helmholtz machine, summed over all states of neighbouring layers.
struct EnumeratedGradient {
  private let machine: HelmholtzMachine
  private let tables: HelmholtzTables
  /// The units of each state of each hidden layer.
  private let units: [[[Double]]]

  init(_ machine: HelmholtzMachine) throws(EnumerationLimit) {
    self.machine = machine
    tables = try HelmholtzTables(machine)
    units = machine.layerSizes.dropFirst().map { size in
      (0..<1 << size).map { HelmholtzTables.units($0, size) }
    }
  }

  /// The mean over the rows of E[∂ ln p(v, h)/∂θ], where ln of the law of the first hidden layer is
  /// `first(row)`, and that of each layer given the one below is in `above`.
  func generative(
    on data: BitMatrix, threads: Int,
    first: @Sendable (HelmholtzTables, Int) -> [Double],
    above: (HelmholtzTables) -> [[[Double]]]
  ) -> HelmholtzGradient {
    let parts = mapBlocks(of: data.rowCount, threads: threads) { rows in
      rows.map { row in firstLayer(data.values(row), first(tables, row).map(exponential)) }
    }
    var gradient = HelmholtzGradient(machine)
    var shares = [Double](repeating: 0, count: units[0].count)
    let share = 1 / Double(data.rowCount)
    for part in parts {
      gradient.generative[0].combine(part.gradient) { $0 + share * $1 }
      for (state, weight) in part.weights.enumerated() { shares[state] += share * weight }
    }
    for (layer, table) in above(tables).enumerated() {
      shares = addHiddenLayer(layer, table, shares, to: &gradient.generative[layer + 1])
    }
    let top = machine.generative.count - 1
    addTop(shares, to: &gradient.generative[top])
    return gradient
  }

  /// One row's step of the connections between the visible and the first hidden layer.
  private func firstLayer(
    _ visible: [Double], _ weights: [Double]
  ) -> (gradient: AffineLayer, weights: [Double]) {
    var gradient = machine.generative[0].zeros
    for (state, weight) in weights.enumerated() where weight > 0 {
      let means = machine.visibleProbabilities(given: units[0][state])
      gradient.addProduct(units[0][state], zip(visible, means).map { weight * ($0 - $1) })
    }
    return (gradient, weights)
  }

  /// Adds the step of the connections between hidden layer `layer` and the one above it, whose law
  /// given the lower one is in `table`; the shares of the upper layer's states.
  private func addHiddenLayer(
    _ layer: Int, _ table: [[Double]], _ shares: [Double], to gradient: inout AffineLayer
  ) -> [Double] {
    var upperShares = [Double](repeating: 0, count: units[layer + 1].count)
    // Σ over lower states of weight · x, for each upper state.
    var sums = units[layer + 1].map { _ in [Double](repeating: 0, count: units[layer][0].count) }
    for (lower, row) in table.enumerated() where shares[lower] > 0 {
      for (upper, logWeight) in row.enumerated() {
        let weight = shares[lower] * exponential(logWeight)
        upperShares[upper] += weight
        for (unit, value) in units[layer][lower].enumerated() where value != 0 {
          sums[upper][unit] += weight
        }
      }
    }
    for (upper, inputs) in units[layer + 1].enumerated() {
      let means = machine.generative[layer + 1].outputs(of: inputs).map(logistic)
      gradient.addProduct(inputs, zip(sums[upper], means).map { $0 - upperShares[upper] * $1 })
    }
    return upperShares
  }

  private func addTop(_ shares: [Double], to gradient: inout AffineLayer) {
    let means = machine.generative[machine.generative.count - 1].biases.map(logistic)
    for (state, share) in shares.enumerated() {
      let top = units[units.count - 1][state]
      gradient.addProduct([], zip(top, means).map { share * ($0 - $1) })
    }
  }

  /// The gradient of the mean bound along the recognition net.
  func boundAlongRecognition(on data: BitMatrix, threads: Int) -> [AffineLayer] {
    let ratios = tables.expectedRatios
    let rows = mapBlocks(of: data.rowCount, threads: threads) { rows in
      rows.map { row -> (q: [Double], visible: [Double], sums: [Double]) in
        let visible = data.values(row)
        let joint = tables.mixture.logTerms(data.row(row))
        let logQ = tables.recognised(in: visible)
        let returns = joint.indices.map {
          joint[$0] - tables.priors[0][$0] - logQ[$0] + ratios[0][$0]
        }
        return (
          logQ.map(exponential), visible,
          covariances(
            logQ.map(exponential), returns, machine.recognition[0].outputs(of: visible), 0)
        )
      }
    }
    var gradient = machine.recognition.map(\.zeros)
    var shares = [Double](repeating: 0, count: units[0].count)
    let share = 1 / Double(rows.count)
    for row in rows {
      gradient[0].addProduct(row.visible, row.sums.map { share * $0 })
      for (state, q) in row.q.enumerated() { shares[state] += share * q }
    }
    for layer in tables.recognition.indices {
      var upperShares = [Double](repeating: 0, count: units[layer + 1].count)
      for (lower, inputs) in units[layer].enumerated() {
        let logQ = tables.recognition[layer][lower]
        let returns = logQ.indices.map {
          tables.generative[layer][lower][$0] - logQ[$0] + ratios[layer + 1][$0]
        }
        let q = logQ.map { shares[lower] * exponential($0) }
        let fields = machine.recognition[layer + 1].outputs(of: inputs)
        gradient[layer + 1].addProduct(inputs, covariances(q, returns, fields, layer + 1))
        for (upper, weight) in q.enumerated() { upperShares[upper] += weight }
      }
      shares = upperShares
    }
    return gradient
  }

  /// Σ weight(y) · value(y) · (yⱼ − σ(fⱼ)) for each unit j of a hidden layer.
  private func covariances(
    _ weights: [Double], _ values: [Double], _ fields: [Double], _ layer: Int
  ) -> [Double] {
    var sums = [Double](repeating: 0, count: fields.count)
    let means = fields.map(logistic)
    for (state, weight) in weights.enumerated() where weight > 0 {
      for (unit, value) in units[layer][state].enumerated() {
        sums[unit] += weight * values[state] * (value - means[unit])
      }
    }
    return sums
  }

  /// The mean step of the recognition net in the sleep phase.
  func sleep(threads: Int) -> [AffineLayer] {
    var gradient = machine.recognition.map(\.zeros)
    let count = machine.visibleCount
    let size = min(1 << count, 1024)
    let parts = mapConcurrently((1 << count) / size, threads: threads) { part in
      var gradient = machine.recognition[0].zeros
      for state in part * size..<(part + 1) * size {
        let visible = BitVector(index: UInt64(state), count: count)
        let inputs = HelmholtzTables.units(state, count)
        let joint = tables.mixture.logTerms(visible).map(exponential)
        gradient.addProduct(
          inputs, differences(joint, machine.recognition[0].outputs(of: inputs), 0))
      }
      return gradient
    }
    for part in parts { gradient[0].combine(part) { $0 + $1 } }
    for layer in tables.generative.indices {
      for (lower, inputs) in units[layer].enumerated() {
        let joint = zip(tables.generative[layer][lower], tables.priors[layer + 1]).map {
          exponential($0 + $1)
        }
        let fields = machine.recognition[layer + 1].outputs(of: inputs)
        gradient[layer + 1].addProduct(inputs, differences(joint, fields, layer + 1))
      }
    }
    return gradient
  }

  /// Σ weight(y) (yⱼ − σ(fⱼ)) for each unit j of a hidden layer.
  private func differences(_ weights: [Double], _ fields: [Double], _ layer: Int) -> [Double] {
    var sums = [Double](repeating: 0, count: fields.count)
    var total = 0.0
    for (state, weight) in weights.enumerated() {
      total += weight
      for (unit, value) in units[layer][state].enumerated() where value != 0 {
        sums[unit] += weight
      }
    }
    return zip(sums, fields).map { $0 - total * logistic($1) }
  }
}
