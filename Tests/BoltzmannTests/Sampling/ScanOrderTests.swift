import Testing

@testable import Boltzmann

struct ScanOrderTests {
  @Test func neighboursDifferInColour() throws {
    for density in [0, 0.05, 0.3, 1] {
      let couplings = try randomMachine(unitCount: 40, density: density, seed: 7).couplings
      let colours = couplings.colouring()
      #expect(couplings.edges.allSatisfy { colours[$0.first] != colours[$0.second] })
      let most = (0..<40).map(couplings.degree).max() ?? 0
      #expect((colours.max() ?? 0) <= most)
    }
  }

  @Test func aLatticeIsACheckerboard() throws {
    let machine = try torus(side: 6) { _ in 1 }
    #expect(machine.couplings.colouring() == (0..<36).map { ($0 / 6 + $0 % 6) % 2 })
    let order = machine.couplings.visit([0, 1, 2, 6, 7, 8], in: .coloured)
    #expect(order == [0, 2, 7, 1, 6, 8])
    #expect(machine.couplings.visit([0, 1, 7], in: .sequential) == [0, 1, 7])
  }

  @Test func aFullMachineNeedsAllColours() throws {
    let couplings = try randomMachine(unitCount: 9, seed: 2).couplings
    #expect(couplings.colouring() == Array(0..<9))
    #expect(try Couplings(unitCount: 0, edges: []).colouring().isEmpty)
  }
}
