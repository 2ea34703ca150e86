import Testing

@testable import Boltzmann

@Suite struct UpDownTests {
  private let rows = [0b0011, 0b0101, 0b1110, 0b1111, 0b0011].map {
    BitVector(index: $0, count: 4)
  }
  private let labels = [0, 2, 1, 1, 2]

  /// What an update moves along on average, by loops over all states.
  private struct Expectation {
    var ups: [(weights: [[Double]], biases: [Double])]
    var downs: [(weights: [[Double]], biases: [Double])]
    var top: LayerStatistics

    init(_ net: DeepBeliefNet, _ rows: [BitVector], _ labels: [Int]?, k: Int) {
      let plain = PlainDeepBeliefNet(net: net)
      func zeros(_ layer: SigmoidLayer) -> (weights: [[Double]], biases: [Double]) {
        let biases = [Double](repeating: 0, count: layer.outputCount)
        return (Array(repeating: biases, count: layer.inputCount), biases)
      }
      (ups, downs) = (net.layers.map { zeros($0.up) }, net.layers.map { zeros($0.down) })
      top = Self.none(net)
      // p(inputs and label) that the way up finds.
      var found: [[Double]: Double] = [:]
      for (row, state) in rows.enumerated() {
        let visible = (0..<state.count).map { state[$0] ? 1.0 : 0 }
        for path in plain.paths {
          let p = plain.recognition(visible, path) / Double(rows.count)
          let states = [visible] + path
          for (index, layer) in net.layers.enumerated() {
            Self.add(&downs[index], layer.down, states[index], given: states[index + 1], p)
          }
          let units = states[path.count]
          found[labels.map { plain.topStates(units)[$0[row]] } ?? units, default: 0] += p
        }
      }
      let topStates = PlainDeepBeliefNet.states(net.topInputCount).flatMap(plain.topStates)
      var ends = found
      for _ in 0..<k {
        var next: [[Double]: Double] = [:]
        for (state, p) in ends {
          for hidden in PlainDeepBeliefNet.states(net.top.hiddenCount) {
            let q = p * PlainDeepBeliefNet.probability(net.top.upward, hidden, given: state)
            let weights = topStates.map { visible in
              exponential(
                -net.top.energy(
                  visible: BitVector(visible.map { $0 == 1 }),
                  hidden: BitVector(hidden.map { $0 == 1 })))
            }
            let total = weights.reduce(0, +)
            for (visible, weight) in zip(topStates, weights) {
              next[visible, default: 0] += q * weight / total
            }
          }
        }
        ends = next
      }
      var (positive, negative) = (Self.none(net), Self.none(net))
      for (state, p) in found {
        positive.add(
          visible: state, hidden: PlainDeepBeliefNet.means(net.top.upward, state), weight: p)
      }
      for (state, p) in ends {
        negative.add(
          visible: state, hidden: PlainDeepBeliefNet.means(net.top.upward, state), weight: p)
        let inputs = Array(state[..<net.topInputCount])
        addDreams(net, below: inputs, layer: net.layers.count - 1, p)
      }
      top = positive - negative
    }

    private static func none(_ net: DeepBeliefNet) -> LayerStatistics {
      LayerStatistics(visibleCount: net.top.visibleCount, hiddenCount: net.top.hiddenCount)
    }

    private mutating func addDreams(
      _ net: DeepBeliefNet, below upper: [Double], layer index: Int, _ p: Double
    ) {
      if index < 0 { return }
      let layer = net.layers[index]
      for lower in PlainDeepBeliefNet.states(layer.down.outputCount) {
        let q = p * PlainDeepBeliefNet.probability(layer.down, lower, given: upper)
        Self.add(&ups[index], layer.up, upper, given: lower, q)
        addDreams(net, below: lower, layer: index - 1, q)
      }
    }

