import Testing

@testable import Boltzmann

@Suite struct WakeSleepTests {
  private let stream = RandomStream(seed: 2, name: "wake-sleep")

  /// One update on many copies of the data moves along what enumeration says, to five standard
  /// deviations of a mean of values of at most 1 in size.
  @Test func sampledStepsHaveTheirMeans() throws {
    let machine = randomHelmholtzMachine([3, 2, 2], seed: 21)
    let states = allStates(3).filter { $0.onCount != 1 }
    let copies = 4000
    let data = BitMatrix(rows: (0..<copies).flatMap { _ in states })
    var learning = WakeSleep()
    learning.batchSize = data.rowCount
    learning.learningRate = 1
    var learned = machine
    try learning.train(&learned, on: data, epochs: 1, stream: stream)
    let wake = try machine.boundGradient(on: BitMatrix(rows: states)).generative
    let sleep = try machine.expectedSleepStep().recognition
    let tolerance = 2.5 / Double(data.rowCount).squareRoot()
    for (before, after, expected) in zip3(
      machine.generative + machine.recognition, learned.generative + learned.recognition,
      wake + sleep)
    {
      for (change, mean) in zip(
        zip(after.parameters, before.parameters).map { $0 - $1 }, expected.parameters)
      {
        #expect(abs(change - mean) < tolerance)
      }
      #expect(expected.parameters.contains { abs($0) > 5 * tolerance })
    }
  }

  private func zip3<A, B, C>(_ a: [A], _ b: [B], _ c: [C]) -> [(A, B, C)] {
    zip(a, zip(b, c)).map { ($0, $1.0, $1.1) }
  }

  @Test func aPhaseMovesItsOwnNet() throws {
    let machine = randomHelmholtzMachine([3, 2], seed: 22)
    let data = BitMatrix(rows: allStates(3))
    var learning = WakeSleep()
    learning.phases = .sleep
    var learned = machine
    try learning.train(&learned, on: data, epochs: 1, stream: stream)
    #expect(learned.generative == machine.generative)
    #expect(learned.recognition != machine.recognition)
    learning.phases = .wake
    learned = machine
    try learning.train(&learned, on: data, epochs: 1, stream: stream)
    #expect(learned.generative != machine.generative)
    #expect(learned.recognition == machine.recognition)
  }

  /// Sleep alone learns the mean of the posterior: halves, where one of two causes is present.
  @Test func sleepAveragesTheModes() throws {
    var machine = HelmholtzMachine(
      layerSizes: [1, 2], weights: .constant(20), visibleBiases: .constant(-20),
      hiddenBiases: .constant(-2), stream: stream)
    var learning = WakeSleep()
    learning.phases = .sleep
    learning.learningRate = 0.05
    try learning.train(
      &machine, on: BitMatrix(rows: 30, columns: 1), epochs: 1500, stream: stream)
    let posterior = PlainHelmholtz(machine, BitVector(ones: 1))
    let marginal = (posterior.joint[1] + posterior.joint[3]) / posterior.probability
    for q in machine.recognisedProbabilities(given: [1]) { #expect(abs(q - marginal) < 0.1) }
    #expect(marginal > 0.45 && posterior.joint[3] / posterior.probability < 0.15)
  }

  @Test func barsAreLearned() throws {
    let bars = VisibleData(Dataset.barsAndStripes(side: 2))
    guard case .binary(let data) = bars else { return }
    var machine = HelmholtzMachine(
      layerSizes: [4, 4, 1], weights: .constant(0), stream: stream)
    var records: [Int] = []
    var learning = WakeSleep()
    learning.batchSize = 1
    learning.learningRate = 0.05
    func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }
    // Each pixel is on in half of the rows: no model of independent units is better than this one.
    let independent = -4 * naturalLogarithm(2)
    #expect(abs(try mean(machine.logLikelihoods(of: data)) - independent) < 1e-13)
    try learning.train(
      &machine, on: data, epochs: 1500, stream: stream, recording: .everyUpdates(4000)
    ) { stage, _ in records.append(stage.updates) }
    #expect(records == [0, 4000, 8000, 12000])
    // What both nets have learned is worth more than independent units, even by the bound; and no
    // model is better than the entropy of the rows, two of which are there twice.
    #expect(try mean(machine.bounds(of: data)) > independent)
    let entropy = 0.5 * naturalLogarithm(4) + 0.5 * naturalLogarithm(8)
    #expect(try mean(machine.logLikelihoods(of: data)) < -entropy)
  }

  @Test func mistakesAreNamed() {
    var machine = randomHelmholtzMachine([3, 2], seed: 23)
    let before = machine
    let data = BitMatrix(rows: allStates(3))
    func expect(_ error: TrainingError, _ data: BitMatrix, _ change: (inout WakeSleep) -> Void) {
      var learning = WakeSleep()
      change(&learning)
      #expect(throws: error) {
        try learning.train(&machine, on: data, epochs: 1, stream: stream)
      }
    }
    expect(.noData, BitMatrix(rows: 0, columns: 3)) { _ in }
    expect(.unitCount(2, visibleCount: 3), BitMatrix(rows: allStates(2))) { _ in }
    expect(.notPositive("batch size", 0), data) { $0.batchSize = 0 }
    expect(.notPositive("learning rate", -1), data) { $0.learningRate = -1 }
    #expect(throws: TrainingError.tooManySteps) {
      try WakeSleep().train(&machine, on: data, epochs: 1 << 31, stream: stream)
    }
    #expect(machine == before)
  }

  /// The hash is typed here, so that debug and release builds and all machines are held to it.
  @Test func sameBits() throws {
    var machine = randomHelmholtzMachine([9, 6, 2], seed: 24)
    let data = BitMatrix(rows: 40, columns: 9) { row, column in (row * 7 + column) % 3 == 0 }
    try WakeSleep().train(&machine, on: data, epochs: 3, stream: stream)
    let values = (machine.generative + machine.recognition).flatMap(\.parameters)
    #expect(String(bitHash(values), radix: 16) == "bb849e5966d74e12")
  }
}

/// FNV-1a over the bit patterns of Doubles.
func bitHash(_ values: [Double]) -> UInt64 {
  var hash: UInt64 = 0xcbf2_9ce4_8422_2325
  for value in values {
    for shift in stride(from: UInt64(0), to: 64, by: 8) {
      hash = (hash ^ (value.bitPattern >> shift & 255)) &* 0x0000_0100_0000_01b3
    }
  }
  return hash
}
