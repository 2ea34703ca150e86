import Testing

@testable import Boltzmann

@Suite struct VariationalLearningTests {
  private let stream = RandomStream(seed: 41, name: "vae learning")

  private func autoencoder(_ visible: Int) -> VariationalAutoencoder {
    VariationalAutoencoder(visibleCount: visible, hiddenCount: 6, latentCount: 1, stream: stream)
  }

  @Test func learningRaisesTheBound() throws {
    let data = BitMatrix(rows: allStates(6).filter { $0.index == 7 || $0.index == 56 })
    var model = autoencoder(6)
    func means(_ model: VariationalAutoencoder) throws -> (likelihood: Double, bound: Double) {
      (
        try #require(model.logLikelihoods(of: data)).reduce(0, +) / 2,
        model.bounds(of: data).reduce(0, +) / 2
      )
    }
    let before = try means(model)
    var records: [Int] = []
    var learning = VariationalLearning()
    learning.batchSize = 2
    learning.learningRate = 0.02
    try learning.train(
      &model, on: data, epochs: 1000, stream: stream, recording: .everyUpdates(500)
    ) { stage, _ in records.append(stage.updates) }
    let after = try means(model)
    #expect(records == [0, 500, 1000])
    // Each unit is on in one row of two: a model that makes nothing of z has this at best, and one
    // that makes the most of it the entropy of two rows.
    #expect(after.bound > -6 * naturalLogarithm(2) && after.bound > before.bound)
    #expect(after.likelihood < -naturalLogarithm(2) && after.likelihood > after.bound)
    // z tells the rows apart.
    for row in 0..<2 {
      let visible = data.values(row)
      let found = model.visibleProbabilities(given: model.encoded(visible).mean)
      #expect(found.map { $0 > 0.5 ? 1 : 0 } == visible)
    }
  }

  /// Whatever the gradient's size, the first step has that of the rate.
  @Test func theFirstStepOfAdam() {
    var layers = [AffineLayer(inputCount: 1, outputCount: 2)]
    var gradient = layers
    gradient[0].weights = [1e-3, -200]
    var adam = Adam(layers)
    adam.move(&layers, along: gradient, rate: 0.1)
    #expect(isClose(layers[0].weights[0], 0.1, relative: 2e-5))
    #expect(isClose(layers[0].weights[1], -0.1, relative: 1e-9))
    #expect(layers[0].biases == [0, 0])
    // Then m̂ = (0.9 · 0.1 g + 0.1 g′)/0.19 and ŝ = (0.999 · 0.001 g² + 0.001 g′²)/0.001999.
    gradient[0].weights = [0, 100]
    adam.move(&layers, along: gradient, rate: 0.1)
    let mean = (0.09 * -200 + 0.1 * 100) / 0.19
    let square = (0.999 * 40000 + 10000) / 1.999
    #expect(
      isClose(layers[0].weights[1], -0.1 + 0.1 * mean / square.squareRoot(), relative: 1e-9))
  }

  @Test func divergenceIsNamedAndTheModelKept() {
    var model = autoencoder(3)
    let before = model
    var learning = VariationalLearning()
    learning.learningRate = 1e6
    #expect(throws: TrainingError.diverged(update: 3)) {
      try learning.train(
        &model, on: BitMatrix(rows: allStates(3)), epochs: 50, stream: stream)
    }
    #expect(model == before)
    #expect(throws: TrainingError.noData) {
      try learning.train(&model, on: BitMatrix(rows: 0, columns: 3), epochs: 1, stream: stream)
    }
  }

  @Test func sameBits() throws {
    var model = autoencoder(9)
    let data = BitMatrix(rows: 40, columns: 9) { row, column in (row * 7 + column) % 3 == 0 }
    try VariationalLearning().train(&model, on: data, epochs: 3, stream: stream)
    #expect(String(bitHash(model.layers.flatMap(\.parameters)), radix: 16) == "68b7c3ccedc3cc9c")
    let bounds = try #require(model.logLikelihoods(of: data)) + model.bounds(of: data)
    #expect(String(bitHash(bounds), radix: 16) == "bb528cf4ca280a59")
  }
}
