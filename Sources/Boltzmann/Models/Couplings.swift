/// A symmetric matrix of pair weights with a zero diagonal, kept as neighbour lists.
///
/// Only pairs that are connected are stored, so that lattices of many units stay small; a dense
/// machine costs 16 bytes per entry. A connection may have the weight zero: learning changes the
/// weights of connections and makes no new ones.
public struct Couplings: Sendable, Hashable {
  /// One weight between two units, first < second.
  public struct Edge: Sendable, Hashable {
    /// The lower unit.
    public let first: Int
    /// The higher unit.
    public let second: Int
    /// The weight.
    public let weight: Double

    /// The edge between two units, in either order.
    public init(_ first: Int, _ second: Int, _ weight: Double) {
      self.first = min(first, second)
      self.second = max(first, second)
      self.weight = weight
    }
  }

  /// The number of units.
  public let unitCount: Int
  /// Neighbours of unit i are entries starts[i] ..< starts[i + 1], ascending.
  package let starts: [Int]
  package let neighbours: [Int32]
  package let weights: [Double]

  /// The connections and their weights; a pair may be named once.
  public init(unitCount: Int, edges: [Edge]) throws(ModelError) {
    precondition(
      unitCount >= 0 && unitCount <= Int32.max, "The number of units must fit 31 bits.")
    for edge in edges {
      let pair = (edge.first, edge.second)
      for unit in [pair.0, pair.1] where unit < 0 || unit >= unitCount {
        throw ModelError.noSuchUnit(unit, unitCount: unitCount)
      }
      if pair.0 == pair.1 { throw ModelError.selfConnection(pair.0, edge.weight) }
      if !edge.weight.isFinite { throw ModelError.weightNotFinite(pair.0, pair.1, edge.weight) }
    }
    let sorted = edges.sorted { ($0.first, $0.second) < ($1.first, $1.second) }
    for (one, next) in zip(sorted, sorted.dropFirst())
    where one.first == next.first && one.second == next.second {
      throw ModelError.repeatedEdge(one.first, one.second)
    }
    self.init(unitCount: unitCount, sortedEdges: sorted)
  }

  /// The upper triangle of a full matrix, which must be square, symmetric, finite and have a zero
  /// diagonal; the first entry that is not is named in the error. Zeros are no connections.
  public init(matrix: [[Double]]) throws(ModelError) {
    for (i, row) in matrix.enumerated() where row.count != matrix.count {
      throw ModelError.notSquare(row: i, columns: row.count, rows: matrix.count)
    }
    var edges: [Edge] = []
    for i in matrix.indices {
      for j in matrix.indices where !matrix[i][j].isFinite {
        throw ModelError.weightNotFinite(i, j, matrix[i][j])
      }
    }
    for i in matrix.indices {
      if matrix[i][i] != 0 { throw ModelError.selfConnection(i, matrix[i][i]) }
      for j in matrix.indices.dropFirst(i + 1) {
        if matrix[i][j] != matrix[j][i] {
          throw ModelError.notSymmetric(i, j, matrix[i][j], matrix[j][i])
        }
        if matrix[i][j] != 0 { edges.append(Edge(i, j, matrix[i][j])) }
      }
    }
    self.init(unitCount: matrix.count, sortedEdges: edges)
  }

  /// Edges in ascending order.
  private init(unitCount: Int, sortedEdges: [Edge]) {
    var starts = Array(repeating: 0, count: unitCount + 1)
    for edge in sortedEdges {
      starts[edge.first + 1] += 1
      starts[edge.second + 1] += 1
    }
    for unit in 0..<unitCount { starts[unit + 1] += starts[unit] }
    var ends = starts
    var neighbours = [Int32](repeating: 0, count: 2 * sortedEdges.count)
    var weights = [Double](repeating: 0, count: 2 * sortedEdges.count)
    // Ascending edges fill each list in ascending order: the lower neighbours of a unit come
    // from edges sorted before all those in which it is the lower one.
    for edge in sortedEdges {
      for (unit, neighbour) in [(edge.first, edge.second), (edge.second, edge.first)] {
        neighbours[ends[unit]] = Int32(neighbour)
        weights[ends[unit]] = edge.weight
        ends[unit] += 1
      }
    }
    (self.unitCount, self.starts) = (unitCount, starts)
    (self.neighbours, self.weights) = (neighbours, weights)
  }

  init(_ other: Couplings, weights: [Double]) {
    (unitCount, starts) = (other.unitCount, other.starts)
    (neighbours, self.weights) = (other.neighbours, weights)
  }
}

extension Couplings {
  /// The connections, ascending.
  public var edges: [Edge] {
    (0..<unitCount).flatMap { unit in
      (starts[unit]..<starts[unit + 1]).filter { neighbours[$0] > unit }
        .map { Edge(unit, Int(neighbours[$0]), weights[$0]) }
    }
  }

  /// The number of neighbours of a unit.
  public func degree(of unit: Int) -> Int { starts[unit + 1] - starts[unit] }

  /// The weight between two units, zero when they are not connected. Cost: log of the degree.
  public subscript(_ i: Int, _ j: Int) -> Double {
    var (low, high) = (starts[i], starts[i + 1])
    while low < high {
      let middle = (low + high) / 2
      if Int(neighbours[middle]) < j { low = middle + 1 } else { high = middle }
    }
    return low < starts[i + 1] && Int(neighbours[low]) == j ? weights[low] : 0
  }

  /// Σⱼ wᵢⱼ sⱼ over the neighbours that are on, ascending.
  @inline(__always)
  package func input(to unit: Int, from state: BitVector) -> Double {
    var sum = 0.0
    for entry in starts[unit]..<starts[unit + 1] where state[Int(neighbours[entry])] {
      sum += weights[entry]
    }
    return sum
  }

  /// Every weight times a finite factor.
  package func scaled(by factor: Double) -> Couplings {
    Couplings(self, weights: weights.map { $0 * factor })
  }
}
