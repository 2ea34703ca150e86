import Testing

@testable import Boltzmann

@Suite struct ContrastiveDivergenceTests {
  static let machine = RestrictedBoltzmannMachine(
    visibleCount: 20, hiddenCount: 9, weights: .normal(mean: 0, standardDeviation: 0.5),
    visibleBiases: .normal(mean: 0, standardDeviation: 0.5),
    hiddenBiases: .normal(mean: 0, standardDeviation: 0.5), stream: RandomStream(key: 3))
  static let ladder = TemperatureLadder([1, 1.5, 2.5])
  static let bits = BitMatrix(rows: 23, columns: 20) { row, column in
    (row * 7 + column * column).isMultiple(of: 3)
  }
  static let greys = Matrix(rows: 23, columns: 20) { row, column in
    Float((row * 7 + column * column) % 10) / 9
  }

  /// Choices of states or probabilities, of the ending, and of one step or three, by bits.
  private func settings(_ index: Int) -> ContrastiveDivergence {
    func choice(_ bit: Int) -> ContrastiveDivergence.UnitValue {
      index >> bit & 1 == 1 ? .states : .probabilities
    }
    var settings = ContrastiveDivergence()
    settings.hiddenInPositiveStatistics = choice(0)
    settings.hiddenInChain = choice(1)
    settings.visibleInChain = choice(2)
    settings.hiddenInNegativeStatistics = choice(3)
    settings.recomputesLastHidden = index >> 4 & 1 == 1
    settings.steps = StepSchedule(index >> 5 & 1 == 1 ? 3 : 1)
    (settings.batchSize, settings.shuffles) = (10, false)
    (settings.learningRate, settings.weightDecay) = (0.1, 0.01)
    return settings
  }

  @Test(arguments: 0..<64)
  func agreesWithThePlainTrainer(choices: Int) throws {
    let settings = settings(choices)
    let stream = RandomStream(key: 99)
    for isBinary in [true, false] {
      let data: VisibleData = isBinary ? .binary(Self.bits) : .real(Self.greys)
      var trained = Self.machine
      try settings.train(
        &trained, on: data, epochs: 2, stream: stream)
      var plain = PlainTrainer(settings, Self.machine, stream)
      for update in 0..<6 {
        plain.update(data, rows: (update % 3 * 10)..<min(update % 3 * 10 + 10, 23))
      }
      #expect(plain.distance(to: trained) < 1e-5)
    }
  }

  @Test(arguments: [1, 2, 3], ["reference", "avx2", "avx512", "neon"])
  func bitsDependOnNeitherThreadsNorKernels(threads: Int, name: String) throws {
    guard let kernels = try? Kernels(named: name) else { return }
    let start = RestrictedBoltzmannMachine(
      visibleCount: 330, hiddenCount: 70, weights: .normal(mean: 0, standardDeviation: 0.1),
      stream: RandomStream(key: 3))
    let bits = BitMatrix(rows: 45, columns: 330) { ($0 * 31 + $1 * $1) % 7 < 2 }
    let greys = Matrix(rows: (0..<45).map { row in (0..<330).map { Float((row + $0) % 9) / 8 } })
    var settings = ContrastiveDivergence()
    // As many samples as threads repay, and a rest of few.
    (settings.batchSize, settings.momentum, settings.weightDecay) = (40, 0.5, 0.001)
    let chains: [ContrastiveDivergence.Chains] = [
      .fromData, .persistent(13), .tempered(Self.ladder, 13), .fromData, .persistent(13),
      .fromData, .persistent(50),
    ]
    for (index, chains) in chains.enumerated() {
      settings.chains = chains
      settings.isCentered = index >= 2 && index < 5
      settings.hiddenInChain = index == 5 ? .probabilities : .states
      let data = index < 5 ? VisibleData.binary(bits) : .real(greys)
      settings.sparsity = index == 4 ? .init(target: 0.1, cost: 0.1) : nil
      settings.steps = StepSchedule([.init(fromEpoch: 0, steps: 1), .init(fromEpoch: 2, steps: 3)])
      var (one, other) = (start, start)
      let stream = RandomStream(key: 4)
      let plain = try settings.train(
        &one, on: data, epochs: 3, stream: stream, kernels: Kernels(named: "reference"),
        recording: .everyEpoch)
      let fast = try settings.train(
        &other, on: data, epochs: 3, stream: stream, threads: threads, kernels: kernels,
        recording: .everyEpoch)
      #expect(one == other)
      #expect(plain == fast)
      #expect(one != start)
    }
  }

