import Boltzmann
import Testing

struct SweepTransitionTests {
  /// Against the sweep written out from its definition, in the orders that are fixed.
  @Test(arguments: UpdateRule.allCases, ScanOrder.allCases)
  func agreesWithThePlainSweep(rule: UpdateRule, scan: ScanOrder) throws {
    let machine = try randomMachine(unitCount: 5, density: 0.6, seed: 21)
    let kernel = SingleUnitKernel(machine, rule: rule, scan: scan)
    let sweep = try SweepTransition(kernel, temperature: 0.7)
    var plain = try PlainSweep(machine, metropolis: rule == .metropolis, temperature: 0.7)
    switch scan {
    case .sequential: break
    case .coloured:
      let colours = machine.couplings.colouring()
      plain.bits.sort { (colours[$0], $0) < (colours[$1], $1) }
    case .shuffled: plain.moveOrder = .shuffled
    case .withReplacement: plain.moveOrder = .withReplacement
    }
    let (one, two) = (try TransitionMatrix(sweep), plain.matrix)
    for from in 0..<32 {
      for to in 0..<32 { #expect(abs(one[from, to] - two[from][to]) < 1e-14) }
    }
  }

  /// Clamped units leave the states; units held where a chain starts stay as they are.
  @Test func heldUnits() throws {
    let machine = try randomMachine(unitCount: 5, seed: 4)
    let kernel = SingleUnitKernel(machine, clamp: [2: true], holding: [0])
    let sweep = try SweepTransition(kernel, temperature: 1)
    #expect(sweep.unitCount == 4 && sweep.moveCount == 3)
    let graph = try StateGraph(sweep)
    let even = (0..<16).filter { $0 & 1 == 0 }
    #expect(graph.closedClasses.map(\.states) == [even, even.map { $0 + 1 }])
    let clamped = SingleUnitKernel(machine, clamp: [2: true])
    let matrix = try TransitionMatrix(SweepTransition(clamped, temperature: 1))
    let exact = try ExactDistribution(machine, clamp: [2: true])
    let found = try #require(matrix.stationaryDistribution())
    for (a, b) in zip(found, exact.probabilities) { #expect(isClose(a, b, relative: 1e-12)) }
  }

  /// Couplings that a Double cannot hold leave changes of energy that are 0 but for rounding.
  @Test func aChangeThatIsOnlyRoundingIsNone() throws {
    let odd = try squareLattice(rows: 3, columns: 4, isTorus: true, coupling: 0.1).machine
    let plain = try squareLattice(rows: 3, columns: 4, isTorus: true).machine
    func classes(_ machine: BoltzmannMachine) throws -> [StateGraph.ClosedClass] {
      let kernel = SingleUnitKernel(machine, rule: .metropolis)
      return try StateGraph(SweepTransition(kernel, temperature: 1)).closedClasses
    }
    #expect(try classes(odd) == classes(plain))
  }

  /// At low temperatures a probability is 0 or 1 in a Double, but never 0 or 1.
  @Test(arguments: UpdateRule.allCases)
  func whatIsUnlikelyIsPossible(rule: UpdateRule) throws {
    let machine = try BoltzmannMachine(
      unitCount: 2, edges: [Couplings.Edge(0, 1, 4)], biases: [-2, -2.5])
    let kernel = SingleUnitKernel(machine, rule: rule)
    let sweep = try SweepTransition(kernel, temperature: 1e-3)
    #expect(sweep.probability(of: 0, from: 0) == 0)
    let graph = try StateGraph(sweep)
    #expect(graph.isIrreducible && graph.isForgetful)
    let tempering = try TemperingTransition(kernel, temperatures: [1e-3, 2e-3])
    #expect(try StateGraph(tempering).isForgetful)
  }

  @Test func limits() throws {
    let machine = try BoltzmannMachine(unitCount: 21, edges: [])
    let error = try #require(throws: EnumerationLimit.self) {
      try SweepTransition(SingleUnitKernel(machine), temperature: 1)
    }
    #expect(error.largestFreeUnitCount == 20)
  }
}
