import Boltzmann
import Testing

struct LogLinearModelTests {
  private func logProbability(_ model: LogLinearModel, of state: BitVector) -> Double {
    model.terms.reduce(model.constant) { sum, term in
      term.units.allSatisfy { state[$0] } ? sum + term.coefficient : sum
    }
  }

  @Test func termsAddUpToTheLogarithm() throws {
    for seed in 0..<10 as Range<UInt64> {
      let net = try randomBeliefNet(unitCount: 8, seed: seed)
      let model = try #require(LogLinearModel(net))
      for state in allStates(8) {
        #expect(abs(logProbability(model, of: state) - net.logProbability(of: state)) < 1e-11)
      }
      for (one, next) in zip(model.terms, model.terms.dropFirst()) {
        #expect(one.units.count <= next.units.count)
      }
    }
  }

  /// Two parents of a sigmoid unit: arrows become weights, and the parents are coupled by a weight
  /// of their own. Nothing is left out.
  @Test func truckAndQuakeIsAMachine() throws {
    let net = try truckAndQuake()
    let model = try #require(LogLinearModel(net))
    #expect(model.terms.map(\.units) == [[0], [1], [2], [0, 1], [0, 2], [1, 2]])
    #expect(model.terms[4].coefficient == 20)
    #expect(model.terms[5].coefficient == 20)
    let marriage = 0 - (softplus(20) - 2 * softplus(0) + softplus(-20))
    #expect(isClose(model.terms[3].coefficient, marriage, relative: 1e-14))
    let machine = try BoltzmannMachine(model, unitCount: 3)
    #expect(abs(try net.divergence(from: machine)) < 1e-13)
    #expect(abs(try machine.logPartitionFunction() + model.constant) < 1e-13)
    for state in allStates(3) {
      let p = exponential(model.constant - machine.energy(of: state))
      #expect(isClose(p, exponential(net.logProbability(of: state)), relative: 1e-12))
    }
  }

  /// Three parents are also coupled as a triple, which no machine of pairs has.
  @Test func threeParentsAreNoMachine() throws {
    let net = try BeliefNet.layered(
      [3, 1], weights: .constant(2), biases: .constant(-1),
      stream: RandomStream(seed: 1, name: "three"))
    let model = try #require(LogLinearModel(net))
    let triples = model.terms.filter { $0.units.count == 3 }
    #expect(triples.map(\.units) == [[0, 1, 2]])
    let sums = [softplus(-1), softplus(1), softplus(3), softplus(5)]
    let expected = 0 - (sums[3] - 3 * sums[2] + 3 * sums[1] - sums[0])
    #expect(isClose(triples[0].coefficient, expected, relative: 1e-12))
    let machine = try BoltzmannMachine(model, unitCount: 4)
    let divergence = try net.divergence(from: machine)
    let direct = kullbackLeiblerDivergence(
      allStates(4).map { exponential(net.logProbability(of: $0)) },
      from: try allStates(4).map { try ExactDistribution(machine).probability(of: $0) })
    #expect(abs(divergence - direct) < 1e-13)
    #expect(divergence > 1e-3)
  }

  @Test func whatHasNoTerms() throws {
    let certain = try BeliefNet([BeliefNet.Unit(parents: [], .table([1]))])
    #expect(LogLinearModel(certain) == nil)
    let large = try BeliefNet.layered(
      [13, 1], weights: .constant(1), biases: .constant(0),
      stream: RandomStream(seed: 1, name: "large"))
    #expect(LogLinearModel(large) == nil)
    let machine = try BoltzmannMachine(weights: [[Double]](repeating: [], count: 0))
    #expect(try BeliefNet([]).divergence(from: machine) == 0)
    let wide = try randomBeliefNet(unitCount: 17, seed: 1)
    #expect(throws: EnumerationLimit.self) {
      try wide.divergence(from: try randomMachine(unitCount: 17, seed: 1))
    }
  }
}
