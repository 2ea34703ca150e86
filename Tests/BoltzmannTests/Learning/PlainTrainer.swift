@testable import Boltzmann

/// Contrastive divergence in Double, one number at a time, for comparison.
///
/// Centering is written as it is meant: the parameters are those of the centred machine,
/// b′ = b + Wλ and c′ = c + Wᵀμ, which are rewritten whenever λ moves.
struct PlainTrainer {
  let settings: ContrastiveDivergence
  let stream: RandomStream
  let isGaussian: Bool
  var steps = 1
  var weights: [[Double]]
  var b: [Double]
  var c: [Double]
  var mu: [Double]
  var lambda: [Double]
  var activity: [Double]?
  var chains: [[Double]]?
  private var velocity: (w: [[Double]], b: [Double], c: [Double])
  private var halfSteps = 0

  init(
    _ settings: ContrastiveDivergence, _ machine: RestrictedBoltzmannMachine,
    _ stream: RandomStream, data: VisibleData? = nil
  ) {
    (self.settings, self.stream) = (settings, stream)
    isGaussian = machine.visibleUnits == .gaussian
    steps = settings.steps.steps(inEpoch: 0)
    weights = (0..<machine.visibleCount).map { machine.weights.row($0).map(Double.init) }
    b = machine.visibleBiases.map(Double.init)
    c = machine.hiddenBiases.map(Double.init)
    mu = b.map { _ in 0 }
    lambda = c.map { _ in 0 }
    velocity = (weights.map { $0.map { _ in 0 } }, mu, lambda)
    if settings.isCentered, let data {
      for row in 0..<data.count {
        for (i, value) in data.values(row).enumerated() { mu[i] += value / Double(data.count) }
      }
      for j in c.indices { for i in b.indices { c[j] += weights[i][j] * mu[i] } }
    }
    if case .persistent(let count) = settings.chains {
      chains = (0..<count).map { m in
        b.indices.map { i in
          isGaussian
            ? stream.normal(.initialState, step: 0, chain: m, unit: i)
            : Double(stream.word(.initialState, step: 0, chain: m, unit: i) >> 31)
        }
      }
    }
  }

  func hidden(_ v: [Double]) -> [Double] {
    c.indices.map { j in
      logistic(v.indices.reduce(c[j]) { $0 + (v[$1] - mu[$1]) * weights[$1][j] })
    }
  }

  func visible(_ h: [Double]) -> [Double] {
    b.indices.map { i in
      let field = h.indices.reduce(b[i]) { $0 + (h[$1] - lambda[$1]) * weights[i][$1] }
      return isGaussian ? field : logistic(field)
    }
  }

  func states(_ p: [Double], step: Int, chain: Int) -> [Double] {
    p.indices.map { unit in
      Double(stream.word(.layer, step: step, chain: chain, unit: unit)) < p[unit] * 0x1p32 ? 1 : 0
    }
  }

  private func drawn(_ v: [Double], step: Int, chain: Int) -> [Double] {
    if settings.visibleInChain == .probabilities { return v }
    if !isGaussian { return states(v, step: step, chain: chain) }
    return v.indices.map { v[$0] + stream.normal(.noise, step: step, chain: chain, unit: $0) }
  }

