import Testing

@testable import Boltzmann

@Suite struct BoltzmannLearningTests {
  private let stream = RandomStream(seed: 3, name: "learning")
  private let both = ClampedRows([BitVector(ones: 2)])
  private func pair() throws -> BoltzmannMachine {
    try BoltzmannMachine(unitCount: 2, edges: [.init(0, 1, 0)])
  }

  /// From zero, both units are on in a quarter of the free phase and each in half of it.
  @Test func theFirstStepByHand() throws {
    var machine = try pair()
    try BoltzmannLearning(rule: .gradient(rate: 0.4)).train(
      &machine, on: both, updates: 1, stream: stream)
    #expect(machine.edges == [.init(0, 1, 0.4 * (1 - 0.25))])
    #expect(machine.biases == [0.4 * (1 - 0.5), 0.4 * (1 - 0.5)])
  }

  /// Δ₂ = rate · (difference − decay · w) + momentum · Δ₁, biases without decay.
  @Test func momentumAndDecayByHand() throws {
    var machine = try pair()
    let rule = BoltzmannLearning.Rule.gradient(rate: 0.4, momentum: 0.5, weightDecay: 0.1)
    try BoltzmannLearning(rule: rule).train(&machine, on: both, updates: 2, stream: stream)
    let (w, b) = (0.3, 0.2)
    let first = try BoltzmannMachine(unitCount: 2, edges: [.init(0, 1, w)], biases: [b, b])
    let negative = try ExactPhases(first, both).statistics.negative
    let weight = w + 0.4 * (1 - negative.pairs[0] - 0.1 * w) + 0.5 * w
    let bias = b + 0.4 * (1 - negative.units[0]) + 0.5 * b
    #expect(isClose(machine.edges[0].weight, weight, relative: 1e-14))
    #expect(isClose(machine.biases[1], bias, relative: 1e-14))
  }

  /// Up, down, and not at all where the phases agree: one unit always on, one always off, one in
  /// half of the rows.
  @Test func theSignRuleMovesByItsStep() throws {
    var machine = try BoltzmannMachine(unitCount: 3, edges: [.init(0, 1, 0), .init(0, 2, 0)])
    let rows = ClampedRows([1, 5].map { BitVector(index: $0, count: 3) })
    try BoltzmannLearning(rule: .sign(step: 2)).train(
      &machine, on: rows, updates: 1, stream: stream)
    #expect(machine.biases == [2, -2, 0])
    // Together: 0 and ½ of the rows, ¼ of the free states.
    #expect(machine.edges.map(\.weight) == [-2, 2])
  }

  @Test func onlyWhatMayMoveMoves() throws {
    let start = try partlyConnectedMachine(unitCount: 6, visibleCount: 4, seed: 1)
    let rows = ClampedRows([3, 9].map { BitVector(index: $0, count: 4) })
    for moving in [ContrastiveDivergence.Parameters.weights, .visibleBiases, .hiddenBiases] {
      var machine = start
      try BoltzmannLearning(rule: .gradient(rate: 0.1), moving: moving).train(
        &machine, on: rows, updates: 2, stream: stream)
      #expect((machine.edges != start.edges) == (moving == .weights))
      #expect((machine.biases[..<4] != start.biases[..<4]) == (moving == .visibleBiases))
      #expect((machine.biases[4...] != start.biases[4...]) == (moving == .hiddenBiases))
    }
  }

  /// The connections before and after are the same ones, whatever is missing between the units.
  @Test func noConnectionIsMadeOrLost() throws {
    var machine = try partlyConnectedMachine(unitCount: 7, visibleCount: 4, seed: 2)
    let pairs = machine.edges.map { [$0.first, $0.second] }
    #expect(pairs.count < 21)
    try BoltzmannLearning.ackleyHintonSejnowski.train(
      &machine, on: ClampedRows([BitVector(index: 5, count: 4)]), updates: 3, stream: stream)
    #expect(machine.edges.map { [$0.first, $0.second] } == pairs)
  }

  /// Small steps along the exact gradient never lower the likelihood.
  @Test(arguments: [[], [0, 2]])
  func theLikelihoodRises(inputs: [Int]) throws {
    var machine = try partlyConnectedMachine(
      unitCount: 6, visibleCount: 4, weightScale: 0.3, seed: 3)
    let rows = ClampedRows([3, 3, 9, 14].map { BitVector(index: $0, count: 4) }, inputs: inputs)
    var likelihoods: [Double] = []
    try BoltzmannLearning(rule: .gradient(rate: 0.2)).train(
      &machine, on: rows, updates: 300, stream: stream
    ) { _, machine in
      likelihoods.append((try? ExactPhases(machine, rows).logLikelihood) ?? .nan)
      return true
    }
    #expect(likelihoods.count == 301)
    #expect(zip(likelihoods, likelihoods.dropFirst()).allSatisfy { $0 < $1 })
    #expect((likelihoods.last ?? 0) - likelihoods[0] > 0.3)
  }

