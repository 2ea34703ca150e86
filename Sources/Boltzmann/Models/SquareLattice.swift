/// Rows × columns of units, each bound to its neighbours left, right, above and below.
///
/// Unit r · columns + c is in row r and column c. A lattice of one row is a chain.
public struct SquareLattice: Sendable, Hashable {
  /// What lies beyond the edges.
  public enum Boundary: String, Sendable, Hashable, CaseIterable {
    /// The opposite edge: a torus, or a ring.
    case periodic
    /// Nothing.
    case free
  }

  /// The number of rows.
  public let rows: Int
  /// The number of columns.
  public let columns: Int
  /// What lies beyond the edges.
  public let boundary: Boundary

  /// A lattice of at least one unit.
  public init(rows: Int, columns: Int, boundary: Boundary = .periodic) {
    precondition(rows >= 1 && columns >= 1, "A lattice has at least one row and one column.")
    (self.rows, self.columns, self.boundary) = (rows, columns, boundary)
  }

  /// The number of units.
  public var unitCount: Int { rows * columns }

  /// The bonds: of each unit in order, the one to the right, then the one below.
  ///
  /// A periodic direction of length 2 has two bonds between the same units; of length 1 it has
  /// none.
  public var bonds: [(first: Int, second: Int)] {
    var bonds: [(first: Int, second: Int)] = []
    for row in 0..<rows {
      for column in 0..<columns {
        let unit = row * columns + column
        if let next = neighbour(of: column, length: columns) {
          bonds.append((unit, row * columns + next))
        }
        if let next = neighbour(of: row, length: rows) {
          bonds.append((unit, next * columns + column))
        }
      }
    }
    return bonds
  }

  private func neighbour(of place: Int, length: Int) -> Int? {
    if place + 1 < length { return place + 1 }
    return boundary == .periodic && length > 1 ? 0 : nil
  }

  /// One weight per bond; those of two bonds between the same units add up.
  func couplings(_ weight: (_ bond: Int) -> Double) throws(ModelError) -> Couplings {
    var edges: [Couplings.Edge] = []
    for (index, bond) in bonds.enumerated() {
      edges.append(Couplings.Edge(bond.first, bond.second, weight(index)))
    }
    edges.sort { ($0.first, $0.second) < ($1.first, $1.second) }
    var merged: [Couplings.Edge] = []
    for edge in edges {
      if let last = merged.last, last.first == edge.first, last.second == edge.second {
        merged[merged.count - 1] = Couplings.Edge(
          edge.first, edge.second, last.weight + edge.weight)
      } else {
        merged.append(edge)
      }
    }
    return try Couplings(unitCount: unitCount, edges: merged)
  }
}
