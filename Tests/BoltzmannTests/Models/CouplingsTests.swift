import Testing

@testable import Boltzmann

struct CouplingsTests {
  @Test func matrixAndEdgesAgree() throws {
    let fromMatrix = try Couplings(matrix: [[0, 2, 0], [2, 0, -1], [0, -1, 0]])
    let fromEdges = try Couplings(
      unitCount: 3, edges: [.init(2, 1, -1), .init(0, 1, 2)])
    #expect(fromMatrix == fromEdges)
    #expect(fromEdges.edges == [.init(0, 1, 2), .init(1, 2, -1)])
    #expect(fromEdges[1, 0] == 2 && fromEdges[0, 1] == 2 && fromEdges[0, 2] == 0)
    #expect((0..<3).map(fromEdges.degree) == [1, 2, 1])
  }

  /// A connection may have the weight zero; the zeros of a matrix are no connections.
  @Test func connectionsOfWeightZeroStay() throws {
    let couplings = try Couplings(unitCount: 3, edges: [.init(0, 2, 0), .init(0, 1, 2)])
    #expect(couplings.edges == [.init(0, 1, 2), .init(0, 2, 0)])
    #expect((0..<3).map(couplings.degree) == [2, 1, 1])
    let matrix = try Couplings(matrix: [[0, 2, 0], [2, 0, 0], [0, 0, 0]])
    #expect(matrix.edges == [.init(0, 1, 2)])
    #expect(couplings.distance(to: matrix) == 0 && matrix != couplings)
  }

  @Test func otherWeightsOnTheSameConnections() throws {
    let couplings = try randomMachine(unitCount: 12, density: 0.5, seed: 8).couplings
    let numbers = couplings.edgeNumbers
    let weights = couplings.edges.indices.map { Double($0) - 7 }
    let other = couplings.reweighted(weights, edgeNumbers: numbers)
    #expect(other.edges.map(\.weight) == weights)
    #expect(other.neighbours == couplings.neighbours && other.starts == couplings.starts)
    for edge in other.edges { #expect(other[edge.second, edge.first] == edge.weight) }
  }

  /// 3² + 4² = 5² and (3 − 1)² + 4² + (−2)² = 24; pairs that only one side connects count.
  @Test func normsAndDistances() throws {
    let a = try Couplings(unitCount: 3, edges: [.init(0, 1, 3), .init(1, 2, 4)])
    let b = try Couplings(unitCount: 3, edges: [.init(0, 1, 1), .init(0, 2, -2)])
    #expect(a.norm == 5)
    #expect(a.distance(to: b) == 24.0.squareRoot() && b.distance(to: a) == 24.0.squareRoot())
    #expect(a.distance(to: a) == 0)
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
