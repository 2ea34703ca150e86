/// A deep belief net all of whose hidden states below the top machine are visited: p(v) and the
/// variational bound, exact.
///
/// With u(x^{L−1}) = −F(x^{L−1}) of the top machine,
/// ln p(v) Z = ln Σ exp(u(x¹) + ln p(v | x¹)), layer by layer from the top, and
/// ln p(v) Z ≥ Σ q(x¹ | v) (u(x¹) + ln p(v | x¹) − ln q(x¹ | v)), where the bound of x¹ itself takes
/// the place of u(x¹) further down. All in Double. Source: Hinton, Osindero, Teh 2006, section 4.
public struct EnumeratedDeepBeliefNet: Sendable {
  /// The most states of a hidden layer below the top machine, as a power of two.
  public static let largestUnitCount = 16
  /// The most units of two neighbouring hidden layers below the top machine.
  public static let largestPairedUnitCount = 22
  /// The most fields that are kept: states of a layer times units below it.
  static let largestFieldCount = 1 << 22

  /// What is known of a state of the visible layer, all without ln Z, in nats.
  public struct Row: Sendable, Hashable {
    /// ln p(v) + ln Z.
    public let logWeight: Double
    /// The bound of ln p(v) + ln Z that the way up gives.
    public let bound: Double
    /// The entropy of q(x¹, …, x^{L−1} | v), which is a part of the bound.
    public let entropy: Double
  }

  private let net: DeepBeliefNet
  /// Of the lowest hidden layer, where it is not that of the top machine.
  private let above: [Row]
  private let pairs: [LayerPair]

  /// A net of few enough hidden units below the top machine's own.
  public init(_ net: DeepBeliefNet) throws(EnumerationLimit) {
    self.net = net
    let counts = net.layers.map(\.up.outputCount)
    for (index, layer) in net.layers.enumerated() {
      let states = Self.largestFieldCount / layer.up.inputCount
      let limit = min(Self.largestUnitCount, Int.bitWidth - 1 - states.leadingZeroBitCount)
      if counts[index] > limit {
        throw EnumerationLimit(freeUnitCount: counts[index], largestFreeUnitCount: limit)
      }
      if index > 0, counts[index - 1] + counts[index] > Self.largestPairedUnitCount {
        throw EnumerationLimit(
          freeUnitCount: counts[index - 1] + counts[index],
          largestFreeUnitCount: Self.largestPairedUnitCount)
      }
    }
    let pairs = net.layers.map { LayerPair($0) }
    self.pairs = pairs
    guard let last = counts.last else {
      above = []
      return
    }
    let top = DoubleTop(net)
    var rows = (0..<1 << last).map { state in
      let weight = top.logWeight((0..<last).map { Double(state >> $0 & 1) })
      return Row(logWeight: weight, bound: weight, entropy: 0)
    }
    for index in pairs.indices.dropFirst().reversed() {
      let count = counts[index - 1]
      let table = rows
      rows = (0..<1 << count).map { state in
        pairs[index].row((0..<count).map { Double(state >> $0 & 1) }, above: table)
      }
    }
    above = rows
  }

  /// What is known of each row of data; the result does not depend on the number of threads.
  ///
  /// Cost for each row: 2 to the power of the lowest hidden layer's units, times the units that are
  /// on, additions and two exponentials.
  public func rows(_ data: BitMatrix, threads: Int = 1) -> [Row] {
    precondition(data.columnCount == net.visibleCount, "Unit counts differ.")
    let top = DoubleTop(net)
    return mapBlocks(of: data.rowCount, threads: threads) { rows in
      rows.map { row in
        let visible = (0..<data.columnCount).map { data[row, $0] ? 1.0 : 0 }
        guard let first = pairs.first else {
          let weight = top.logWeight(visible)
          return Row(logWeight: weight, bound: weight, entropy: 0)
        }
        return first.row(visible, above: above)
      }
    }
  }
}

/// Two neighbouring layers, the states of the upper one enumerated.
private struct LayerPair: Sendable {
  private let up: AffineLayer
  /// For each lower unit its field in every state of the upper layer.
  private let fields: [[Double]]
  /// Σ ln(1 + exp(field)) of each state, negative.
  private let norms: [Double]

  init(_ layer: DeepBeliefNet.Layer) {
    up = AffineLayer(layer.up)
    let down = AffineLayer(layer.down)
    fields = (0..<down.outputCount).map { unit in
      var fields = [down.biases[unit]]
      for upper in 0..<down.inputCount {
        let weight = down.weights[upper * down.outputCount + unit]
        fields += fields.map { $0 + weight }
      }
      return fields
    }
    var norms = [Double](repeating: 0, count: 1 << down.inputCount)
    for fields in fields {
      for (state, field) in fields.enumerated() { norms[state] -= softplus(field) }
    }
    self.norms = norms
  }

  /// What the table of the upper layer's states says of a state of the lower one.
  func row(
    _ lower: [Double], above: [EnumeratedDeepBeliefNet.Row]
  ) -> EnumeratedDeepBeliefNet.Row {
    var likelihoods = norms
    for (unit, fields) in fields.enumerated() where lower[unit] == 1 {
      for state in likelihoods.indices { likelihoods[state] += fields[state] }
    }
    let upFields = up.outputs(of: lower)
    var logs = [upFields.reduce(0) { $0 - softplus($1) }]
    for field in upFields { logs += logs.map { $0 + field } }
    let weight = logarithmOfSum(zip(likelihoods, above).map { $0 + $1.logWeight })
    var (bound, entropy) = (CompensatedSum(), CompensatedSum())
    for (state, log) in logs.enumerated() {
      let q = exponential(log)
      bound.add(q * (likelihoods[state] + above[state].bound - log))
      entropy.add(q * (above[state].entropy - log))
    }
    return EnumeratedDeepBeliefNet.Row(
      logWeight: weight, bound: bound.value, entropy: entropy.value)
  }
}
