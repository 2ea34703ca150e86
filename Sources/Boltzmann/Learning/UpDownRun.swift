/// The parameters and the batch of an up-down run, and what an update makes of them.
///
/// For one thread: its rows are written in place.
struct UpDownRun: BatchLearner {
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

  private let settings: UpDown
  /// The net as it began.
  private let start: DeepBeliefNet
  private let data: BitMatrix
  private let labels: [Int]?

  private let ups: [Way]
  private let downs: [Way]
  private let top: TopLearning
  /// The batch.
  private let visible: BitRows
  private let stream: RandomStream
  private let kernels: Kernels
  /// The half-steps of all updates so far.
  private var step = 0

  init(
    _ settings: UpDown, _ net: DeepBeliefNet, _ data: BitMatrix, _ labels: [Int]?,
    stream: RandomStream, kernels: Kernels
  ) {
    (self.settings, start, self.data, self.labels) = (settings, net, data, labels)
    let rows = min(settings.batchSize, data.rowCount)
    ups = net.layers.map { Way($0.up, rows: rows) }
    downs = net.layers.map { Way($0.down, rows: rows) }
    top = TopLearning(net, rows: rows, stream: stream, kernels: kernels)
    visible = BitRows(rows: rows, columns: net.visibleCount)
    (self.stream, self.kernels) = (stream, kernels)
  }

  private var rate: Float { Float(settings.learningRate) }

  mutating func update(_ number: Int, epoch: Int, _ samples: ArraySlice<Int>) {
    for (row, sample) in samples.enumerated() {
      visible.setRow(row, to: data.storage, sample)
      if let labels { top.setLabel(row, to: labels[sample]) }
    }
    let rows = 0..<samples.count
    draw(k: settings.steps.steps(inEpoch: epoch), rows)
    learn(rows)
  }

  /// The way up, the chains at the top, and the way down.
  private mutating func draw(k: Int, _ rows: Range<Int>) {
    var lower = visible
    for way in ups {
      draw(way, from: lower, rows)
      lower = way.states
    }
    top.run(from: lower, rows, k: k, firstStep: step)
    step += 2 * k + 1
    var upper = top.inputs
    for way in downs.reversed() {
      draw(way, from: upper, rows)
      upper = way.states
    }
  }

  private func learn(_ rows: Range<Int>) {
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

  private mutating func draw(_ way: Way, from inputs: BitRows, _ rows: Range<Int>) {
    kernels.product(
      into: way.values, of: inputs, with: way.weights, plus: way.biases, rows: rows)
    kernels.sample(
      into: way.states, turningIntoProbabilities: way.values, rows: rows, stream: stream,
      step: step)
    step += 1
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

  var model: DeepBeliefNet? {
    guard let machine = top.machine else { return nil }
    var current = start
    current.layers = zip(ups, downs).map { DeepBeliefNet.Layer(up: $0.layer, down: $1.layer) }
    current.top = machine
    let isFinite = (ups + downs).allSatisfy { way in
      (way.biases.row(0) + [way.weights.largest]).allSatisfy(\.isFinite)
    }
    return isFinite ? current : nil
  }

  private var rowsByName: [(name: String, rows: FloatRows)] {
    let ways = [("up", ups), ("down", downs)].flatMap { direction, ways in
      ways.enumerated().flatMap { number, way in
        [
          ("\(direction)_weights_\(number)", way.weights),
          ("\(direction)_biases_\(number)", way.biases),
        ]
      }
    }
    return ways + top.rowsByName
  }

  var stateTensors: [Tensor] {
    rowsByName.map { Tensor($0.name, $0.rows) } + [Tensor("step", shape: [1], [step])]
  }

  mutating func restore(_ reader: CheckpointReader) throws(TrainingError) {
    for (name, rows) in rowsByName { try reader.fill(rows, name) }
    step = try reader.integers("step", [1])[0]
  }
}
