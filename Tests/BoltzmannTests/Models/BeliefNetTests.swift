import Boltzmann
import Testing

struct BeliefNetTests {
  private static func sigmoid(_ parents: [Int], bias: Double = 0) -> BeliefNet.Unit {
    BeliefNet.Unit(
      parents: parents, .sigmoid(bias: bias, weights: parents.map { _ in 1 }))
  }

  private static func table(_ parents: [Int], _ entries: [Double]) -> BeliefNet.Unit {
    BeliefNet.Unit(parents: parents, .table(entries))
  }

  @Test(arguments: [
    ([sigmoid([1]), sigmoid([0])], BeliefNetError.cycle([0, 1])),
    ([sigmoid([]), sigmoid([0, 3]), sigmoid([1]), sigmoid([2])], .cycle([1, 2, 3])),
    ([sigmoid([0])], .cycle([0])),
    ([sigmoid([2]), sigmoid([])], .noSuchParent(2, of: 0, unitCount: 2)),
    ([sigmoid([-1])], .noSuchParent(-1, of: 0, unitCount: 1)),
    ([sigmoid([]), sigmoid([0, 0])], .repeatedParent(0, of: 1)),
    (
      [BeliefNet.Unit(parents: [], .sigmoid(bias: 0, weights: [1]))],
      .weightCount(1, of: 0, parentCount: 0)
    ),
    ([table([], [0.1, 0.2])], .tableSize(2, of: 0, parentCount: 0)),
    (
      [sigmoid([]), table([0], [0.1])], .tableSize(1, of: 1, parentCount: 1)
    ),
    ([sigmoid([]), table([0], [0.1, 1.5])], .notAProbability(1.5, entry: 1, of: 1)),
    ([table([], [-0.1])], .notAProbability(-0.1, entry: 0, of: 0)),
    ([sigmoid([], bias: .infinity)], .notFinite(of: 0)),
    ([sigmoid([]), sigmoid([], bias: .nan)], .notFinite(of: 1)),
    (
      (0..<17).map { _ in sigmoid([]) } + [table(Array(0..<17), [])], .tooManyParents(17, of: 17)
    ),
  ])
  func mistakes(units: [BeliefNet.Unit], error: BeliefNetError) {
    #expect(throws: error) { try BeliefNet(units) }
  }

  @Test(arguments: [
    (BeliefNetError.cycle([1, 2]), "The arrows lead in a circle: 1 -> 2 -> 1."),
    (
      .tableSize(3, of: 1, parentCount: 2),
      "The table of unit 1 has 3 entries, but its 2 parents have 2^2 states."
    ),
    (
      .notAProbability(1.5, entry: 1, of: 2),
      "Entry 1 of the table of unit 2 is 1.5, which is no probability."
    ),
  ])
  func sentences(error: BeliefNetError, sentence: String) {
    #expect(error.description == sentence)
  }

  @Test func parentsComeFirst() throws {
    let net = try BeliefNet([
      Self.sigmoid([1, 3]), Self.sigmoid([2]), Self.sigmoid([]), Self.sigmoid([2]),
    ])
    #expect(net.order == [2, 1, 3, 0])
    #expect(net.children == [[], [0], [1, 3], [0]])
    #expect(net.arrowCount == 4)
    #expect(net.ancestors(of: [1]) == [1, 2])
    #expect(net.ancestors(of: []) == [])
    let random = try randomBeliefNet(unitCount: 40, seed: 3)
    for (place, unit) in random.order.enumerated() {
      #expect(random.units[unit].parents.allSatisfy { random.order[..<place].contains($0) })
    }
  }

  @Test func allStatesTogether() throws {
    for seed in 0..<10 as Range<UInt64> {
      let net = try randomBeliefNet(unitCount: 9, seed: seed)
      let total = allStates(9).reduce(0) { $0 + exponential(net.logProbability(of: $1)) }
      #expect(abs(total - 1) < 1e-13)
    }
  }

  /// Entry k of a table is for the state in which parent j is bit j of k.
  @Test func tablesAreReadInTheirOrder() throws {
    let net = try BeliefNet([
      Self.table([], [0.5]), Self.table([], [0.25]), Self.table([1, 0], [0, 0.125, 1, 0.75]),
    ])
    #expect(net.probability(of: 2, given: BitVector([false, true, false])) == 0.125)
    #expect(net.probability(of: 2, given: BitVector([true, false, false])) == 1)
    #expect(net.logProbability(of: BitVector([false, false, true])) == -.infinity)
    let logarithm = net.logProbability(of: BitVector([true, true, false]))
    #expect(isClose(exponential(logarithm), 0.5 * 0.25 * 0.25, relative: 1e-15))
  }

  /// Far in the tails nothing is lost to 1 − p = 1.
  @Test func tails() throws {
    for bias in [-800.0, -40, 40, 800] {
      let net = try BeliefNet([Self.sigmoid([], bias: bias)])
      let on = net.logProbability(of: BitVector([true]))
      let off = net.logProbability(of: BitVector([false]))
      #expect(isClose(on, 0 - softplus(0 - bias), relative: 1e-15))
      #expect(isClose(off, 0 - softplus(bias), relative: 1e-15))
    }
  }

  @Test func layers() throws {
    let net = try BeliefNet.layered(
      [2, 3, 1], weights: .normal(mean: 0, standardDeviation: 1), biases: .constant(-1),
      stream: RandomStream(seed: 1, name: "layers"))
    #expect(net.units.map(\.parents) == [[], [], [0, 1], [0, 1], [0, 1], [2, 3, 4]])
    var weights: Set<Double> = []
    for unit in net.units {
      guard case .sigmoid(let bias, let own) = unit.conditional else {
        Issue.record("a layered net has sigmoid units")
        continue
      }
      #expect(bias == -1)
      weights.formUnion(own)
    }
    #expect(weights.count == 9)
  }
}
