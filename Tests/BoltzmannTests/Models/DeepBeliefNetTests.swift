import Testing

@testable import Boltzmann

@Suite struct DeepBeliefNetTests {
  private func all(_ count: Int) -> BitMatrix { BitMatrix(rows: allStates(count)) }

  private func machine(_ visible: Int, _ hidden: Int) -> RestrictedBoltzmannMachine {
    RestrictedBoltzmannMachine(
      visibleCount: visible, hiddenCount: hidden, weights: .normal(mean: 0, standardDeviation: 1.5),
      visibleBiases: .normal(mean: 0, standardDeviation: 1),
      hiddenBiases: .normal(mean: 0, standardDeviation: 1), stream: RandomStream(key: 17))
  }

  /// The second machine gives to x¹ what the first gives to its hidden units, and the way up is then
  /// the posterior itself.
  @Test(arguments: [2, 3, 4])
  func aMachineUnderItsOwnTransposeIsItself(layers: Int) throws {
    for (visible, hidden) in [(5, 4), (4, 7)] {
      let machine = machine(visible, hidden)
      let stack = (0..<layers).map { $0.isMultiple(of: 2) ? machine : machine.transposed }
      let net = try DeepBeliefNet(stacking: stack)
      let logZ = try net.logPartitionFunction()
      let machineLogZ = try machine.logPartitionFunction()
      #expect(abs(logZ - machineLogZ) < 1e-12)
      let rows = try EnumeratedDeepBeliefNet(net).rows(all(visible))
      for (row, state) in zip(rows, allStates(visible)) {
        let exact = -machine.freeEnergy(state) - machineLogZ
        #expect(abs(row.logWeight - logZ - exact) < 1e-12)
        #expect(abs(row.bound - logZ - exact) < 1e-12)
      }
    }
  }

  @Test(arguments: [
    ([4, 3], 0), ([4, 3], 3), ([4, 3, 3], 0), ([3, 4, 2], 2), ([4, 3, 2, 3], 0), ([3, 2, 3, 2], 3),
  ])
  func enumerationIsTheSumOverAllStates(counts: [Int], labels: Int) throws {
    let net = try PlainDeepBeliefNet.drawn(counts, labels: labels)
    let plain = PlainDeepBeliefNet(net: net)
    let logZ = try net.logPartitionFunction()
    #expect(abs(logZ - naturalLogarithm(plain.partitionFunction)) < 1e-12)
    let rows = try EnumeratedDeepBeliefNet(net).rows(all(counts[0]), threads: 2)
    for (row, state) in zip(rows, PlainDeepBeliefNet.states(counts[0])) {
      let expected = plain.row(state)
      #expect(abs(row.logWeight - expected.logWeight) < 1e-12)
      #expect(abs(row.bound - expected.bound) < 1e-12)
      #expect(abs(row.entropy - expected.entropy) < 1e-12)
      #expect(counts.count == 2 ? row.bound == row.logWeight : row.bound < row.logWeight)
    }
    #expect(abs(rows.reduce(0) { $0 + exponential($1.logWeight - logZ) } - 1) < 1e-12)
  }

  /// Fields beyond 300, where the fast sum gives way.
  @Test func largeWeightsOfLabelsDoNotOverflow() throws {
    var net = try PlainDeepBeliefNet.drawn([3, 2], labels: 2)
    net.top.weights[3, 0] = 400
    let state = try net.logPartitionFunction()
    let largest = Double(net.top.visibleBiases[3] + net.top.hiddenBiases[0]) + 400
    #expect(state > largest && state < largest + 20)
  }

  @Test(arguments: [0, 3])
  func importanceSamplingFindsZ(labels: Int) throws {
    let net = try PlainDeepBeliefNet.drawn([4, 3, 3], labels: labels)
    let exact = try net.logPartitionFunction()
    let estimate = net.logPartitionFunction(
      by: AnnealedImportanceSampling(path: .linear(steps: 50), chains: 64),
      stream: RandomStream(key: 3))
    #expect(estimate.interval.contains(exact) && estimate.interval.contains(estimate.logZ))
    #expect(estimate.interval.upperBound - estimate.interval.lowerBound < 0.2)
  }

