import Testing

@testable import Boltzmann

/// Centering, sparsity, momentum, growing k and Gaussian units against the plain trainer.
@Suite struct TrainingExtrasTests {
  private static let bits = ContrastiveDivergenceTests.bits
  private static let real = Matrix(rows: 23, columns: 20) { row, column in
    Float((row * 7 + column * column) % 11 - 5) / 3
  }

  private func machine(_ units: VisibleUnits) -> RestrictedBoltzmannMachine {
    let normal = ParameterDistribution.normal(mean: 0, standardDeviation: 0.4)
    return RestrictedBoltzmannMachine(
      visibleCount: 20, hiddenCount: 19, weights: normal, visibleBiases: normal,
      hiddenBiases: normal, visibleUnits: units, stream: RandomStream(key: 8))
  }

  /// Bit 0: Gaussian, 1: persistent chains, 2: centering, 3: sparsity, 4: momentum, 5: mean field.
  @Test(arguments: 0..<64)
  func agreeWithThePlainTrainer(choices: Int) throws {
    func has(_ bit: Int) -> Bool { choices >> bit & 1 == 1 }
    let start = machine(has(0) ? .gaussian : .binary)
    let data: VisibleData = has(0) ? .real(Self.real) : .binary(Self.bits)
    var settings = ContrastiveDivergence()
    if has(1) { settings.chains = .persistent(7) }
    settings.isCentered = has(2)
    if has(3) { settings.sparsity = .init(target: 0.2, cost: 0.5) }
    settings.momentum = has(4) ? 0.8 : 0
    settings.hiddenInChain = has(5) ? .probabilities : .states
    settings.visibleInChain = has(5) ? .probabilities : .states
    settings.steps = StepSchedule([.init(fromEpoch: 0, steps: 1), .init(fromEpoch: 1, steps: 3)])
    (settings.batchSize, settings.shuffles, settings.activityRate) = (10, false, 0.1)
    (settings.learningRate, settings.weightDecay) = (0.05, 0.01)
    let stream = RandomStream(key: 98)
    var trained = start
    try settings.train(&trained, on: data, epochs: 2, stream: stream)
    var plain = PlainTrainer(settings, start, stream, data: data)
    for epoch in 0..<2 {
      plain.steps = settings.steps.steps(inEpoch: epoch)
      for rows in [0..<10, 10..<20, 20..<23] { plain.update(data, rows: rows) }
    }
    #expect(plain.distance(to: trained) < 2e-5)
    #expect(plain.distance(to: start) > 1e-2)
  }

  /// Inverting a pixel turns w, b, c into −w, −b, c + w: the same model of the inverted data. Centred
  /// learning then takes the same way, the plain one another.
  @Test(arguments: [true, false])
  func onlyCenteredLearningIsIndifferentToInvertedPixels(isCentered: Bool) throws {
    let data = BitMatrix(rows: 20, columns: 6) { ($0 * 5 + $1 * $1) % 7 < 2 }
    let inverted = BitMatrix(rows: 20, columns: 6) { !data[$0, $1] }
    let start = RestrictedBoltzmannMachine(
      visibleCount: 6, hiddenCount: 4, weights: .normal(mean: 0, standardDeviation: 0.5),
      stream: RandomStream(key: 2))
    let mirrored = try RestrictedBoltzmannMachine(
      weights: Matrix(rows: 6, columns: 4) { -start.weights[$0, $1] },
      visibleBiases: [0, 0, 0, 0, 0, 0],
      hiddenBiases: (0..<4).map { j in (0..<6).reduce(0) { $0 + start.weights[$1, j] } })
    var settings = ContrastiveDivergence()
    (settings.chains, settings.isCentered) = (.exact, isCentered)
    (settings.learningRate, settings.momentum, settings.batchSize) = (0.1, 0.5, 20)
    func likelihood(_ machine: RestrictedBoltzmannMachine, _ bits: BitMatrix) throws -> Double {
      var machine = machine
      try settings.train(&machine, on: .binary(bits), epochs: 60, stream: RandomStream(key: 1))
      return try machine.meanLogLikelihood(of: .binary(bits))
    }
    let difference = try abs(likelihood(start, data) - likelihood(mirrored, inverted))
    #expect(isCentered ? difference < 1e-5 : difference > 1e-2)
  }

  @Test func sparsityBringsActivityToItsTarget() throws {
    func distance(cost: Double) throws -> Double {
      var machine = machine(.binary)
      var settings = ContrastiveDivergence()
      settings.sparsity = .init(target: 0.1, cost: cost)
      (settings.learningRate, settings.batchSize, settings.activityRate) = (0.05, 23, 0.1)
      try settings.train(
        &machine, on: .binary(Self.bits), epochs: 500, stream: RandomStream(key: 5))
      let activity = machine.statistics(given: .binary(Self.bits)).hidden
      return activity.reduce(0) { $0 + abs($1 - 0.1) } / 19
    }
    #expect(try distance(cost: 0) > 0.2)
    #expect(try distance(cost: 1) < 0.1)
  }

  @Test func progressIsToldAfterEveryUpdate() throws {
    var machine = machine(.binary)
    var seen: [TrainingProgress] = []
    var settings = ContrastiveDivergence()
    settings.batchSize = 10
    try settings.train(
      &machine, on: .binary(Self.bits), epochs: 2, stream: RandomStream(key: 5),
      progress: { seen.append($0) })
    #expect(seen.map(\.updates) == [1, 2, 3, 4, 5, 6])
    #expect(seen.map(\.epochs) == [0, 0, 1, 1, 1, 2])
    #expect(seen.allSatisfy { $0.totalUpdates == 6 })
  }

  @Test func gaussianUnitsNeedTheLastHiddenUnitsRecomputed() {
    var machine = machine(.gaussian)
    var settings = ContrastiveDivergence()
    settings.recomputesLastHidden = false
    #expect(
      throws: TrainingError.impossible("Gaussian units need the last hidden units recomputed.")
    ) {
      try settings.train(
        &machine, on: .binary(Self.bits), epochs: 1, stream: RandomStream(key: 5))
    }
  }
}
