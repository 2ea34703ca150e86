import Boltzmann
import Testing

struct EliminatedDistributionTests {
  @Test(arguments: [1, 0.3], [0.05, 1, 8])
  func momentsAgreeWithEnumeration(density: Double, temperature: Double) throws {
    let machine = try randomMachine(unitCount: 12, density: density, seed: 9)
    let clamp: Clamp = [4: true, 7: false]
    let expected = try machine.exactMoments(temperature: temperature, clamp: clamp)
    let distribution = EliminatedDistribution(
      try Elimination(machine, clamp: clamp), temperature: temperature)
    #expect(isClose(distribution.logZ, expected.logZ, relative: 1e-13))
    let moments = distribution.moments()
    for unit in 0..<12 { #expect(abs(moments.means[unit] - expected.means[unit]) < 1e-13) }
    for (edge, product) in zip(machine.edges, moments.edgeProducts) {
      #expect(abs(product - expected[edge.first, edge.second]) < 1e-13)
    }
    #expect(isClose(moments.meanEnergy, expected.meanEnergy, relative: 1e-13))
  }

  /// On the torus all units and all pairs are alike, and the energy is known in closed form.
  @Test func theTorus() throws {
    let (machine, constant) = try squareLattice(rows: 6, columns: 6)
    let lattice = IsingSquareLattice()
    let distribution = EliminatedDistribution(try Elimination(machine), temperature: 2.5)
    let moments = distribution.moments()
    #expect(moments.means.allSatisfy { abs($0 - 0.5) < 1e-13 })
    let closed = lattice.thermodynamics(rows: 6, columns: 6, temperature: 2.5)
    #expect(isClose(moments.meanEnergy + constant, closed.meanEnergy, relative: 1e-13))
  }

  /// 20,000 independent states against their exact probabilities.
  @Test func samplesAreExact() throws {
    let machine = try randomMachine(unitCount: 6, density: 0.6, seed: 5)
    let clamp: Clamp = [1: true]
    let distribution = EliminatedDistribution(try Elimination(machine, clamp: clamp))
    let exact = try ExactDistribution(machine, clamp: clamp)
    let stream = RandomStream(seed: 11, name: "elimination")
    var counts = [Int](repeating: 0, count: 32)
    let samples = 20_000
    for chain in 0..<samples {
      let state = distribution.state(chain: chain, stream: stream)
      counts[try #require(exact.table.index(of: state))] += 1
    }
    let test = ChiSquareTest(
      counts: counts, probabilities: exact.probabilities)
    #expect(test.pValue > 1e-3)
    for state in allStates(6) {
      #expect(
        abs(distribution.probability(of: state) - exact.probability(of: state)) < 1e-14)
    }
  }
}
