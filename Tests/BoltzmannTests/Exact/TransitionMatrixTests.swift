import Foundation
import Testing

@testable import Boltzmann

struct TransitionMatrixTests {
  @Test(arguments: [MoveOrder.fixed, .withReplacement, .shuffled], [false, true])
  func agreesWithTheDefinition(order: MoveOrder, isMetropolis: Bool) throws {
    for unitCount in 1...4 {
      let sweep = try PlainSweep(
        randomMachine(unitCount: unitCount, seed: 3), metropolis: isMetropolis,
        temperature: 0.8, order: order)
      let (matrix, expected) = (try TransitionMatrix(sweep), sweep.matrix)
      for from in 0..<sweep.stateCount {
        for to in 0..<sweep.stateCount {
          #expect(abs(matrix[from, to] - expected[from][to]) < 1e-15)
        }
      }
    }
  }

  /// exp(−E/T)/Z is stationary under every rule and order, and found without being told.
  @Test(arguments: [MoveOrder.fixed, .withReplacement, .shuffled], [false, true])
  func theBoltzmannDistributionIsStationary(order: MoveOrder, isMetropolis: Bool) throws {
    for temperature in [0.3, 1, 5] {
      let sweep = try PlainSweep(
        randomMachine(unitCount: 6, seed: 8), metropolis: isMetropolis,
        temperature: temperature, order: order)
      let matrix = try TransitionMatrix(sweep)
      let found = try #require(matrix.stationaryDistribution())
      for (one, two) in zip(found, sweep.target) { #expect(isClose(one, two, relative: 1e-12)) }
      var stepped = sweep.target
      sweep.apply(to: &stepped)
      #expect(totalVariationDistance(stepped, sweep.target) < 1e-14)
      #expect(totalVariationDistance(matrix.step(sweep.target), sweep.target) < 1e-14)
    }
  }

  @Test func severalClosedClassesHaveNoSingleDistribution() throws {
    // Two independent units, always flipped: (0 3) and (1 2).
    let machine = try BoltzmannMachine(unitCount: 2, edges: [])
    let matrix = try TransitionMatrix(PlainSweep(machine, metropolis: true))
    #expect(matrix.stationaryDistribution() == nil)
    let gap = try #require(matrix.spectralGap())
    #expect(gap.secondModulus == 1 && gap.relaxationTime == .infinity)
    let mixing = matrix.mixing(to: [0.25, 0.25, 0.25, 0.25], doublings: 9)
    #expect(mixing.mixingTime == nil && mixing.distances.map(\.steps).last == 512)
  }

  /// A unit that is never updated keeps its value; one that is drawn afresh forgets it at once.
  @Test func transientStates() throws {
    // A large bias turns unit 0 on for good.
    let machine = try BoltzmannMachine(unitCount: 2, edges: [], biases: [1e3, 0.3])
    let sweep = try PlainSweep(machine, metropolis: false)
    let found = try #require(try TransitionMatrix(sweep).stationaryDistribution())
    #expect(found[0] == 0 && found[2] == 0)
    #expect(isClose(found[3], logistic(0.3), relative: 1e-12))
  }

  /// One unit, heat bath: λ₂ = 0. Metropolis: λ₂ = −exp(−|b|/T).
  @Test func oneUnit() throws {
    let machine = try BoltzmannMachine(unitCount: 1, edges: [], biases: [0.7])
    let bath = try TransitionMatrix(PlainSweep(machine, metropolis: false))
    #expect(try #require(bath.spectralGap()).secondModulus < 1e-15)
    #expect(bath.mixing(to: [1 - logistic(0.7), logistic(0.7)]).mixingTime == 1)
    let other = try TransitionMatrix(PlainSweep(machine, metropolis: true))
    let modulus = try #require(other.spectralGap()).secondModulus
    #expect(isClose(modulus, exp(-0.7), relative: 1e-14))
  }

  /// Two units, heat bath in a fixed order: the second unit alone remembers, λ₂ = (Δσ)(Δσ) with the
  /// differences of p(on) between the other unit's values.
  @Test func twoUnits() throws {
    let machine = try BoltzmannMachine(
      unitCount: 2, edges: [Couplings.Edge(0, 1, 2)], biases: [-0.5, 0.4])
    let matrix = try TransitionMatrix(PlainSweep(machine, metropolis: false))
    let expected =
      (logistic(1.5) - logistic(-0.5)) * (logistic(2.4) - logistic(0.4))
    let gap = try #require(matrix.spectralGap())
    #expect(isClose(gap.secondModulus, expected, relative: 1e-13))
    #expect(isClose(gap.relaxationTime, -1 / log(expected), relative: 1e-12))
  }

  /// |λ₂| is the rate at which distances fall in the end: 6 and 7 units, beyond the smallest subspace.
  @Test(arguments: [MoveOrder.fixed, .withReplacement], [false, true])
  func theGapIsTheRateOfDecay(order: MoveOrder, isMetropolis: Bool) throws {
    let sweep = try PlainSweep(
      randomMachine(unitCount: 6, weightScale: 1.5, seed: 12), metropolis: isMetropolis,
      order: order)
    let matrix = try TransitionMatrix(sweep)
    let gap = try #require(matrix.spectralGap())
    var x = (0..<64).map { $0 == 5 ? 1 - sweep.target[$0] : -sweep.target[$0] }
    func size() -> Double { x.reduce(0) { $0 + abs($1) } }
    for _ in 0..<200 { x = matrix.step(x).map { $0 / size() } }
    // Over many steps a complex pair goes round often enough.
    var growth = 0.0
    for _ in 0..<400 {
      let before = size()
      x = matrix.step(x)
      let mean = x.reduce(0, +) / 64
      x = x.map { $0 - mean }
      growth += log(size() / before)
    }
    #expect(abs(growth / 400 - log(gap.secondModulus)) < 0.01)
  }

  /// d(t) against the powers from the definition, and t_mix where d first is at most ¼.
  @Test(arguments: [0.4, 1, 3])
  func mixingTimes(temperature: Double) throws {
    let sweep = try PlainSweep(
      randomMachine(unitCount: 4, weightScale: 2, seed: 7), metropolis: true,
      temperature: temperature)
    let mixing = try TransitionMatrix(sweep).mixing(to: sweep.target)
    var (power, steps) = (sweep.matrix, 1)
    func distance() -> Double {
      power.map { totalVariationDistance($0, sweep.target) }.max() ?? 0
    }
    var first: Int?
    for expected in mixing.distances.prefix(10) {
      while steps < expected.steps {
        if first == nil && distance() <= 0.25 { first = steps }
        power = PlainSweep.product(power, sweep.matrix)
        steps += 1
      }
      #expect(abs(expected.distance - distance()) < 1e-12)
    }
    #expect(mixing.mixingTime == first)
    #expect(try #require(mixing.distances.last).distance < 0.01)
  }

  @Test func limits() throws {
    let machine = try BoltzmannMachine(unitCount: 13, edges: [])
    let error = try #require(throws: EnumerationLimit.self) {
      try TransitionMatrix(PlainSweep(machine, metropolis: true))
    }
    #expect(error.largestFreeUnitCount == 12)
    let ten = try BoltzmannMachine(unitCount: 10, edges: [])
    let other = try #require(throws: EnumerationLimit.self) {
      try TransitionMatrix(PlainSweep(ten, metropolis: true, order: .shuffled))
    }
    #expect(other.freeUnitCount == 10 && other.largestFreeUnitCount == 9)
  }
}