  @Test(arguments: [[4, 3], [4, 3, 3], [3, 3, 2, 2]])
  func drawsGiveTheBoundOnAverage(counts: [Int]) throws {
    let net = try PlainDeepBeliefNet.drawn(counts)
    let data = all(counts[0])
    let rows = try EnumeratedDeepBeliefNet(net).rows(data)
    func mean(_ value: (EnumeratedDeepBeliefNet.Row) -> Double) -> Double {
      rows.reduce(0) { $0 + value($1) } / Double(rows.count)
    }
    let drawn = net.drawnBound(of: data, draws: 500, stream: RandomStream(key: 5))
    let error = try #require(drawn.bound.standardError)
    if counts.count == 2 {
      #expect(abs(drawn.bound.mean - mean(\.bound)) < 1e-12 && error == 0)
      #expect(drawn.entropy.mean == 0 && abs(drawn.importance - mean(\.logWeight)) < 1e-12)
    } else {
      #expect(abs(drawn.bound.mean - mean(\.bound)) < 5 * error && error < 0.02 && error > 0)
      let entropyError = try #require(drawn.entropy.standardError)
      #expect(abs(drawn.entropy.mean - mean(\.entropy)) <= 5 * entropyError + 1e-12)
      // The gap is many times the noise, and 500 draws close most of it.
      let gap = mean(\.logWeight) - mean(\.bound)
      #expect(gap > 20 * error)
      #expect(abs(drawn.importance - mean(\.logWeight)) < 0.1 * gap)
    }
    for threads in [2, 3] {
      let again = net.drawnBound(
        of: data, draws: 500, stream: RandomStream(key: 5), threads: threads)
      #expect(again == drawn)
    }
  }

  @Test(arguments: [0, 2])
  func labelsAreFoundByFreeEnergy(extra: Int) throws {
    // One machine: exact, beside a sum over everything.
    let net = try PlainDeepBeliefNet.drawn([4, 3], labels: 2 + extra)
    let plain = PlainDeepBeliefNet(net: net)
    let found = net.labelProbabilities(given: .binary(all(4)), threads: 2)
    for (row, state) in zip(found, PlainDeepBeliefNet.states(4)) {
      let weights = plain.topStates(state).map(plain.topWeight)
      for (p, weight) in zip(row, weights) {
        #expect(abs(p - weight / weights.reduce(0, +)) < 1e-12)
      }
    }
  }

  @Test func labelsOfADeepNetComeFromTheMeansOfTheWayUp() throws {
    let net = try PlainDeepBeliefNet.drawn([4, 3, 2], labels: 3)
    let found = net.labelProbabilities(given: .binary(all(4)))
    for (row, state) in zip(found, PlainDeepBeliefNet.states(4)) {
      let inputs = PlainDeepBeliefNet.means(net.layers[0].up, state)
      let weights = (0..<3).map { label in
        (0..<2).reduce(exponential(Double(net.top.visibleBiases[3 + label]))) { weight, hidden in
          let field = (0..<3).reduce(
            Double(net.top.hiddenBiases[hidden] + net.top.weights[3 + label, hidden])
          ) { $0 + inputs[$1] * Double(net.top.weights[$1, hidden]) }
          return weight * (1 + exponential(field))
        }
      }
      for (p, weight) in zip(row, weights) {
        #expect(abs(p - weight / weights.reduce(0, +)) < 1e-6)
      }
    }
  }

  @Test func featuresAreProductsOfGenerativeWeights() throws {
    let net = try PlainDeepBeliefNet.drawn([4, 3, 2, 5], labels: 2)
    #expect(net.features(ofLayer: 1) == net.layers[0].down.weights)
    let (second, third) = (net.features(ofLayer: 2), net.features(ofLayer: 3))
    #expect(second.rowCount == 2 && third.rowCount == 5 && third.columnCount == 4)
    for pixel in 0..<4 {
      for unit in 0..<2 {
        let expected = (0..<3).reduce(0) {
          $0 + net.layers[1].down.weights[unit, $1] * net.layers[0].down.weights[$1, pixel]
        }
        #expect(abs(second[unit, pixel] - expected) < 1e-5)
      }
      for unit in 0..<5 {
        let expected = (0..<2).reduce(0) { $0 + net.top.weights[$1, unit] * second[$1, pixel] }
        #expect(abs(third[unit, pixel] - expected) < 1e-5)
      }
    }
  }

