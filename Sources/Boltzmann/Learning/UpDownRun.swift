/// The parameters and the batch of an up-down run, and what an update makes of them.
///
/// A reference type for one thread: its rows are written in place.
struct UpDownRun {
  /// One direction between two layers: parameters, the drawn outputs, and room for their
  /// probabilities and for what is learned.
  private struct Way {
    let weights: FloatRows
    let biases: FloatRows
    /// Drawn going this way.
    let states: BitRows
    let values: FloatRows
    let weightChange: FloatRows
    let biasChange: FloatRows

    init(_ layer: SigmoidLayer, rows: Int) {
      weights = layer.weights.storage.copy()
      biases = FloatRows(rowOf: layer.biases)
      states = BitRows(rows: rows, columns: layer.outputCount)
      values = FloatRows(rows: rows, columns: layer.outputCount)
      weightChange = FloatRows(rows: layer.inputCount, columns: layer.outputCount)
      biasChange = FloatRows(rows: 1, columns: layer.outputCount)
    }

    var layer: SigmoidLayer {
      SigmoidLayer(weights: Matrix(weights.copy()), biases: biases.row(0))
    }
  }

  private let ups: [Way]
  private let downs: [Way]
  private let top: TopLearning
  /// The batch.
  private let visible: BitRows
  private let rate: Float
  private let stream: RandomStream
  private let kernels: Kernels

  init(
    _ net: DeepBeliefNet, rows: Int, rate: Double, stream: RandomStream, kernels: Kernels
  ) {
    ups = net.layers.map { Way($0.up, rows: rows) }
    downs = net.layers.map { Way($0.down, rows: rows) }
    top = TopLearning(net, rows: rows, stream: stream, kernels: kernels)
    visible = BitRows(rows: rows, columns: net.visibleCount)
    self.rate = Float(rate)
    (self.stream, self.kernels) = (stream, kernels)
  }

  /// The numbers that an update takes.
  func halfSteps(k: Int) -> Int { 2 * ups.count + 2 * k + 1 }

  /// Takes the samples listed as the batch.
  func load(_ samples: ArraySlice<Int>, of data: BitMatrix, labels: [Int]?) {
    for (row, sample) in samples.enumerated() {
      visible.setRow(row, to: data.storage, sample)
      if let labels { top.setLabel(row, to: labels[sample]) }
    }
  }

  /// One update on the first `count` rows.
  func update(count: Int, k: Int, firstStep: Int) {
    let rows = 0..<count
    var (step, lower) = (firstStep, visible)
    for way in ups {
      draw(way, from: lower, rows, step: step)
      (lower, step) = (way.states, step + 1)
    }
    top.run(from: lower, rows, k: k, firstStep: step)
    step += 2 * k + 1
    var upper = top.inputs
    for way in downs.reversed() {
      draw(way, from: upper, rows, step: step)
      (upper, step) = (way.states, step + 1)
    }
    for (index, (up, down)) in zip(ups, downs).enumerated() {
      // What the way up found below and above, and what the way down made.
      learn(down, outputs: index == 0 ? visible : ups[index - 1].states, inputs: up.states, rows)
      let above = index == ups.count - 1 ? top.inputs : downs[index + 1].states
      learn(up, outputs: above, inputs: down.states, rows)
    }
    top.learn(rows, rate: rate)
    for way in ups + downs {
      way.weights.add(way.weightChange, times: 1)
      way.biases.add(way.biasChange, times: 1)
    }
  }

  private func draw(_ way: Way, from inputs: BitRows, _ rows: Range<Int>, step: Int) {
    kernels.product(
      into: way.values, of: inputs, with: way.weights, plus: way.biases, rows: rows)
    kernels.sample(
      into: way.states, turningIntoProbabilities: way.values, rows: rows, stream: stream,
      step: step)
  }

  /// The delta rule: rate · ⟨x (y − p(y | x))⟩, kept until every layer's is known.
  private func learn(_ way: Way, outputs: BitRows, inputs: BitRows, _ rows: Range<Int>) {
    kernels.product(
      into: way.values, of: inputs, with: way.weights, plus: way.biases, rows: rows)
    kernels.logistic(way.values, rows: rows)
    let share = rate / Float(rows.count)
    for row in rows {
      for unit in 0..<way.values.columns {
        way.values[row, unit] =
          share * ((outputs[row, unit] ? 1 : 0) - way.values[row, unit])
      }
    }
    kernels.outerProducts(of: inputs, with: way.values, rows, into: way.weightChange)
    way.biasChange.sum(way.values, rows)
  }

  /// The net as it is now; nil where a parameter is not finite.
  func net(like net: DeepBeliefNet) -> DeepBeliefNet? {
    guard let machine = top.machine else { return nil }
    var current = net
    current.layers = zip(ups, downs).map { DeepBeliefNet.Layer(up: $0.layer, down: $1.layer) }
    current.top = machine
    let isFinite = (ups + downs).allSatisfy { way in
      (way.biases.row(0) + [way.weights.largest]).allSatisfy(\.isFinite)
    }
    return isFinite ? current : nil
  }
}
