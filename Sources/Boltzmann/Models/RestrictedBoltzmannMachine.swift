/// A Boltzmann machine of two layers of units without connections inside a layer.
///
/// E(v, h) = −Σᵢⱼ wᵢⱼ vᵢ hⱼ − Σᵢ bᵢ vᵢ − Σⱼ cⱼ hⱼ with v, h in {0, 1}. With Gaussian visible units,
/// E(v, h) = ½ Σᵢ (vᵢ − bᵢ)² − Σᵢⱼ wᵢⱼ vᵢ hⱼ − Σⱼ cⱼ hⱼ with real v: given h they are normal with mean
/// bᵢ + Σⱼ wᵢⱼ hⱼ and variance 1. Weights have the shape [visible, hidden]. Source: Hinton, "A
/// practical guide to training restricted Boltzmann machines", 2010, section 13.2.
public struct RestrictedBoltzmannMachine: Sendable, Hashable {
  /// wᵢⱼ, shape [visible, hidden].
  public internal(set) var weights: Matrix
  /// bᵢ.
  public internal(set) var visibleBiases: [Float]
  /// cⱼ.
  public internal(set) var hiddenBiases: [Float]
  /// What the visible units are; the hidden ones are binary.
  public let visibleUnits: VisibleUnits

  /// The number of visible units.
  public var visibleCount: Int { weights.rowCount }
  /// The number of hidden units.
  public var hiddenCount: Int { weights.columnCount }

  /// A machine with finite parameters of matching shapes.
  public init(
    weights: Matrix, visibleBiases: [Float], hiddenBiases: [Float],
    visibleUnits: VisibleUnits = .binary
  ) throws(ModelError) {
    for (biases, count) in [
      (visibleBiases, weights.rowCount), (hiddenBiases, weights.columnCount),
    ] {
      if biases.count != count { throw .biasCount(biases.count, unitCount: count) }
    }
    for (unit, bias) in (visibleBiases + hiddenBiases).enumerated() where !bias.isFinite {
      throw .biasNotFinite(unit, Double(bias))
    }
    for row in 0..<weights.rowCount {
      for (column, weight) in weights.row(row).enumerated() where !weight.isFinite {
        throw .weightNotFinite(row, column, Double(weight))
      }
    }
    (self.weights, self.visibleBiases, self.hiddenBiases) = (weights, visibleBiases, hiddenBiases)
    self.visibleUnits = visibleUnits
  }

  /// A machine whose parameters are drawn, rounded to Float.
  ///
  /// Draws have the purpose `weights` and step 0: weight (i, j) is unit i · hiddenCount + j of
  /// chain 0, visible bias i is unit i of chain 1, hidden bias j unit j of chain 2.
  public init(
    visibleCount: Int, hiddenCount: Int, weights: ParameterDistribution,
    visibleBiases: ParameterDistribution = .constant(0),
    hiddenBiases: ParameterDistribution = .constant(0), visibleUnits: VisibleUnits = .binary,
    stream: RandomStream
  ) {
    precondition(visibleCount >= 1 && hiddenCount >= 1, "Each layer has at least one unit.")
    self.visibleUnits = visibleUnits
    self.weights = Matrix(rows: visibleCount, columns: hiddenCount) { row, column in
      weights.value(chain: 0, unit: row * hiddenCount + column, stream: stream)
    }
    self.visibleBiases = (0..<visibleCount).map {
      visibleBiases.value(chain: 1, unit: $0, stream: stream)
    }
    self.hiddenBiases = (0..<hiddenCount).map {
      hiddenBiases.value(chain: 2, unit: $0, stream: stream)
    }
  }

  /// E(v, h) in Double.
  public func energy(visible: BitVector, hidden: BitVector) -> Double {
    precondition(hidden.count == hiddenCount, "Unit counts differ.")
    var energy = visibleEnergy(visible)
    for i in 0..<visibleCount where visible[i] {
      for j in 0..<hiddenCount where hidden[j] { energy -= Double(weights[i, j]) }
    }
    for j in 0..<hiddenCount where hidden[j] { energy -= Double(hiddenBiases[j]) }
    return energy
  }

  /// F(v) = −ln Σₕ exp(−E(v, h)) = −b·v − Σⱼ ln(1 + exp(cⱼ + Σᵢ vᵢ wᵢⱼ)) in Double, in nats; with
  /// ½ Σᵢ (vᵢ − bᵢ)² in place of −b·v for Gaussian visible units.
  public func freeEnergy(_ visible: BitVector) -> Double {
    hiddenFields(visible).reduce(visibleEnergy(visible)) { $0 - softplus($1) }
  }

  /// cⱼ + Σᵢ vᵢ wᵢⱼ in Double, i ascending.
  func hiddenFields(_ visible: BitVector) -> [Double] {
    var fields = hiddenBiases.map(Double.init)
    for i in 0..<visibleCount where visible[i] {
      for (j, weight) in weights.row(i).enumerated() { fields[j] += Double(weight) }
    }
    return fields
  }

  /// What the visible units have by themselves.
  private func visibleEnergy(_ visible: BitVector) -> Double {
    precondition(visible.count == visibleCount, "Unit counts differ.")
    return visibleBiases.enumerated().reduce(0) { energy, unit in
      let (value, bias) = (visible[unit.offset] ? 1.0 : 0, Double(unit.element))
      switch visibleUnits {
      case .binary: return energy - value * bias
      case .gaussian: return energy + 0.5 * (value - bias) * (value - bias)
      }
    }
  }
}

/// How a parameter is drawn before learning.
public enum ParameterDistribution: Sendable, Hashable {
  /// Always this value.
  case constant(Double)
  /// Normal with this mean and standard deviation.
  case normal(mean: Double, standardDeviation: Double)

  func value(chain: Int, unit: Int, stream: RandomStream) -> Float {
    switch self {
    case .constant(let value): Float(value)
    case .normal(let mean, let deviation):
      Float(mean + deviation * stream.normal(.weights, step: 0, chain: chain, unit: unit))
    }
  }
}
