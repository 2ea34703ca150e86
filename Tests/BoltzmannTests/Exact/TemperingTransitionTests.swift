import Boltzmann
import Testing

struct TemperingTransitionTests {
  /// p(s₀, s₁, …) = Π p(s_r at T_r) is left unchanged, and nothing else is.
  @Test(arguments: UpdateRule.allCases)
  func theProductIsStationary(rule: UpdateRule) throws {
    let machine = try randomMachine(unitCount: 3, seed: 14)
    let temperatures = [0.5, 1.1, 3]
    let tempering = try TemperingTransition(
      SingleUnitKernel(machine, rule: rule), temperatures: temperatures)
    #expect(tempering.unitCount == 9 && tempering.moveCount == 20)
    let singles = try temperatures.map {
      try ExactDistribution(machine, temperature: $0).probabilities
    }
    let product = (0..<512).map {
      singles[0][$0 & 7] * singles[1][$0 >> 3 & 7] * singles[2][$0 >> 6]
    }
    var stepped = product
    tempering.apply(to: &stepped)
    #expect(totalVariationDistance(stepped, product) < 1e-14)
    let found = try #require(try TransitionMatrix(tempering).stationaryDistribution())
    for (one, two) in zip(found, product) { #expect(isClose(one, two, relative: 1e-11)) }
    #expect(try StateGraph(tempering).isIrreducible)
  }

  /// Two wells far apart: exchanges with a hot replica open a gap that the cold one alone has not.
  @Test func exchangesHelp() throws {
    let pairs = (0..<4).flatMap { i in (0..<i).map { Couplings.Edge($0, i, 4) } }
    let wall = try BoltzmannMachine(unitCount: 4, edges: pairs, biases: [-6, -6, -6, -6])
    let kernel = SingleUnitKernel(wall)
    let alone = try TransitionMatrix(SweepTransition(kernel, temperature: 1))
    let together = try TransitionMatrix(TemperingTransition(kernel, temperatures: [1, 6]))
    let (slow, fast) = (
      try #require(alone.spectralGap()).gap, try #require(together.spectralGap()).gap
    )
    // A step of the ladder is two sweeps.
    #expect(fast > 4 * slow)
  }

  @Test func limits() throws {
    let machine = try BoltzmannMachine(unitCount: 7, edges: [])
    let error = try #require(throws: EnumerationLimit.self) {
      try TemperingTransition(SingleUnitKernel(machine), temperatures: [1, 2, 3])
    }
    #expect(error.freeUnitCount == 21 && error.largestFreeUnitCount == 20)
  }
}
