import Testing

@testable import Boltzmann

@Suite struct ExactPhasesTests {
  private let rows = [3, 3, 9, 14, 0].map { BitVector(index: $0, count: 4) }

  /// Σ ln p(y | x) / n with p summed over the states one by one.
  private func plainLikelihood(
    _ machine: BoltzmannMachine, _ rows: ClampedRows, temperature: Double
  ) -> Double {
    func weight(of row: BitVector, onlyInputs: Bool) -> Double {
      let units = onlyInputs ? rows.inputs : Array(0..<row.count)
      return allStates(machine.unitCount).reduce(0) { sum, state in
        units.allSatisfy { state[$0] == row[$0] }
          ? sum + exponential(-machine.energy(of: state) / temperature) : sum
      }
    }
    let sum = rows.rows.reduce(0) {
      $0 + naturalLogarithm(weight(of: $1, onlyInputs: false))
        - naturalLogarithm(weight(of: $1, onlyInputs: true))
    }
    return sum / Double(rows.rows.count)
  }

  @Test(arguments: [[], [1], [0, 3], [0, 1, 2, 3]], [1, 0.4, 7])
  func theLikelihoodIsThatOfThePlainSum(inputs: [Int], temperature: Double) throws {
    let machine = try partlyConnectedMachine(unitCount: 7, visibleCount: 4, seed: 1)
    let rows = ClampedRows(rows, inputs: inputs)
    let exact = try ExactPhases(machine, rows, temperature: temperature).logLikelihood
    let plain = plainLikelihood(machine, rows, temperature: temperature)
    #expect(abs(exact - plain) <= 1e-13 * max(1, abs(plain)))
  }

  /// (L(w + ε) − L(w − ε)) / 2ε, for every weight and bias, is the difference of the phases over T.
  @Test(arguments: [[], [1], [0, 3]], [1, 0.4, 7])
  func theGradientIsThatOfFiniteDifferences(inputs: [Int], temperature: Double) throws {
    let machine = try partlyConnectedMachine(unitCount: 7, visibleCount: 4, seed: 2)
    let rows = ClampedRows(rows, inputs: inputs)
    let statistics = try ExactPhases(machine, rows, temperature: temperature).statistics
    func slope(_ moved: (Double) throws -> BoltzmannMachine) throws -> Double {
      let step = 1e-5
      let values = try [step, -step].map {
        try ExactPhases(moved($0), rows, temperature: temperature).logLikelihood
      }
      return (values[0] - values[1]) / (2 * step)
    }
    #expect(machine.edges.count > 7)
    for number in machine.edges.indices {
      let slope = try slope { try machine.moved(weight: number, by: $0) }
      #expect(abs(statistics.pairDifferences[number] / temperature - slope) < 1e-9)
    }
    for unit in 0..<machine.unitCount {
      let slope = try slope { try machine.moved(bias: unit, by: $0) }
      #expect(abs(statistics.unitDifferences[unit] / temperature - slope) < 1e-9)
    }
  }

  /// Inputs are the same in both phases: nothing is learned about them.
  @Test func inputsDoNotDiffer() throws {
    let machine = try partlyConnectedMachine(unitCount: 6, visibleCount: 4, seed: 3)
    let statistics = try ExactPhases(machine, ClampedRows(rows, inputs: [0, 2])).statistics
    #expect(abs(statistics.unitDifferences[0]) < 1e-15)
    #expect(abs(statistics.unitDifferences[2]) < 1e-15)
    #expect(abs(statistics.unitDifferences[1]) > 0.01)
  }

  /// KL = −L − H(rows), and of a machine that gives each row its share it is zero.
  @Test func theDivergenceIsTheLikelihoodWithoutTheEntropy() throws {
    let machine = try partlyConnectedMachine(unitCount: 6, visibleCount: 4, seed: 4)
    let phases = try ExactPhases(machine, ClampedRows(rows))
    let entropy = Boltzmann.entropy([0.4, 0.2, 0.2, 0.2])
    #expect(isClose(phases.divergence, -phases.logLikelihood - entropy, relative: 1e-13))
    let even = try BoltzmannMachine(unitCount: 2, edges: [.init(0, 1, 0)])
    #expect(try ExactPhases(even, ClampedRows(allStates(2))).divergence < 1e-15)
    #expect(
      try abs(ExactPhases(even, ClampedRows([allStates(2)[1]])).divergence - naturalLogarithm(4))
        < 1e-15)
  }

  /// Rows that the machine all but forbids have a likelihood, and the phases are means.
  @Test func improbableRowsAreFinite() throws {
    let machine = try BoltzmannMachine(
      unitCount: 3, edges: [.init(0, 1, -2000), .init(1, 2, 3)], visibleCount: 2)
    let phases = try ExactPhases(machine, ClampedRows([BitVector(ones: 2)]))
    #expect(phases.logLikelihood < -1900 && phases.logLikelihood.isFinite)
    #expect(abs(phases.statistics.positive.pairs[0] - 1) < 1e-15)
    #expect(phases.statistics.negative.pairs[0] < 1e-300)
  }

  @Test func manyUnitsAreRefused() throws {
    let machine = try BoltzmannMachine(unitCount: 21, edges: [], visibleCount: 2)
    #expect(throws: EnumerationLimit(freeUnitCount: 21, largestFreeUnitCount: 20)) {
      try ExactPhases(machine, ClampedRows([BitVector(ones: 2)]))
    }
  }
}
