import Testing

@testable import Boltzmann

@Suite struct RestrictedBoltzmannMachineTests {
  private func machine(_ visible: Int, _ hidden: Int) -> RestrictedBoltzmannMachine {
    let normal = ParameterDistribution.normal(mean: 0, standardDeviation: 1)
    return RestrictedBoltzmannMachine(
      visibleCount: visible, hiddenCount: hidden, weights: normal, visibleBiases: normal,
      hiddenBiases: normal, stream: RandomStream(key: 17))
  }

  private func states(_ count: Int) -> [BitVector] {
    (0..<1 << count).map { BitVector(index: UInt64($0), count: count) }
  }

  private func sum(_ terms: [Double]) -> Double {
    var sum = CompensatedSum()
    for term in terms { sum.add(term) }
    return sum.value
  }

  @Test func energyIsTheFormula() throws {
    let machine = try RestrictedBoltzmannMachine(
      weights: Matrix(rows: [[2, -1], [0.5, 4]]), visibleBiases: [1, 8], hiddenBiases: [16, 32])
    let energy = machine.energy(
      visible: BitVector([true, true]), hidden: BitVector([false, true]))
    #expect(energy == -(-1 + 4 + 1 + 8 + 32))
    #expect(
      machine.energy(visible: BitVector([false, false]), hidden: BitVector([false, false])) == 0)
  }

  @Test func wrongShapesAndValuesAreErrors() {
    let weights = Matrix(rows: [[1, 2]])
    #expect(throws: ModelError.biasCount(2, unitCount: 1)) {
      try RestrictedBoltzmannMachine(
        weights: weights, visibleBiases: [0, 0], hiddenBiases: [0, 0])
    }
    #expect(throws: ModelError.biasNotFinite(2, .infinity)) {
      try RestrictedBoltzmannMachine(
        weights: weights, visibleBiases: [0], hiddenBiases: [0, .infinity])
    }
    #expect(throws: ModelError.weightNotFinite(0, 1, -.infinity)) {
      try RestrictedBoltzmannMachine(
        weights: Matrix(rows: [[1, -.infinity]]), visibleBiases: [0], hiddenBiases: [0, 0])
    }
  }

  @Test func freeEnergySumsTheHiddenLayerOut() {
    let machine = machine(4, 3)
    for visible in states(4) {
      let terms = states(3).map { exponential(-machine.energy(visible: visible, hidden: $0)) }
      let expected = -naturalLogarithm(sum(terms))
      #expect(abs(machine.freeEnergy(visible) - expected) < 1e-12)
    }
  }

  @Test(arguments: [(1, 1), (5, 3), (3, 5), (10, 4), (4, 11)])
  func partitionFunctionIsTheSumOverAllStates(shape: (Int, Int)) throws {
    let machine = machine(shape.0, shape.1)
    let terms = states(shape.0).map { exponential(-machine.freeEnergy($0)) }
    let exact = naturalLogarithm(sum(terms))
    let one = try machine.logPartitionFunction()
    #expect(abs(one - exact) < 1e-11)
    #expect(try machine.logPartitionFunction(threads: 3) == one)
  }

  @Test func partitionFunctionOfIndependentUnitsIsKnown() throws {
    let machine = RestrictedBoltzmannMachine(
      visibleCount: 12, hiddenCount: 200, weights: .constant(0), hiddenBiases: .constant(1),
      stream: RandomStream(key: 0))
    let exact = 12 * naturalLogarithm(2) + 200 * softplus(1)
    #expect(abs(try machine.logPartitionFunction(threads: 2) - exact) < 1e-10)
  }

  @Test func partitionFunctionWithLargeFieldsIsTheSumOverAllStates() throws {
    let large = ParameterDistribution.normal(mean: 0, standardDeviation: 40)
    let machine = RestrictedBoltzmannMachine(
      visibleCount: 4, hiddenCount: 9, weights: large, visibleBiases: large, hiddenBiases: large,
      stream: RandomStream(key: 2))
    let energies = states(4).map(machine.freeEnergy)
    let lowest = try #require(energies.min())
    let exact = naturalLogarithm(sum(energies.map { exponential(lowest - $0) })) - lowest
    #expect(abs(try machine.logPartitionFunction() - exact) < 1e-12 * abs(exact))
  }

  @Test func tooManyStatesAreRefused() {
    let machine = RestrictedBoltzmannMachine(
      visibleCount: 31, hiddenCount: 40, weights: .constant(0), stream: RandomStream(key: 0))
    #expect(throws: EnumerationLimit(freeUnitCount: 31, largestFreeUnitCount: 30)) {
      try machine.logPartitionFunction()
    }
  }

  @Test func probabilitiesAreLogisticOfFields() throws {
    let machine = machine(70, 19)
    let kernels = try Kernels(named: "reference")
    let bits = BitMatrix(rows: 3, columns: 70) { ($0 + $1).isMultiple(of: 4) }
    let reals = Matrix(rows: 3, columns: 70) { bits[$0, $1] ? 1 : 0 }
    let binary = machine.hiddenProbabilities(given: .binary(bits), kernels: kernels)
    let real = machine.hiddenProbabilities(given: .real(reals), kernels: kernels)
    for row in 0..<3 {
      let fields = machine.hiddenFields(bits.row(row))
      for unit in 0..<19 {
        #expect(abs(Double(binary[row, unit]) - logistic(fields[unit])) < 1e-5)
        #expect(abs(Double(real[row, unit]) - logistic(fields[unit])) < 1e-5)
      }
    }
    let hidden = Matrix(rows: [[Float](repeating: 0, count: 19)])
    let visible = machine.visibleMeans(given: hidden, kernels: kernels)
    for unit in 0..<70 {
      #expect(abs(Double(visible[0, unit]) - logistic(Double(machine.visibleBiases[unit]))) < 1e-6)
    }
  }

  @Test func drawnParametersFollowTheirNumbers() {
    let machine = machine(3, 2)
    let stream = RandomStream(key: 17)
    #expect(machine.weights[2, 1] == Float(stream.normal(.weights, step: 0, chain: 0, unit: 5)))
    #expect(machine.visibleBiases[2] == Float(stream.normal(.weights, step: 0, chain: 1, unit: 2)))
    #expect(machine.hiddenBiases[0] == Float(stream.normal(.weights, step: 0, chain: 2, unit: 0)))
  }
}