  mutating func update(_ data: VisibleData, rows: Range<Int>) {
    let first = halfSteps
    let positiveStep = first + (chains == nil ? 0 : 2 * steps + 1)
    var positive: [(v: [Double], h: [Double])] = []
    var starts: [(v: [Double], p: [Double], s: [Double])] = []
    for (m, row) in rows.enumerated() {
      let v = data.values(row)
      let p = hidden(v)
      let s = states(p, step: positiveStep, chain: m)
      positive.append((v, settings.hiddenInPositiveStatistics == .states ? s : p))
      starts.append((v, p, s))
    }
    if let chains {
      starts = chains.enumerated().map { m, v in
        let p = hidden(v)
        return (v, p, states(p, step: first, chain: m))
      }
    }
    var negative: [(v: [Double], h: [Double])] = []
    for (m, start) in starts.enumerated() {
      var (v, p, s) = start
      for step in 1...steps {
        if step > 1 {
          p = hidden(v)
          s = states(p, step: first + 2 * (step - 1), chain: m)
        }
        v = drawn(
          visible(settings.hiddenInChain == .states ? s : p), step: first + 2 * step - 1, chain: m)
      }
      if settings.recomputesLastHidden {
        p = hidden(v)
        s = states(p, step: first + 2 * steps, chain: m)
      }
      negative.append((v, settings.hiddenInNegativeStatistics == .states ? s : p))
    }
    if chains != nil { chains = negative.map(\.v) }
    halfSteps += 2 * steps + 2
    moveOffsets(positive.map(\.h))
    climb(positive, negative)
  }

  private mutating func moveOffsets(_ hidden: [[Double]]) {
    let batch = c.indices.map { j in hidden.reduce(0) { $0 + $1[j] } / Double(hidden.count) }
    let rate = settings.activityRate
    let mean = activity.map { zip($0, batch).map { (1 - rate) * $0 + rate * $1 } } ?? batch
    activity = mean
    if !settings.isCentered { return }
    for i in b.indices {
      for j in c.indices { b[i] += weights[i][j] * (mean[j] - lambda[j]) }
    }
    lambda = mean
  }

  private mutating func climb(
    _ positive: [(v: [Double], h: [Double])], _ negative: [(v: [Double], h: [Double])]
  ) {
    func mean(_ rows: [(v: [Double], h: [Double])], _ term: ([Double], [Double]) -> Double)
      -> Double
    { rows.reduce(0) { $0 + term($1.v, $1.h) } / Double(rows.count) }
    let push = c.indices.map { j in
      settings.sparsity.map { $0.cost * ((activity?[j] ?? 0) - $0.target) } ?? 0
    }
    let (rate, momentum) = (settings.learningRate, settings.momentum)
    for i in b.indices {
      for j in c.indices {
        let product = { (v: [Double], h: [Double]) in (v[i] - mu[i]) * (h[j] - lambda[j]) }
        let gradient =
          mean(positive, product) - mean(negative, product)
          - settings.weightDecay * weights[i][j]
          - mean(positive) { v, _ in v[i] - mu[i] } * push[j]
        velocity.w[i][j] = momentum * velocity.w[i][j] + rate * gradient
      }
      let gradient = mean(positive) { v, _ in v[i] } - mean(negative) { v, _ in v[i] }
      velocity.b[i] = momentum * velocity.b[i] + rate * gradient
    }
    for j in c.indices {
      let gradient = mean(positive) { $1[j] } - mean(negative) { $1[j] } - push[j]
      velocity.c[j] = momentum * velocity.c[j] + rate * gradient
    }
    for i in b.indices {
      for j in c.indices { weights[i][j] += velocity.w[i][j] }
      b[i] += velocity.b[i]
    }
    for j in c.indices { c[j] += velocity.c[j] }
  }

  /// The largest difference of a parameter from those of a machine.
  func distance(to machine: RestrictedBoltzmannMachine) -> Double {
    var largest = 0.0
    for i in b.indices {
      let shift = c.indices.reduce(0) { $0 + weights[i][$1] * lambda[$1] }
      largest = max(largest, abs(b[i] - shift - Double(machine.visibleBiases[i])))
      for j in c.indices {
        largest = max(largest, abs(weights[i][j] - Double(machine.weights[i, j])))
      }
    }
    for j in c.indices {
      let shift = b.indices.reduce(0) { $0 + weights[$1][j] * mu[$1] }
      largest = max(largest, abs(c[j] - shift - Double(machine.hiddenBiases[j])))
    }
    return largest
  }
}