  /// Even parity of three bits: every pair of bits is as in independent draws, so that without
  /// hidden units nothing can be learned and ln 2 remains; one hidden unit is enough.
  @Test func parityNeedsAHiddenUnit() throws {
    var divergences: [Double] = []
    for hidden in [0, 1] {
      let start = try randomMachine(unitCount: 3 + hidden, weightScale: 0.5, seed: 4)
      var machine = try BoltzmannMachine(
        couplings: start.couplings, biases: start.biases, visibleCount: 3)
      let rows = evenParityRows(3)
      try BoltzmannLearning(rule: .gradient(rate: 1, momentum: 0.9)).train(
        &machine, on: rows, updates: 4000, stream: stream)
      divergences.append(try ExactPhases(machine, rows).divergence)
    }
    #expect(abs(divergences[0] - naturalLogarithm(2)) < 1e-6)
    #expect(divergences[1] < 0.01)
  }

  /// Learning from a machine's own distribution reaches it in KL, not in its weights: with hidden
  /// units many weights give the same p(v).
  @Test func theSameDistributionFromOtherWeights() throws {
    let target = try slide35()
    let visible = try ExactDistribution(target).marginal(over: [0, 1])
    // A thousand rows in the exact shares, rounded.
    let rows = ClampedRows(
      (0..<4).flatMap { v in
        Array(
          repeating: BitVector(index: UInt64(v), count: 2),
          count: Int((1000 * visible[v]).rounded()))
      })
    let start = try randomMachine(unitCount: 4, seed: 12)
    var machine = try BoltzmannMachine(couplings: start.couplings, visibleCount: 2)
    try BoltzmannLearning(rule: .gradient(rate: 1), moving: .weights).train(
      &machine, on: rows, updates: 3000, stream: stream)
    #expect(try ExactPhases(machine, rows).divergence < 1e-9)
    #expect(machine.couplings.distance(to: target.couplings) > 2)
  }

  @Test func observingCanEndIt() throws {
    var machine = try pair()
    var seen: [Int] = []
    try BoltzmannLearning(rule: .sign(step: 1)).train(
      &machine, on: both, updates: 100, stream: stream
    ) { updates, _ in
      seen.append(updates)
      return updates < 3
    }
    #expect(seen == [0, 1, 2, 3])
    #expect(machine.biases[0] == 3)
  }

  /// Both parameters grow beyond all bounds; the update at which that happens is named, and the
  /// machine is left alone.
  @Test func divergenceIsNamed() throws {
    var machine = try pair().moved(weight: 0, by: 1)
    let rule = BoltzmannLearning.Rule.gradient(rate: 1e100, weightDecay: 1e100)
    #expect(throws: TrainingError.diverged(update: 2)) {
      try BoltzmannLearning(rule: rule).train(&machine, on: both, updates: 50, stream: stream)
    }
    #expect(machine.edges == [.init(0, 1, 1)])
  }

  @Test func mistakesAreNamed() throws {
    var machine = try pair()
    func expect(
      _ error: TrainingError, _ learning: BoltzmannLearning, _ rows: ClampedRows? = nil,
      updates: Int = 1
    ) {
      #expect(throws: error) {
        try learning.train(&machine, on: rows ?? both, updates: updates, stream: stream)
      }
    }
    expect(.notPositive("learning rate", 0), BoltzmannLearning(rule: .gradient(rate: 0)))
    expect(.notPositive("step", -2), BoltzmannLearning(rule: .sign(step: -2)))
    expect(.negative("momentum", -1), BoltzmannLearning(rule: .gradient(rate: 1, momentum: -1)))
    expect(
      .negative("weight decay", -1), BoltzmannLearning(rule: .gradient(rate: 1, weightDecay: -1)))
    expect(
      .unitCount(3, visibleCount: 2), .ackleyHintonSejnowski, ClampedRows([BitVector(ones: 3)]))
    expect(.tooManySteps, .ackleyHintonSejnowski, updates: 1 << 30)
    machine = try BoltzmannMachine(unitCount: 21, edges: [], visibleCount: 2)
    expect(
      .enumeration(EnumerationLimit(freeUnitCount: 21, largestFreeUnitCount: 20)),
      BoltzmannLearning(rule: .sign(step: 1)))
  }

  @Test func rowsAreBinary() {
    #expect(throws: TrainingError.notBinary(row: 1)) {
      try ClampedRows(Dataset(values: [0, 1, 1, 0.5], unitCount: 2))
    }
    #expect(throws: TrainingError.noData) {
      try ClampedRows(Dataset(values: [], unitCount: 2))
    }
  }

  /// The hash of all parameters after 30 cycles of the 1985 procedure is typed here: debug and
  /// release builds, all kernels and all numbers of threads are held to the same bits.
  @Test(arguments: ["reference", "avx2", "avx512", "neon"], [1, 3])
  func sameBits(kernels name: String, threads: Int) throws {
    guard let kernels = try? Kernels(named: name) else { return }
    var machine = try encoderMachine(size: 4, hiddenCount: 2)
    let rows = ClampedRows((0..<40).map { encoderRows(size: 4).rows[$0 % 4] })
    try BoltzmannLearning.ackleyHintonSejnowski.train(
      &machine, on: rows, updates: 30, stream: stream, threads: threads, kernels: kernels)
    let values = machine.edges.map(\.weight) + machine.biases
    #expect(values.allSatisfy { $0.truncatingRemainder(dividingBy: 2) == 0 })
    let hash = values.reduce(into: UInt64(0)) { $0 = $0 &* 31 &+ UInt64(bitPattern: Int64($1)) }
    #expect(String(hash, radix: 16) == "c15968eb91506d6e")
  }
}
