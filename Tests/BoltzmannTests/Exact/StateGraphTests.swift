import Foundation
import Testing

@testable import Boltzmann

struct StateGraphTests {
  /// Classes from the positive entries of the whole matrix, by its transitive closure.
  private func closedClasses(_ matrix: [[Double]]) -> [[Int]] {
    let states = matrix.indices
    var reaches = matrix.map { $0.map { $0 > 0 } }
    for middle in states {
      for from in states where reaches[from][middle] {
        for to in states where reaches[middle][to] { reaches[from][to] = true }
      }
    }
    var classes: [[Int]] = []
    for state in states where states.allSatisfy({ !reaches[state][$0] || reaches[$0][state] }) {
      let members = states.filter { reaches[state][$0] }
      if members.first == state { classes.append(Array(members)) }
    }
    return classes
  }

  private func lattice(_ rows: Int, _ columns: Int) throws -> BoltzmannMachine {
    try squareLattice(rows: rows, columns: columns).machine
  }

  @Test(arguments: [MoveOrder.fixed, .withReplacement, .shuffled])
  func agreesWithTheTransitiveClosure(order: MoveOrder) throws {
    for seed in 0..<6 as Range<UInt64> {
      // Weights of 0 and ±1 alone, so that many changes cost nothing.
      let machine = try randomMachine(unitCount: 4, density: 0.7, seed: seed)
      let edges = machine.edges.map {
        Couplings.Edge($0.first, $0.second, $0.weight.rounded())
      }
      let rounded = try BoltzmannMachine(
        unitCount: 4, edges: edges, biases: machine.biases.map { $0.rounded() })
      for isMetropolis in [false, true] {
        let sweep = try PlainSweep(rounded, metropolis: isMetropolis, order: order)
        let graph = try StateGraph(sweep)
        let expected = closedClasses(sweep.matrix)
        #expect(graph.closedClasses.map { $0.states.sorted() } == expected)
        #expect(graph.transientCount == 0)
        #expect(graph.isIrreducible == (expected.count == 1))
      }
    }
  }

  /// Without weights a Metropolis sweep flips every unit: states and their complements in turns.
  @Test func freeUnitsGoRoundInCircles() throws {
    let machine = try BoltzmannMachine(unitCount: 3, edges: [])
    let graph = try StateGraph(PlainSweep(machine, metropolis: true))
    #expect(graph.orbits.map(\.states) == [[0, 7], [1, 6], [2, 5], [3, 4]])
    #expect(!graph.isIrreducible)
    let bath = try StateGraph(PlainSweep(machine, metropolis: false))
    #expect(bath.isIrreducible && bath.orbits.isEmpty)
    #expect(bath.isForgetful && !graph.isForgetful)
    #expect(graph.closedClasses.allSatisfy { $0.period == 2 })
  }

  /// One unit is always flipped, the other one by chance: all states are reached, in two turns.
  @Test(arguments: [0, 1])
  func turnsThatAreNoOrbits(biased: Int) throws {
    var biases = [0.0, 0.0]
    biases[biased] = 0.5
    let machine = try BoltzmannMachine(unitCount: 2, edges: [], biases: biases)
    let graph = try StateGraph(PlainSweep(machine, metropolis: true))
    #expect(graph.isIrreducible && graph.orbits.isEmpty)
    #expect(graph.closedClasses.map(\.period) == [2] && !graph.isForgetful)
    let replaced = try PlainSweep(machine, metropolis: true, order: .withReplacement)
    #expect(try StateGraph(replaced).isForgetful)
  }

  /// The 4 × 4 torus: heat bath reaches everything, a Metropolis sweep in a fixed order does not.
  @Test func theTrapOfTheTorus() throws {
    let machine = try lattice(4, 4)
    let bath = try StateGraph(PlainSweep(machine, metropolis: false))
    #expect(bath.isIrreducible && bath.closedClasses[0].states.count == 65_536)
    let sweep = try PlainSweep(machine, metropolis: true)
    let graph = try StateGraph(sweep)
    #expect(graph.closedClasses.count > 1 && graph.transientCount == 0)
    #expect(!graph.orbits.isEmpty)
    for orbit in graph.orbits {
      for (state, next) in zip(orbit.states, orbit.states.dropFirst() + [orbit.states[0]]) {
        var current = state
        for move in 0..<16 where sweep.probability(of: move, from: current) == 1 {
          current = sweep.partner(of: current, move: move)
        }
        #expect(current == next)
      }
    }
  }

  /// States of probability zero in a Double are left and not returned to.
  @Test func transientStates() throws {
    let machine = try BoltzmannMachine(unitCount: 2, edges: [], biases: [1e3, 0.3])
    let graph = try StateGraph(PlainSweep(machine, metropolis: false))
    #expect(graph.closedClasses.map(\.states) == [[1, 3]])
    #expect(graph.transientCount == 2 && !graph.isIrreducible)
  }

  @Test func aKernelThatMovesNothing() throws {
    var sweep = try PlainSweep(BoltzmannMachine(unitCount: 2, edges: []), metropolis: true)
    sweep.bits = []
    for order in [MoveOrder.fixed, .withReplacement, .shuffled] {
      sweep.moveOrder = order
      let graph = try StateGraph(sweep)
      #expect(graph.orbits.map(\.states) == [[0], [1], [2], [3]])
    }
  }

  @Test func limits() throws {
    let sweep = try PlainSweep(BoltzmannMachine(unitCount: 17, edges: []), metropolis: true)
    var replaced = sweep
    replaced.moveOrder = .withReplacement
    let error = try #require(throws: EnumerationLimit.self) { try StateGraph(replaced) }
    #expect(error.freeUnitCount == 17 && error.largestFreeUnitCount == 16)
  }
}
