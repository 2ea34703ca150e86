import Boltzmann

/// A rows × columns square lattice of σ = ±1 with one coupling, as a machine; the energy of σ is
/// the machine's plus the constant.
func squareLattice(
  rows: Int, columns: Int, isTorus: Bool = true, coupling: Double = 1
) throws -> (machine: BoltzmannMachine, constant: Double) {
  var edges: [Couplings.Edge] = []
  for row in 0..<rows {
    for column in 0..<columns {
      let unit = row * columns + column
      if column + 1 < columns || isTorus {
        edges.append(Couplings.Edge(unit, row * columns + (column + 1) % columns, coupling))
      }
      if row + 1 < rows || isTorus {
        edges.append(Couplings.Edge(unit, (row + 1) % rows * columns + column, coupling))
      }
    }
  }
  return try IsingModel(
    couplings: Couplings(unitCount: rows * columns, edges: edges)
  ).boltzmannMachine()
}