  @Test func reconstructionsGoUpAndDown() throws {
    let net = try PlainDeepBeliefNet.drawn([4, 3, 2])
    let state = [1.0, 0, 1, 1]
    let inputs = PlainDeepBeliefNet.means(net.layers[0].up, state)
    let hidden = PlainDeepBeliefNet.means(net.top.upward, inputs)
    let turned = PlainDeepBeliefNet.means(net.top.downward, hidden)
    let expected = PlainDeepBeliefNet.means(net.layers[0].down, turned)
    let found = net.reconstructions(
      of: .binary(BitMatrix(rows: [BitVector(state.map { $0 == 1 })])))
    for unit in 0..<4 { #expect(abs(Double(found[0, unit]) - expected[unit]) < 1e-6) }
    // One machine: the same as its own reconstruction.
    let machine = machine(4, 3)
    let data = VisibleData.binary(all(4))
    let own = machine.visibleMeans(given: machine.hiddenProbabilities(given: data))
    let same = try DeepBeliefNet(stacking: [machine]).reconstructions(of: data)
    for row in 0..<16 {
      for (value, other) in zip(same.row(row), own.row(row)) { #expect(abs(value - other) < 1e-6) }
    }
  }

  @Test func theLowestMachinesAreNetsOfTheirOwn() throws {
    let machines = [machine(6, 5), machine(5, 4), machine(7, 3)]
    let net = try DeepBeliefNet(stacking: machines, labelCount: 3)
    #expect(net.unitCounts == [6, 5, 4, 3] && net.visibleCount == 6 && net.topInputCount == 4)
    #expect(net.lowest(1) == (try DeepBeliefNet(stacking: [machines[0]])))
    #expect(net.lowest(2) == (try DeepBeliefNet(stacking: Array(machines[..<2]))))
    #expect(net.lowest(3) == net)
    var apart = net
    apart.layers[0].up.biases[0] += 1
    #expect(apart.lowest(1) != nil)
    apart.layers[0].up.weights[0, 0] += 1
    #expect(apart.lowest(1) == nil && apart.lowest(2)?.layers == [apart.layers[0]])
  }

  @Test func whatDoesNotFitIsRefused() throws {
    let (lower, upper) = (machine(6, 5), machine(4, 3))
    #expect(throws: DeepBeliefNetError.noMachine) { try DeepBeliefNet(stacking: []) }
    let mismatch = DeepBeliefNetError.unitCount(layer: 1, visible: 4, below: 5, labels: 0)
    #expect(throws: mismatch) { try DeepBeliefNet(stacking: [lower, upper]) }
    #expect(throws: DeepBeliefNetError.unitCount(layer: 1, visible: 5, below: 5, labels: 2)) {
      try DeepBeliefNet(stacking: [lower, machine(5, 3)], labelCount: 2)
    }
    #expect(throws: DeepBeliefNetError.tooManyLabels(6, visible: 6)) {
      try DeepBeliefNet(stacking: [lower], labelCount: 6)
    }
    let gaussian = RestrictedBoltzmannMachine(
      visibleCount: 3, hiddenCount: 6, weights: .constant(0), visibleUnits: .gaussian,
      stream: RandomStream(key: 1))
    #expect(throws: DeepBeliefNetError.notBinary(layer: 0)) {
      try DeepBeliefNet(stacking: [gaussian, lower])
    }
    #expect(
      "\(mismatch)"
        == "Machine 2 has 4 visible units, but the one below has 5 hidden units.")
  }

  @Test func tooManyStatesAreRefused() throws {
    func stack(_ counts: [Int]) throws -> DeepBeliefNet {
      try DeepBeliefNet(
        stacking: zip(counts, counts.dropFirst()).map {
          RestrictedBoltzmannMachine(
            visibleCount: $0, hiddenCount: $1, weights: .constant(0), stream: RandomStream(key: 1))
        })
    }
    #expect(throws: EnumerationLimit(freeUnitCount: 17, largestFreeUnitCount: 16)) {
      try EnumeratedDeepBeliefNet(stack([4, 17, 3]))
    }
    #expect(throws: EnumerationLimit(freeUnitCount: 16, largestFreeUnitCount: 13)) {
      try EnumeratedDeepBeliefNet(stack([500, 16, 3]))
    }
    #expect(throws: EnumerationLimit(freeUnitCount: 23, largestFreeUnitCount: 22)) {
      try EnumeratedDeepBeliefNet(stack([4, 12, 11, 2]))
    }
  }
}