struct HessenbergEigenvaluesTests {
  /// The companion matrix of Π (x − root); real roots and a complex pair.
  @Test func companionMatrix() {
    // (x − 1)(x + 2)(x − 3)(x² + 4)
    let coefficients: [Double] = [24, -20, -2, -1, -2]
    var rows = [[Double]](repeating: [0, 0, 0, 0, 0], count: 5)
    for i in 0..<4 { rows[i + 1][i] = 1 }
    for i in 0..<5 { rows[i][4] = -coefficients[i] }
    let values = eigenvalues(ofHessenberg: rows)
    for root in [Complex(1), Complex(-2), Complex(3), Complex(0, 2), Complex(0, -2)] {
      #expect(values.contains { ($0 - root).modulus < 1e-12 })
    }
    #expect(values.count == 5)
  }

  /// A cyclic shift: the roots of unity, on which an unshifted iteration stands still.
  @Test func rootsOfUnity() {
    let n = 12
    var rows = [[Double]](repeating: [Double](repeating: 0, count: n), count: n)
    for i in 0..<n { rows[(i + 1) % n][i] = 1 }
    let values = eigenvalues(ofHessenberg: rows)
    #expect(values.count == n)
    for value in values {
      let power = (1..<n).reduce(value) { product, _ in product * value }
      #expect((power - Complex(1)).modulus < 1e-12)
    }
    #expect(eigenvalues(ofHessenberg: []).isEmpty)
  }
}
