internal import Boltzmann
internal import Notebooks

/// What is known of the probability of rows under a net, means in nats per row.
struct MeasuredBound: Sendable {
  let logZ: Double
  /// Of ln Z at 99 %; nil where it is exact.
  let logZInterval: ClosedRange<Double>?
  /// The bound of ln p(v).
  let bound: Double
  /// The standard error of the bound from draws; nil where all states were visited.
  let drawError: Double?
  let entropy: Double
  /// ln p(v); nil where the hidden states are too many.
  let logProbability: Double?
  /// From the draws; nil where there are none.
  let importance: Double?

  /// The bound at 99 %; nil where nothing was sampled.
  var interval: ClosedRange<Double>? {
    guard logZInterval != nil || drawError != nil else { return nil }
    let width = 2.5758293035489004 * (drawError ?? 0)
    let (low, high) = (logZInterval?.lowerBound ?? logZ, logZInterval?.upperBound ?? logZ)
    func reach(_ side: Double) -> Double { (width * width + side * side).squareRoot() }
    return bound - reach(high - logZ)...bound + reach(logZ - low)
  }
}

/// How the bound of a net is found: by enumeration where that reaches, by sampling elsewhere.
struct BoundMeasure: Sendable {
  /// The most units of the smaller layer of the top RBM that are enumerated for Z.
  private static let largestEnumeratedLayer = 20
  /// The most states of hidden units times rows, and their visible units, that are visited.
  private static let enumerationLimit = 5e9
  /// The most multiplications of draws and chains.
  private static let workLimit = 5e11

  private let net: DeepBeliefNet
  private let draws: Int
  private let sampling: AnnealedImportanceSampling
  private let kernels: Kernels

  init(
    _ net: DeepBeliefNet, draws: Int, sampling: AnnealedImportanceSampling, kernels: Kernels
  ) {
    (self.net, self.draws, self.sampling, self.kernels) = (net, draws, sampling, kernels)
  }

  private var hasExactZ: Bool {
    min(net.topInputCount, net.top.hiddenCount) <= Self.largestEnumeratedLayer
  }

  /// The net with all hidden states visited, where these are few enough for so many rows.
  private func enumerated(rows: Int) -> EnumeratedDeepBeliefNet? {
    let states = net.layers.first.map { 1 << min($0.up.outputCount, 40) } ?? 1
    guard Double(states) * Double(rows) * Double(net.visibleCount) <= Self.enumerationLimit
    else { return nil }
    return try? EnumeratedDeepBeliefNet(net)
  }

  func checkWork(rows: Int, at place: Place) throws(Diagnostic) {
    let below = net.layers.reduce(0.0) { $0 + Double($1.up.inputCount * $1.up.outputCount) }
    let top = Double(net.top.visibleCount * net.top.hiddenCount)
    let drawing = 2 * Double(rows) * Double(draws) * (below + top)
    let sweeps = Double(5 * sampling.path.stepCount) * Double(sampling.chains)
    let walking = hasExactZ ? 0 : 2 * sweeps * top * Double(max(1, net.labelCount))
    guard drawing + walking <= Self.workLimit else {
      throw Diagnostic(
        "limit-exceeded", at: place, "so many draws and steps are too much work",
        hint: "fewer rows, `:draws:`, `:chains:` or `:steps:`")
    }
  }

  func bound(of data: BitMatrix, stream: RandomStream, threads: Int) -> MeasuredBound {
    let exactZ =
      hasExactZ ? try? net.logPartitionFunction(threads: threads, kernels: kernels) : nil
    let estimate =
      exactZ == nil
      ? net.logPartitionFunction(
        by: sampling, stream: stream.substream(named: "partition function"), threads: threads,
        kernels: kernels) : nil
    let logZ = exactZ ?? estimate?.logZ ?? 0
    if let enumerated = enumerated(rows: data.rowCount) {
      let rows = enumerated.rows(data, threads: threads)
      func mean(_ value: (EnumeratedDeepBeliefNet.Row) -> Double) -> Double {
        var sum = CompensatedSum()
        for row in rows { sum.add(value(row)) }
        return sum.value / Double(rows.count)
      }
      return MeasuredBound(
        logZ: logZ, logZInterval: estimate?.interval, bound: mean(\.bound) - logZ, drawError: nil,
        entropy: mean(\.entropy), logProbability: mean(\.logWeight) - logZ, importance: nil)
    }
    let drawn = net.drawnBound(of: data, draws: draws, stream: stream, threads: threads)
    return MeasuredBound(
      logZ: logZ, logZInterval: estimate?.interval, bound: drawn.bound.mean - logZ,
      drawError: drawn.bound.standardError, entropy: drawn.entropy.mean, logProbability: nil,
      importance: drawn.importance - logZ)
  }
}
