import Boltzmann
import Testing

struct SquareLatticeTests {
  @Test func everyUnitHasFourNeighboursOnATorus() throws {
    let lattice = SquareLattice(rows: 3, columns: 5)
    let couplings = try IsingModel.lattice(lattice).couplings
    #expect(lattice.unitCount == 15 && lattice.bonds.count == 30 && couplings.edges.count == 30)
    #expect((0..<15).allSatisfy { couplings.degree(of: $0) == 4 })
    #expect(couplings[0, 1] == 1 && couplings[0, 5] == 1)
    #expect(couplings[0, 4] == 1 && couplings[0, 10] == 1)
    #expect(couplings[0, 6] == 0)
  }

  @Test func freeEdgesHaveNoNeighbours() throws {
    let couplings = try IsingModel.lattice(rows: 3, columns: 5, boundary: .free).couplings
    #expect(couplings.edges.count == 3 * 4 + 2 * 5)
    #expect(couplings.degree(of: 0) == 2 && couplings.degree(of: 1) == 3)
    #expect(couplings.degree(of: 6) == 4 && couplings[0, 4] == 0)
  }

  @Test func oneRowIsAChain() throws {
    let ring = try IsingModel.lattice(rows: 1, columns: 6, coupling: 0.5).couplings
    #expect(ring.edges.count == 6 && ring[0, 5] == 0.5)
    let chain = try IsingModel.lattice(rows: 6, columns: 1, boundary: .free).couplings
    #expect(chain.edges.map(\.first) == [0, 1, 2, 3, 4] && chain.degree(of: 5) == 1)
    #expect(try IsingModel.lattice(rows: 1, columns: 1).couplings.edges.isEmpty)
  }

  /// Length 2: to the right and back to the left is the same neighbour, twice.
  @Test func twoBondsBetweenTwoUnitsAddUp() throws {
    let torus = try IsingModel.lattice(rows: 2, columns: 2, coupling: 1.5).couplings
    #expect(torus.edges == [.init(0, 1, 3), .init(0, 2, 3), .init(1, 3, 3), .init(2, 3, 3)])
    let free = try IsingModel.lattice(rows: 2, columns: 2, boundary: .free).couplings
    #expect(free.edges.allSatisfy { $0.weight == 1 } && free.edges.count == 4)
  }
}