    private static func add(
      _ sums: inout (weights: [[Double]], biases: [Double]), _ layer: SigmoidLayer,
      _ outputs: [Double], given inputs: [Double], _ p: Double
    ) {
      let means = PlainDeepBeliefNet.means(layer, inputs)
      for output in outputs.indices {
        let difference = p * (outputs[output] - means[output])
        sums.biases[output] += difference
        for input in inputs.indices { sums.weights[input][output] += difference * inputs[input] }
      }
    }
  }

  /// One update at rate 1 on 100000 rows is a mean over as many draws: an entry is a mean of values
  /// of variance ½ at most.
  @Test(arguments: [
    ([4, 3], 0, 1), ([4, 3], 3, 1), ([4, 3, 2], 0, 2), ([4, 2, 3], 3, 1), ([4, 3, 2, 2], 3, 1),
  ])
  func updatesAreWhatEnumerationExpects(counts: [Int], labelCount: Int, k: Int) throws {
    let net = try PlainDeepBeliefNet.drawn(counts, labels: labelCount)
    let own = labelCount == 0 ? nil : labels
    let expected = Expectation(net, rows, own, k: k)
    let count = 100_000
    var settings = UpDown()
    (settings.batchSize, settings.learningRate) = (count, 1)
    settings.steps = StepSchedule(k)
    var moved = net
    try settings.train(
      &moved, on: BitMatrix(rows: count, columns: 4) { rows[$0 % 5][$1] },
      labels: own.map { labels in (0..<count).map { labels[$0 % 5] } }, epochs: 1,
      stream: RandomStream(key: 9))
    let tolerance = 5 * (0.5 / Double(count)).squareRoot()
    func compare(_ after: Float, _ before: Float, _ mean: Double) {
      #expect(abs(Double(after) - Double(before) - mean) < tolerance)
    }
    func compare(
      _ after: SigmoidLayer, _ before: SigmoidLayer,
      _ mean: (weights: [[Double]], biases: [Double])
    ) {
      for output in mean.biases.indices {
        compare(after.biases[output], before.biases[output], mean.biases[output])
        for input in mean.weights.indices {
          compare(
            after.weights[input, output], before.weights[input, output],
            mean.weights[input][output])
        }
      }
    }
    for index in net.layers.indices {
      compare(moved.layers[index].up, net.layers[index].up, expected.ups[index])
      compare(moved.layers[index].down, net.layers[index].down, expected.downs[index])
    }
    for i in 0..<net.top.visibleCount {
      compare(moved.top.visibleBiases[i], net.top.visibleBiases[i], expected.top.visible[i])
      for j in 0..<net.top.hiddenCount {
        let place = i * net.top.hiddenCount + j
        compare(moved.top.weights[i, j], net.top.weights[i, j], expected.top.products[place])
      }
    }
    for j in 0..<net.top.hiddenCount {
      compare(moved.top.hiddenBiases[j], net.top.hiddenBiases[j], expected.top.hidden[j])
    }
  }

  /// Central differences of the exact bound have an error of the order 2⁻²⁰.
  @Test(arguments: [[4, 3, 2], [4, 2, 3, 2]])
  func generativeLayersMoveAlongTheGradientOfTheBound(counts: [Int]) throws {
    let net = try PlainDeepBeliefNet.drawn(counts)
    let expected = Expectation(net, rows, nil, k: 1)
    let data = BitMatrix(rows: rows)
    func bound(_ change: (inout DeepBeliefNet) -> Void) throws -> Double {
      var moved = net
      change(&moved)
      return try EnumeratedDeepBeliefNet(moved).rows(data).reduce(0) { $0 + $1.bound } / 5
    }
    let step: Float = 0x1p-10
    for index in net.layers.indices {
      for output in 0..<net.layers[index].down.outputCount {
        for input in 0..<net.layers[index].down.inputCount {
          let above = try bound { $0.layers[index].down.weights[input, output] += step }
          let below = try bound { $0.layers[index].down.weights[input, output] -= step }
          let slope = (above - below) / Double(2 * step)
          #expect(abs(slope - expected.downs[index].weights[input][output]) < 2e-6)
        }
        let above = try bound { $0.layers[index].down.biases[output] += step }
        let below = try bound { $0.layers[index].down.biases[output] -= step }
        let slope = (above - below) / Double(2 * step)
        #expect(abs(slope - expected.downs[index].biases[output]) < 2e-6)
      }
    }
  }

