import Testing

@testable import Boltzmann

@Suite struct GradientTests {
  /// A machine with the seed given; parameters are multiples of 2⁻¹², so that steps of 2⁻¹⁰ are
  /// exact in Float.
  private func machine(
    _ visible: Int, _ hidden: Int, _ units: VisibleUnits = .binary
  ) throws -> RestrictedBoltzmannMachine {
    let drawn = RestrictedBoltzmannMachine(
      visibleCount: visible, hiddenCount: hidden, weights: .normal(mean: 0, standardDeviation: 0.7),
      visibleBiases: .normal(mean: 0, standardDeviation: 0.7),
      hiddenBiases: .normal(mean: 0, standardDeviation: 0.7), stream: RandomStream(key: 31))
    func round(_ x: Float) -> Float { (x * 0x1p12).rounded() * 0x1p-12 }
    return try RestrictedBoltzmannMachine(
      weights: Matrix(rows: visible, columns: hidden) { round(drawn.weights[$0, $1]) },
      visibleBiases: drawn.visibleBiases.map(round), hiddenBiases: drawn.hiddenBiases.map(round),
      visibleUnits: units)
  }

  private func data(_ units: Int) -> BitMatrix {
    BitMatrix(rows: 9, columns: units) { ($0 * 5 + $1 * $1 + $0 * $1) % 3 == 0 }
  }

  private func shifted(
    _ machine: RestrictedBoltzmannMachine, _ entry: Int, by step: Float
  ) -> RestrictedBoltzmannMachine {
    var machine = machine
    let (visible, hidden) = (machine.visibleCount, machine.hiddenCount)
    if entry < visible * hidden {
      machine.weights[entry / hidden, entry % hidden] += step
    } else if entry < visible * hidden + visible {
      machine.visibleBiases[entry - visible * hidden] += step
    } else {
      machine.hiddenBiases[entry - visible * hidden - visible] += step
    }
    return machine
  }

  /// Central differences of the exact likelihood have an error of the order 2⁻²⁰.
  @Test(arguments: [
    (4, 3, VisibleUnits.binary), (3, 5, .binary), (10, 9, .binary), (4, 3, .gaussian),
  ])
  func isTheDerivativeOfTheExactLikelihood(
    visible: Int, hidden: Int, units: VisibleUnits
  ) throws {
    let machine = try machine(visible, hidden, units)
    let bits = data(visible)
    let data: VisibleData =
      units == .binary
      ? .binary(bits)
      : .real(Matrix(rows: 9, columns: visible) { Float($0 - 4) / 3 + (bits[$0, $1] ? 1 : 0) })
    let gradient = try machine.logLikelihoodGradient(on: data).entries
    let step: Float = 0x1p-10
    for (entry, slope) in gradient.enumerated() {
      let above = try shifted(machine, entry, by: step).meanLogLikelihood(of: data)
      let below = try shifted(machine, entry, by: -step).meanLogLikelihood(of: data)
      #expect(abs((above - below) / Double(2 * step) - slope) < 2e-6)
    }
  }

  @Test(arguments: [(4, 3), (3, 5), (9, 9)])
  func modelMeansAreThoseOfAllStates(visible: Int, hidden: Int) throws {
    let machine = try machine(visible, hidden)
    let means = try machine.modelStatistics()
    let logZ = try machine.logPartitionFunction()
    var expected = LayerStatistics(visibleCount: visible, hiddenCount: hidden)
    for state in allStates(visible + hidden) {
      let v = BitVector((0..<visible).map { state[$0] })
      let h = BitVector((0..<hidden).map { state[visible + $0] })
      expected.add(
        visible: (0..<visible).map { v[$0] ? 1 : 0 }, hidden: (0..<hidden).map { h[$0] ? 1 : 0 },
        weight: exponential(-machine.energy(visible: v, hidden: h) - logZ))
    }
    for (mean, value) in zip(means.entries, expected.entries) { #expect(abs(mean - value) < 1e-12) }
  }

  @Test(arguments: [2, 3], ["reference", "avx2", "avx512", "neon"])
  func bitsDependOnNeitherThreadsNorKernels(threads: Int, name: String) throws {
    guard let kernels = try? Kernels(named: name) else { return }
    let machine = try machine(11, 14)
    let plain = try machine.modelStatistics(kernels: Kernels(named: "reference"))
    #expect(try machine.modelStatistics(threads: threads, kernels: kernels) == plain)
    let small = try self.machine(9, 4)
    let expected = try small.expectedContrastiveDivergence(steps: [2], on: data(9))
    #expect(
      try small.expectedContrastiveDivergence(steps: [2], on: data(9), threads: threads)
        == expected)
  }

  /// One full-batch update without anything else.
  @Test func theExactTrainerMovesAlongIt() throws {
    for (units, visible) in [(VisibleUnits.binary, 4), (.gaussian, 3), (.binary, 18)] {
      let start = try machine(visible, 17, units)
      let data = VisibleData.binary(data(visible))
      var settings = ContrastiveDivergence()
      (settings.chains, settings.batchSize, settings.learningRate) = (.exact, 9, 0.125)
      var moved = start
      try settings.train(&moved, on: data, epochs: 1, stream: RandomStream(key: 1), threads: 2)
      let gradient = try start.logLikelihoodGradient(on: data)
      for i in 0..<visible {
        for j in 0..<17 {
          let change = Double(moved.weights[i, j] - start.weights[i, j]) / 0.125
          #expect(abs(change - gradient.products[i * 17 + j]) < 1e-5)
        }
        let change = Double(moved.visibleBiases[i] - start.visibleBiases[i]) / 0.125
        #expect(abs(change - gradient.visible[i]) < 1e-5)
      }
      for j in 0..<17 {
        let change = Double(moved.hiddenBiases[j] - start.hiddenBiases[j]) / 0.125
        #expect(abs(change - gradient.hidden[j]) < 1e-5)
      }
    }
  }

  @Test func anglesAndLengths() {
    let one = LayerStatistics(visible: [3], hidden: [4], products: [0])
    let other = LayerStatistics(visible: [-4], hidden: [3], products: [0])
    #expect(one.norm == 5 && one.dot(other) == 0)
    #expect(isClose(one.angle(to: other), .pi / 2, relative: 1e-15))
    #expect(one.angle(to: one) == 0)
    let opposite = LayerStatistics(visible: [-6], hidden: [-8], products: [0])
    #expect(isClose(one.angle(to: opposite), .pi, relative: 1e-15))
    let near = LayerStatistics(visible: [3], hidden: [4], products: [5e-9])
    #expect(isClose(one.angle(to: near), 1e-9, relative: 1e-6))
  }

  @Test func tooManyUnitsAreRefused() throws {
    let large = RestrictedBoltzmannMachine(
      visibleCount: 40, hiddenCount: 31, weights: .constant(0), stream: RandomStream(key: 1))
    let limit = EnumerationLimit(freeUnitCount: 31, largestFreeUnitCount: 30)
    #expect(throws: limit) { try large.modelStatistics() }
    var settings = ContrastiveDivergence()
    settings.chains = .exact
    #expect(throws: TrainingError.enumeration(limit)) {
      var machine = large
      try settings.train(
        &machine, on: .binary(BitMatrix(rows: 1, columns: 40)), epochs: 1,
        stream: RandomStream(key: 1))
    }
    #expect(throws: EnumerationLimit(freeUnitCount: 71, largestFreeUnitCount: 22)) {
      try large.expectedContrastiveDivergence(steps: [1], on: BitMatrix(rows: 1, columns: 40))
    }
  }
}
