import Testing

@testable import Boltzmann

struct CouplingsTests {
  @Test func matrixAndEdgesAgree() throws {
    let fromMatrix = try Couplings(matrix: [[0, 2, 0], [2, 0, -1], [0, -1, 0]])
    let fromEdges = try Couplings(
      unitCount: 3, edges: [.init(2, 1, -1), .init(0, 1, 2), .init(0, 2, 0)])
    #expect(fromMatrix == fromEdges)
    #expect(fromEdges.edges == [.init(0, 1, 2), .init(1, 2, -1)])
    #expect(fromEdges[1, 0] == 2 && fromEdges[0, 1] == 2 && fromEdges[0, 2] == 0)
    #expect((0..<3).map(fromEdges.degree) == [1, 2, 1])
  }

  @Test func neighboursAreAscending() throws {
    let couplings = try randomMachine(unitCount: 30, density: 0.4, seed: 3).couplings
    for unit in 0..<30 {
      let list = Array(couplings.neighbours[couplings.starts[unit]..<couplings.starts[unit + 1]])
      #expect(list == list.sorted())
      #expect(list.allSatisfy { couplings[unit, Int($0)] == couplings[Int($0), unit] })
    }
  }

  @Test func wrongMatricesNameTheEntry() {
    expect(.notSquare(row: 1, columns: 1, rows: 2)) { try Couplings(matrix: [[0, 1], [1]]) }
    expect(.selfConnection(1, 3)) { try Couplings(matrix: [[0, 1], [1, 3]]) }
    expect(.notSymmetric(0, 2, 5, 4)) {
      try Couplings(matrix: [[0, 1, 5], [1, 0, 0], [4, 0, 0]])
    }
    expect(.weightNotFinite(1, 0, .infinity)) {
      try Couplings(matrix: [[0, 1], [.infinity, 0]])
    }
    #expect(throws: ModelError.self) { try Couplings(matrix: [[0, .nan], [.nan, 0]]) }
  }

  @Test func wrongEdgesNameTheUnits() {
    expect(.noSuchUnit(2, unitCount: 2)) { try Couplings(unitCount: 2, edges: [.init(2, 0, 1)]) }
    expect(.noSuchUnit(-1, unitCount: 2)) { try Couplings(unitCount: 2, edges: [.init(1, -1, 1)]) }
    expect(.selfConnection(1, 2)) { try Couplings(unitCount: 2, edges: [.init(1, 1, 2)]) }
    expect(.repeatedEdge(0, 1)) {
      try Couplings(unitCount: 2, edges: [.init(0, 1, 2), .init(1, 0, 2)])
    }
    expect(.weightNotFinite(0, 1, -.infinity)) {
      try Couplings(unitCount: 2, edges: [.init(1, 0, -.infinity)])
    }
  }

  private func expect(_ error: ModelError, _ make: () throws -> Couplings) {
    #expect(throws: error) { try make() }
  }
}
