import Testing

@testable import Boltzmann

struct EliminationOrderTests {
  private func order(_ machine: BoltzmannMachine, _ clamp: Clamp = Clamp()) throws
    -> EliminationOrder
  {
    try EliminationOrder(
      machine.couplings, freeUnits: clamp.freeUnits(of: machine.unitCount))
  }

  private func graph(_ unitCount: Int, _ edges: [(Int, Int)]) throws -> BoltzmannMachine {
    try BoltzmannMachine(
      unitCount: unitCount, edges: edges.map { Couplings.Edge($0.0, $0.1, 1) })
  }

  /// Graphs whose tree-width is known.
  @Test func knownWidths() throws {
    #expect(try order(graph(0, [])).width == 0)
    #expect(try order(graph(5, [])).width == 0)
    #expect(try order(graph(40, (1..<40).map { ($0 - 1, $0) })).width == 1)
    #expect(try order(graph(40, (0..<40).map { ($0, ($0 + 1) % 40) })).width == 2)
    // A star whose centre comes first.
    #expect(try order(graph(50, (1..<50).map { (0, $0) })).width == 1)
    let strip = try order(squareLattice(rows: 30, columns: 7, isTorus: false).machine)
    #expect(strip.entryCount <= 210 << 7)
    #expect(try order(randomMachine(unitCount: 9, seed: 1)).width == 8)
    let layers = (0..<4).flatMap { v in (4..<30).map { (v, $0) } }
    #expect(try order(graph(30, layers)).width == 4)
  }

  @Test func theTorusOfEightTimesEight() throws {
    let order = try order(squareLattice(rows: 8, columns: 8).machine)
    #expect(order.width <= 17)
    #expect(order.entryCount < 5_000_000)
  }

  /// Every free unit once, and neighbours only among those that come later.
  @Test func anOrderIsAPermutationOfTheFreeUnits() throws {
    let machine = try randomMachine(unitCount: 30, density: 0.1, seed: 4)
    let clamp: Clamp = [3: true, 17: false]
    let order = try order(machine, clamp)
    #expect(order.units.sorted() == clamp.freeUnits(of: 30))
    for (step, neighbours) in order.neighbours.enumerated() {
      let later = order.units[(step + 1)...]
      #expect(neighbours.allSatisfy { later.contains($0) })
      #expect(neighbours == later.reversed().filter { neighbours.contains($0) })
    }
  }

  @Test func denseMachinesAreRefused() throws {
    let machine = try randomMachine(unitCount: 25, seed: 2)
    let error = try #require(throws: EliminationLimit.self) { try order(machine) }
    #expect(error.neighbourCount == 24 && error.largestNeighbourCount == 22)
    #expect(
      error.description
        == "Elimination would need a table of at least 2^24 entries; the limit is 2^22.")
    #expect(try order(machine, [0: true, 9: false]).width == 22)
  }
}
