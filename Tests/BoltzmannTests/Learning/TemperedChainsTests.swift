import Testing

@testable import Boltzmann

@Suite struct TemperedChainsTests {
  /// Two deep valleys, all units on or all off, that single chains do not leave.
  private func valleys() throws -> RestrictedBoltzmannMachine {
    try RestrictedBoltzmannMachine(
      weights: Matrix(rows: 4, columns: 3) { _, _ in 5 }, visibleBiases: [-7, -7.5, -8, -7],
      hiddenBiases: [-10, -10, -10])
  }

  /// The coldest visible states of many ladders after many steps are draws from the model.
  @Test func theColdestChainsHaveTheModelsDistribution() throws {
    let machine = try valleys()
    let count = 1000
    let run = TemperedChains(
      machine, .geometric(from: 1, to: 12, rungs: 8), count: count, stream: RandomStream(key: 6),
      kernels: .standard)
    let parameters = Parameters(machine, hasVelocity: false)
    run.copyWeights(of: parameters, panels: 0..<1)
    let out = LayerPanels(units: 4, rows: count)
    var place = UpdatePlace()
    place.steps = 80
    run.advance(0..<count, place, parameters, into: out)
    let bits = BitRows(rows: count, columns: 4)
    out.copyStates(to: bits, count: count)
    var counts = [Int](repeating: 0, count: 16)
    for row in 0..<count { counts[Int(bits.words(row)[0])] += 1 }
    let logZ = try machine.logPartitionFunction()
    let p = allStates(4).map { exponential(-machine.freeEnergy($0) - logZ) }
    #expect(min(p[0], p[15]) > 0.1)
    #expect(ChiSquareTest(counts: counts, probabilities: p).pValue > 1e-3)
    let acceptance = run.takeAcceptance()
    #expect(acceptance.count == 7)
    #expect(acceptance.allSatisfy { ($0 ?? 0) > 0.1 && ($0 ?? 1) < 1 })
    #expect(run.takeAcceptance().allSatisfy { $0 == nil })
  }

  /// Counts go on where single precision has no odd numbers left.
  @Test func countsOfExchangesHaveNoEnd() throws {
    let machine = try valleys()
    let run = TemperedChains(
      machine, TemperatureLadder([1, 8]), count: 1, stream: RandomStream(key: 5),
      kernels: .standard)
    let counts = BitRows(rows: 2, columns: 64)
    for row in 0..<2 { unsafe counts.pointer(row)[0] = 1 << 24 }
    let checkpoint = TrainingCheckpoint(
      tensors: run.stateTensors.dropLast() + [Tensor("exchanges", counts)])
    try run.restore(CheckpointReader(checkpoint: checkpoint))
    let parameters = Parameters(machine, hasVelocity: false)
    run.copyWeights(of: parameters, panels: 0..<1)
    var place = UpdatePlace()
    place.steps = 400
    run.advance(0..<1, place, parameters, into: LayerPanels(units: 4, rows: 1))
    let share = try #require(run.takeAcceptance()[0])
    #expect(share < 1 && share > 1 - 200 / 0x1p24)
  }

  /// Exchanges are tried in turn, so that two steps try every pair once.
  @Test func recordsTellTheSharesAccepted() throws {
    var settings = ContrastiveDivergence()
    settings.chains = .tempered(TemperatureLadder([1, 2, 4]), 5)
    settings.batchSize = 6
    var machine = try valleys()
    let data = BitMatrix(rows: 6, columns: 4) { row, _ in row < 3 }
    let records = try settings.train(
      &machine, on: .binary(data), epochs: 2, stream: RandomStream(key: 1),
      recording: .everyEpoch)
    #expect(records.map(\.acceptance.count) == [2, 2, 2])
    #expect(records[0].acceptance == [nil, nil])
    #expect(records[1].acceptance[0] != nil && records[1].acceptance[1] == nil)
    #expect(records[2].acceptance[0] == nil && records[2].acceptance[1] != nil)
  }

  /// Where single chains stay in the valley they started in, the mean over tempered updates is the
  /// exact gradient.
  @Test func updatesHaveTheExactGradientAsTheirMean() throws {
    let start = try valleys()
    let data = VisibleData.binary(BitMatrix(rows: 6, columns: 4) { row, _ in row < 4 })
    let exact = try start.logLikelihoodGradient(on: data).visible[0]
    func changes(_ chains: ContrastiveDivergence.Chains) throws -> Moments {
      var settings = ContrastiveDivergence()
      (settings.chains, settings.steps, settings.batchSize) = (chains, 80, 6)
      settings.learningRate = 1
      var moments = Moments()
      for seed in 0..<40 {
        var moved = start
        try settings.train(&moved, on: data, epochs: 1, stream: RandomStream(key: UInt64(seed)))
        moments.add(Double(moved.visibleBiases[0] - start.visibleBiases[0]))
      }
      return moments
    }
    func score(_ moments: Moments) -> Double {
      abs(moments.mean - exact) / ((moments.variance ?? 0) / 40).squareRoot()
    }
    let ladder = TemperatureLadder.geometric(from: 1, to: 12, rungs: 8)
    #expect(try score(changes(.tempered(ladder, 10))) < 4)
    #expect(try score(changes(.fromData)) > 8)
  }
}
