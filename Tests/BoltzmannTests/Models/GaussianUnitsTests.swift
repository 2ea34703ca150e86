import Testing

@testable import Boltzmann

@Suite struct GaussianUnitsTests {
  private let machine = RestrictedBoltzmannMachine(
    visibleCount: 2, hiddenCount: 3, weights: .normal(mean: 0, standardDeviation: 0.8),
    visibleBiases: .normal(mean: 0, standardDeviation: 1),
    hiddenBiases: .normal(mean: 0, standardDeviation: 1), visibleUnits: .gaussian,
    stream: RandomStream(key: 12))

  /// A sum over a fine grid is an integral to rounding where the function is smooth and vanishes at
  /// the ends.
  @Test func partitionFunctionIsTheIntegral() throws {
    let step = 0.125
    let grid = stride(from: -12.0, through: 12, by: step).map(\.self)
    let points = Matrix(
      rows: grid.count * grid.count, columns: 2
    ) { Float($1 == 0 ? grid[$0 / grid.count] : grid[$0 % grid.count]) }
    var sum = CompensatedSum()
    for energy in machine.freeEnergies(of: .real(points)) { sum.add(exponential(-energy)) }
    let integral = naturalLogarithm(sum.value * step * step)
    #expect(abs(try machine.logPartitionFunction() - integral) < 1e-10)
  }

  @Test func freeEnergySumsTheHiddenLayerOut() {
    for state in allStates(2) {
      let terms = allStates(3).map { exponential(-machine.energy(visible: state, hidden: $0)) }
      let expected = -naturalLogarithm(terms.reduce(0, +))
      #expect(abs(machine.freeEnergy(state) - expected) < 1e-12)
      let matrix = Matrix(rows: [(0..<2).map { state[$0] ? 1 : 0 }])
      #expect(abs(machine.freeEnergies(of: .real(matrix))[0] - expected) < 1e-12)
    }
  }

  @Test func meansAreNotSquashed() {
    let mean = machine.visibleMeans(given: Matrix(rows: [[1, 0, 1]]))
    for i in 0..<2 {
      let expected = machine.visibleBiases[i] + machine.weights[i, 0] + machine.weights[i, 2]
      #expect(abs(mean[0, i] - expected) < 1e-6)
    }
  }

  /// Data around two points: one normal distribution gives −1.42 − ½ ln(1 + 4) − 1.42 = −3.64 nats, the
  /// two that made them −1.42 · 2 − ln 2 = −3.53.
  @Test func learningFindsTheMixtureThatMadeTheData() throws {
    let stream = RandomStream(key: 4)
    let data = VisibleData.real(
      Matrix(rows: 2000, columns: 2) { row, unit in
        Float(row % 2 == 0 ? 2 : -2)
          + Float(stream.normal(.data, step: 0, chain: row, unit: unit))
      })
    var machine = RestrictedBoltzmannMachine(
      visibleCount: 2, hiddenCount: 1, weights: .normal(mean: 0, standardDeviation: 0.1),
      visibleUnits: .gaussian, stream: stream)
    var settings = ContrastiveDivergence()
    (settings.batchSize, settings.learningRate) = (100, 0.02)
    try settings.train(&machine, on: data, epochs: 60, stream: stream)
    let entropy = 2 * (0.5 * naturalLogarithm(2 * .pi) + 0.5) + naturalLogarithm(2)
    #expect(abs(try machine.meanLogLikelihood(of: data) + entropy) < 0.08)
    #expect(abs(machine.weights[0, 0]) > 3 && abs(machine.weights[1, 0]) > 3)
  }
}
