extension DeepBeliefNet {
  /// What the net makes up: the visible units' probabilities, [sample, unit], and the labels.
  public struct Fantasies: Sendable, Hashable {
    /// p(v | x¹) at the end of each way down; of a net of one machine, p(v | h).
    public let visible: Matrix
    /// The label that was on at the top; empty without labels.
    public let labels: [Int]
  }

  /// What chains in the top machine come to after so many sweeps, drawn down through the layers.
  ///
  /// Chains start with every unit on with probability ½; a sweep draws the hidden units, the inputs,
  /// and the label, which can be held instead. The last sweep's inputs are drawn down. Hidden units
  /// and inputs are numbered 2t and 2t + 1 of purpose `layer` in sweep t, the layers below on; labels
  /// t of purpose `update`. The result depends neither on the number of threads nor on the kernels.
  public func fantasies(
    _ count: Int, sweeps: Int, label: Int? = nil, stream: RandomStream, threads: Int = 1,
    kernels: Kernels = .standard
  ) -> Fantasies {
    precondition(count >= 1 && sweeps >= 1, "A sample takes a chain and a sweep.")
    precondition(label.map { $0 >= 0 && $0 < labelCount } ?? true, "There is no such label.")
    let run = TopChains(self, held: label, count: count, stream: stream, kernels: kernels)
    let labels = mapBlocks(of: count, threads: threads) { rows in
      let labels = run.sample(rows, sweeps: sweeps)
      run.draw(down: rows, from: 2 * sweeps)
      return labels
    }
    return Fantasies(visible: run.visible, labels: labelCount == 0 ? [] : labels)
  }
}

/// Chains of the top machine, a row each, and what is drawn down from them.
private struct TopChains: Sendable {
  private let net: DeepBeliefNet
  private let held: Int?
  private let chains: Layers
  private let halfSteps: HalfSteps
  private let top: DoubleTop
  /// The layers below the top machine from the top: their weights, and room for probabilities and
  /// states.
  private let below: [(weights: FloatRows, biases: FloatRows, values: FloatRows, states: BitRows)]
  private let inputs: BitRows

  init(
    _ net: DeepBeliefNet, held: Int?, count: Int, stream: RandomStream, kernels: Kernels
  ) {
    (self.net, self.held, top) = (net, held, DoubleTop(net))
    chains = Layers(
      rows: count, visibleCount: net.top.visibleCount, hiddenCount: net.top.hiddenCount)
    halfSteps = HalfSteps(net.top, kernels: kernels, stream: stream)
    inputs = BitRows(rows: count, columns: net.topInputCount)
    below = net.layers.reversed().map { layer in
      (
        layer.down.weights.storage, FloatRows(rowOf: layer.down.biases),
        FloatRows(rows: count, columns: layer.down.outputCount),
        BitRows(rows: count, columns: layer.down.outputCount)
      )
    }
  }

  /// The labels at the end.
  func sample(_ rows: Range<Int>, sweeps: Int) -> [Int] {
    for row in rows {
      let start = InitialState.random.state(
        chain: row, unitCount: net.topInputCount, stream: halfSteps.stream)
      for unit in 0..<net.topInputCount { chains.visibleBits[row, unit] = start[unit] }
    }
    var labels = drawLabels(rows, sweep: nil)
    for sweep in 0..<sweeps {
      halfSteps.updateHidden(chains, rows: rows, step: 2 * sweep)
      halfSteps.updateVisible(chains, rows: rows, step: 2 * sweep + 1)
      labels = drawLabels(rows, sweep: sweep)
    }
    return labels
  }

  /// Draws the labels given the hidden units, or at first uniformly, and turns them on alone.
  private func drawLabels(_ rows: Range<Int>, sweep: Int?) -> [Int] {
    if net.labelCount == 0 { return rows.map { _ in 0 } }
    return rows.map { row in
      let probabilities =
        sweep == nil
        ? Array(repeating: 1 / Double(net.labelCount), count: net.labelCount)
        : top.labelProbabilities { chains.hiddenBits[row, $0] }
      let label =
        held
        ?? halfSteps.stream.choice(
          among: probabilities, step: sweep.map { $0 + 1 } ?? 0, chain: row)
      for other in 0..<net.labelCount {
        chains.visibleBits[row, net.topInputCount + other] = other == label
      }
      return label
    }
  }

  /// Draws the layers below the top machine, from number `step` on.
  func draw(down rows: Range<Int>, from step: Int) {
    for row in rows {
      for unit in 0..<net.topInputCount { inputs[row, unit] = chains.visibleBits[row, unit] }
    }
    var above = inputs
    for (index, layer) in below.enumerated() {
      let kernels = halfSteps.kernels
      kernels.product(
        into: layer.values, of: above, with: layer.weights, plus: layer.biases, rows: rows)
      kernels.sample(
        into: layer.states, turningIntoProbabilities: layer.values, rows: rows,
        stream: halfSteps.stream, step: step + index)
      above = layer.states
    }
  }

  /// The probabilities of the visible units.
  var visible: Matrix {
    if let last = below.last { return Matrix(last.values) }
    return Matrix(rows: chains.rowCount, columns: net.topInputCount) { chains.visible[$0, $1] }
  }
}

extension RandomStream {
  /// An index drawn with these probabilities: of purpose `update`, unit 0.
  func choice(among probabilities: [Double], step: Int, chain: Int) -> Int {
    var left = uniform(.update, step: step, chain: chain, unit: 0)
    for (index, probability) in probabilities.enumerated() {
      if left < probability { return index }
      left -= probability
    }
    return probabilities.count - 1
  }
}