  @Test func fineTuningRaisesTheExactBound() throws {
    var net = try PlainDeepBeliefNet.drawn([4, 4, 3], isTied: true)
    let data = BitMatrix(rows: rows)
    func bound(_ net: DeepBeliefNet) throws -> Double {
      let rows = try EnumeratedDeepBeliefNet(net).rows(data)
      return try rows.reduce(0) { $0 + $1.bound } / 5 - net.logPartitionFunction()
    }
    let before = try bound(net)
    var settings = UpDown()
    (settings.batchSize, settings.learningRate, settings.steps) = (5, 0.1, 3)
    var seen: [Int] = []
    try settings.train(
      &net, on: data, epochs: 2000, stream: RandomStream(key: 4),
      recording: .everyUpdates(500), observe: { stage, _ in seen.append(stage.updates) })
    #expect(seen == [0, 500, 1000, 1500, 2000])
    #expect(try bound(net) > before + 1)
    // The entropy of the rows: no model can do better.
    #expect(try bound(net) < -(3 * 0.2 * naturalLogarithm(5) + 0.4 * naturalLogarithm(2.5)))
    #expect(net.lowest(1) == nil)
  }

  @Test(arguments: ["reference", "avx2", "avx512", "neon"])
  func bitsDependOnNoKernels(name: String) throws {
    guard let kernels = try? Kernels(named: name) else { return }
    let start = try PlainDeepBeliefNet.drawn([9, 17, 5], labels: 3)
    let data = BitMatrix(rows: 23, columns: 9) { ($0 * 5 + $1 * $1 + $0 * $1) % 3 == 0 }
    func trained(_ kernels: Kernels) throws -> DeepBeliefNet {
      var net = start
      try UpDown().train(
        &net, on: data, labels: (0..<23).map { $0 % 3 }, epochs: 3, stream: RandomStream(key: 8),
        kernels: kernels)
      return net
    }
    let net = try trained(kernels)
    #expect(net == (try trained(Kernels(named: "reference"))))
    #expect(net != start)
  }

  @Test func mistakesAreNamed() throws {
    var net = try PlainDeepBeliefNet.drawn([4, 3, 2], labels: 3)
    let start = net
    let data = BitMatrix(rows: rows)
    let stream = RandomStream(key: 1)
    #expect(throws: TrainingError.noData) {
      try UpDown().train(
        &net, on: BitMatrix(rows: 0, columns: 4), labels: [], epochs: 1, stream: stream)
    }
    #expect(throws: TrainingError.unitCount(5, visibleCount: 4)) {
      try UpDown().train(
        &net, on: BitMatrix(rows: 1, columns: 5), labels: [0], epochs: 1, stream: stream)
    }
    #expect(
      throws: TrainingError.impossible("A net with label units learns from rows with a label each.")
    ) {
      try UpDown().train(&net, on: data, epochs: 1, stream: stream)
    }
    #expect(
      throws: TrainingError.impossible("The label 3 has no unit: there are 3, for 0 and on.")
    ) {
      try UpDown().train(&net, on: data, labels: [0, 1, 2, 3, 0], epochs: 1, stream: stream)
    }
    var settings = UpDown()
    settings.learningRate = 1e300
    #expect(throws: TrainingError.diverged(update: 1)) {
      try settings.train(&net, on: data, labels: labels, epochs: 1, stream: stream)
    }
    settings.learningRate = 0
    #expect(throws: TrainingError.notPositive("learning rate", 0)) {
      try settings.train(&net, on: data, labels: labels, epochs: 1, stream: stream)
    }
    settings = UpDown()
    settings.batchSize = 0
    #expect(throws: TrainingError.notPositive("batch size", 0)) {
      try settings.train(&net, on: data, labels: labels, epochs: 1, stream: stream)
    }
    #expect(net == start)
  }
}