  @Test func onlyTheParametersNamedMove() throws {
    for moving in [ContrastiveDivergence.Parameters.weights, .visibleBiases, .hiddenBiases, []] {
      var settings = ContrastiveDivergence()
      settings.moving = moving
      var machine = Self.machine
      try settings.train(
        &machine, on: .binary(Self.bits), epochs: 1, stream: RandomStream(key: 1))
      #expect((machine.weights != Self.machine.weights) == moving.contains(.weights))
      #expect(
        (machine.visibleBiases != Self.machine.visibleBiases) == moving.contains(.visibleBiases))
      #expect(
        (machine.hiddenBiases != Self.machine.hiddenBiases) == moving.contains(.hiddenBiases))
    }
  }

  /// With one sample, mean field, and no decay, the momentum's second step is known.
  @Test func momentumCarriesTheLastChange() throws {
    var settings = ContrastiveDivergence()
    settings.moving = .visibleBiases
    (settings.hiddenInChain, settings.visibleInChain) = (.probabilities, .probabilities)
    (settings.momentum, settings.learningRate, settings.batchSize) = (0.5, 1, 1)
    // Without weights, p(v) = σ(b) whatever h is.
    var machine = RestrictedBoltzmannMachine(
      visibleCount: 1, hiddenCount: 1, weights: .constant(0), stream: RandomStream(key: 0))
    try settings.train(
      &machine, on: .real(Matrix(rows: [[1]])), epochs: 2, stream: RandomStream(key: 0))
    let second = 0.25 + (1 - logistic(0.5))
    #expect(abs(Double(machine.visibleBiases[0]) - (0.5 + second)) < 1e-6)
  }

  @Test func recordsComeWhenTheyAreDue() throws {
    var settings = ContrastiveDivergence()
    (settings.batchSize, settings.updatesPerBatch) = (10, 2)
    var machine = Self.machine
    var seen: [Int] = []
    let records = try settings.train(
      &machine, on: .binary(Self.bits), epochs: 2, stream: RandomStream(key: 1),
      recording: .everyUpdates(4)
    ) { record, machine in
      seen.append(record.updates)
      #expect(record.weightNorm == machine.weights.frobeniusNorm)
    }
    #expect(records.map(\.updates) == [0, 4, 8, 12])
    #expect(records.map(\.epochs) == [0, 0, 1, 2])
    #expect(seen == [0, 4, 8, 12])
    #expect(records[0].weightNorm == Self.machine.weights.frobeniusNorm)
    #expect(records[0].reconstructionError == nil)
    #expect(records[3].weightNorm == machine.weights.frobeniusNorm)
    for record in records.dropFirst() {
      let error = try #require(record.reconstructionError)
      #expect(error > 0 && error < 20)
    }
  }

  @Test func divergenceIsToldAtItsUpdate() throws {
    var settings = ContrastiveDivergence()
    (settings.learningRate, settings.weightDecay, settings.batchSize) = (1e30, 1e5, 23)
    var machine = Self.machine
    #expect(throws: TrainingError.diverged(update: 2)) {
      try settings.train(
        &machine, on: .binary(Self.bits), epochs: 5, stream: RandomStream(key: 1))
    }
    #expect(machine == Self.machine)
  }

  @Test func impossibleSettingsAreErrors() throws {
    let cases: [(TrainingError, (inout ContrastiveDivergence) -> Void)] = [
      (.notPositive("number of steps", 0), { $0.steps = 0 }),
      (.notPositive("batch size", -1), { $0.batchSize = -1 }),
      (.notPositive("number of updates per batch", 0), { $0.updatesPerBatch = 0 }),
      (.notPositive("number of chains", 0), { $0.chains = .persistent(0) }),
      (.notPositive("learning rate", 0), { $0.learningRate = 0 }),
      (.negative("momentum", -0.5), { $0.momentum = -0.5 }),
      (.negative("weight decay", .infinity), { $0.weightDecay = .infinity }),
      (.tooManySteps, { $0.steps = StepSchedule(1 << 31) }),
      (
        .notPositive("number of steps", 0),
        { $0.steps = StepSchedule([.init(fromEpoch: 0, steps: 1), .init(fromEpoch: 5, steps: 0)]) }
      ),
      (.notPositive("activity rate", 0), { $0.activityRate = 0 }),
      (.negative("sparsity cost", -1), { $0.sparsity = .init(target: 0.1, cost: -1) }),
      (.notPositive("number of chains", 0), { $0.chains = .tempered(Self.ladder, 0) }),
      (
        .impossible("Centering moves weights and both kinds of biases together."),
        { ($0.isCentered, $0.moving) = (true, [.weights, .hiddenBiases]) }
      ),
      (
        .impossible("The coldest chains of a ladder are those of the model, at T = 1."),
        { $0.chains = .tempered(TemperatureLadder([1.5, 2]), 3) }
      ),
      (
        .impossible("Tempered chains have binary units that are drawn."),
        { ($0.chains, $0.visibleInChain) = (.tempered(Self.ladder, 3), .probabilities) }
      ),
    ]
    for (error, change) in cases {
      var settings = ContrastiveDivergence()
      change(&settings)
      #expect(throws: error) {
        var machine = Self.machine
        try settings.train(
          &machine, on: .binary(Self.bits), epochs: 1, stream: RandomStream(key: 1))
      }
    }
  }

  @Test func dataMustFitTheMachine() {
    var machine = Self.machine
    let cases: [(TrainingError, BitMatrix)] = [
      (.noData, BitMatrix(rows: 0, columns: 20)),
      (.unitCount(19, visibleCount: 20), BitMatrix(rows: 1, columns: 19)),
    ]
    for (error, bits) in cases {
      #expect(throws: error) {
        try ContrastiveDivergence().train(
          &machine, on: .binary(bits), epochs: 1, stream: RandomStream(key: 1))
      }
    }
  }

  /// Independent units would give −9 ln 2 = −6.24 nats; CD-1 is known to stop well short of the
  /// best, −ln 8 = −2.08, since its chains do not leave the data; persistent chains come near.
  @Test(arguments: [(ContrastiveDivergence.Chains.fromData, -3.6), (.persistent(100), -2.5)])
  func learningRaisesTheExactLikelihood(
    chains: ContrastiveDivergence.Chains, atLeast: Double
  ) throws {
    // Three bars of three pixels: 8 patterns, ten of each, ln 8 nats.
    let bits = BitMatrix(rows: 80, columns: 9) { row, pixel in (row % 8) >> (pixel / 3) & 1 == 1 }
    var machine = RestrictedBoltzmannMachine(
      visibleCount: 9, hiddenCount: 6, weights: .normal(mean: 0, standardDeviation: 0.01),
      stream: RandomStream(key: 5))
    var settings = ContrastiveDivergence()
    (settings.chains, settings.batchSize, settings.learningRate) = (chains, 80, 0.1)
    try settings.train(
      &machine, on: .binary(bits), epochs: 3000, stream: RandomStream(key: 6))
    let logZ = try machine.logPartitionFunction()
    let likelihood = (0..<8).reduce(0.0) { $0 - machine.freeEnergy(bits.row($1)) - logZ } / 8
    #expect(likelihood > atLeast)
    #expect(likelihood <= -naturalLogarithm(8))
  }

  @Test func dataKnowTheirKind() {
    let binary = VisibleData(Dataset(values: [0, 1, 1, 0], unitCount: 2))
    #expect(binary == .binary(BitMatrix(rows: 2, columns: 2) { $0 != $1 }))
    let grey = VisibleData(Dataset(values: [0, 0.5], unitCount: 2))
    #expect(grey == .real(Matrix(rows: [[0, 0.5]])))
  }
}
