extension RestrictedBoltzmannMachine {
  /// Σᵢ ln p(vᵢ | all other visible units) of each sample, in nats; samples [sample, visible].
  ///
  /// ln p(vᵢ | rest) = −ln(1 + exp(F(v) − F(v with unit i flipped))). In Double; does not depend on
  /// the number of threads. Cost: visible × hidden multiplications per sample, and two tables of
  /// exp(±w). Source: Besag, "Statistical analysis of non-lattice data", The Statistician 24 (1975)
  /// 179–195.
  public func logPseudoLikelihoods(of samples: BitMatrix, threads: Int = 1) -> [Double] {
    precondition(samples.columnCount == visibleCount, "A sample has one state per visible unit.")
    precondition(visibleUnits == .binary, "Only binary units are flipped.")
    let ratios = FlipRatios(self)
    return mapBlocks(of: samples.rowCount, threads: threads) { rows in
      rows.map { row in
        let state = samples.row(row)
        let hidden = ratios.hidden(given: state)
        return (0..<visibleCount).reduce(0) {
          $0 - softplus(ratios.logRatio(flipping: $1, of: state, hidden))
        }
      }
    }
  }

  /// n ln p(vᵢ | all other visible units) of each sample, for one unit i drawn uniformly from the n:
  /// its mean is that of `logPseudoLikelihoods`.
  ///
  /// Sample m draws its unit from place (order, 0, m, 0) of the stream. Source: scikit-learn,
  /// `BernoulliRBM.score_samples`.
  public func stochasticLogPseudoLikelihoods(
    of samples: BitMatrix, stream: RandomStream, threads: Int = 1
  ) -> [Double] {
    precondition(samples.columnCount == visibleCount, "A sample has one state per visible unit.")
    precondition(visibleUnits == .binary, "Only binary units are flipped.")
    return mapBlocks(of: samples.rowCount, threads: threads) { rows in
      rows.map { row in
        let unit = stream.index(below: visibleCount, .order, step: 0, chain: row, unit: 0)
        let state = samples.row(row)
        let sign = state[unit] ? -1.0 : 1.0
        var difference = sign * Double(visibleBiases[unit])
        for (field, weight) in zip(hiddenFields(state), weights.row(unit)) {
          difference += softplus(field + sign * Double(weight)) - softplus(field)
        }
        return -Double(visibleCount) * softplus(difference)
      }
    }
  }
}

/// exp(F(v) − F(v with unit i flipped)) = exp(±bᵢ) Πⱼ (p(hⱼ = 0 | v) + p(hⱼ = 1 | v) exp(±wᵢⱼ)), the
/// sign being that of the flip. All terms are positive: nothing cancels.
private struct FlipRatios: Sendable {
  typealias Lanes = SIMD8<Double>
  /// Field, p(hⱼ = 1 | v) and p(hⱼ = 0 | v) of eight units each; missing units are off.
  typealias Hidden = [(field: Lanes, on: Lanes, off: Lanes)]

  /// A product of this many factors, or of their inverses, is a normal number.
  private static let stretch = 8
  private static let largestWeight: Float = 80

  private let machine: RestrictedBoltzmannMachine
  private let weights: [[Lanes]]
  private let switchedOn: [[Lanes]]
  private let switchedOff: [[Lanes]]
  private let hasTables: Bool

  init(_ machine: RestrictedBoltzmannMachine) {
    self.machine = machine
    let rows = (0..<machine.visibleCount).map { machine.weights.row($0) }
    let hasTables = rows.allSatisfy { $0.allSatisfy { abs($0) <= Self.largestWeight } }
    func table(_ value: (Double) -> Double) -> [[Lanes]] {
      rows.map { Self.lanes($0.map { value(Double($0)) }, padding: value(0)) }
    }
    weights = table { $0 }
    switchedOn = hasTables ? table { exponential($0) } : []
    switchedOff = hasTables ? table { exponential(-$0) } : []
    self.hasTables = hasTables
  }

  func hidden(given state: BitVector) -> Hidden {
    // A missing unit has no field: σ(−∞) = 0.
    var fields = Self.lanes(machine.hiddenBiases.map(Double.init), padding: -.infinity)
    for unit in 0..<state.count where state[unit] {
      for (place, weight) in weights[unit].enumerated() { fields[place] += weight }
    }
    return fields.map { field in
      var (on, off) = (Lanes.zero, Lanes.zero)
      for lane in 0..<Lanes.scalarCount {
        (on[lane], off[lane]) = (logistic(field[lane]), logistic(-field[lane]))
      }
      return (field, on, off)
    }
  }

  /// F(v) − F(v with a unit flipped).
  func logRatio(flipping unit: Int, of state: BitVector, _ hidden: Hidden) -> Double {
    let sign = state[unit] ? -1.0 : 1.0
    let bias = sign * Double(machine.visibleBiases[unit])
    guard hasTables else { return bias + sumOfLogarithms(unit, sign, hidden) }
    let factors = state[unit] ? switchedOff[unit] : switchedOn[unit]
    var total = LogProduct()
    for start in stride(from: 0, to: hidden.count, by: Self.stretch) {
      var products = Lanes(repeating: 1)
      for place in start..<min(start + Self.stretch, hidden.count) {
        products *= hidden[place].off + hidden[place].on * factors[place]
      }
      for lane in 0..<Lanes.scalarCount { total.multiply(by: products[lane]) }
    }
    return bias + total.logarithm
  }

  /// Σⱼ of the logarithms term by term, where exponentials of weights are out of range.
  private func sumOfLogarithms(_ unit: Int, _ sign: Double, _ hidden: Hidden) -> Double {
    var sum = 0.0
    for (place, unitLanes) in hidden.enumerated() {
      let flipped = unitLanes.field + sign * weights[unit][place]
      for lane in 0..<Lanes.scalarCount {
        sum += softplus(flipped[lane]) - softplus(unitLanes.field[lane])
      }
    }
    return sum
  }

  private static func lanes(_ values: [Double], padding: Double) -> [Lanes] {
    stride(from: 0, to: values.count, by: Lanes.scalarCount).map { start in
      var lanes = Lanes(repeating: padding)
      for index in start..<min(start + Lanes.scalarCount, values.count) {
        lanes[index - start] = values[index]
      }
      return lanes
    }
  }
}
