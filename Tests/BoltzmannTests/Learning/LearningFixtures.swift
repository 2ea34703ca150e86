import Boltzmann

/// Two groups of `size` visible units, each connected within itself, and hidden units connected
/// with all visible ones: the encoder problem. All weights and biases are zero.
func encoderMachine(size: Int, hiddenCount: Int) throws -> BoltzmannMachine {
  var edges: [Couplings.Edge] = []
  for group in [0, size] {
    for i in 0..<size { for j in 0..<i { edges.append(.init(group + i, group + j, 0)) } }
  }
  for hidden in 2 * size..<2 * size + hiddenCount {
    for visible in 0..<2 * size { edges.append(.init(visible, hidden, 0)) }
  }
  return try BoltzmannMachine(
    unitCount: 2 * size + hiddenCount, edges: edges, visibleCount: 2 * size)
}

/// One row for each unit of the first group: that unit on, with its partner in the second.
func encoderRows(size: Int) -> ClampedRows {
  ClampedRows((0..<size).map { k in BitVector((0..<2 * size).map { $0 % size == k }) })
}

/// The rows of `unitCount` bits with an even number of ones.
func evenParityRows(_ unitCount: Int) -> ClampedRows {
  ClampedRows(allStates(unitCount).filter { $0.onCount.isMultiple(of: 2) })
}

/// A machine with some of its connections and its first units visible.
func partlyConnectedMachine(
  unitCount: Int, visibleCount: Int, weightScale: Double = 1, seed: UInt64
) throws -> BoltzmannMachine {
  let machine = try randomMachine(
    unitCount: unitCount, weightScale: weightScale, density: 0.7, seed: seed)
  return try BoltzmannMachine(
    couplings: machine.couplings, biases: machine.biases, visibleCount: visibleCount)
}

extension BoltzmannMachine {
  /// The machine with one weight (by its number) or bias (by its unit) changed by a little.
  func moved(weight: Int? = nil, bias: Int? = nil, by change: Double) throws -> BoltzmannMachine {
    let edges = edges.enumerated().map { number, edge in
      number == weight
        ? Couplings.Edge(edge.first, edge.second, edge.weight + change) : edge
    }
    let biases = biases.enumerated().map { $0 == bias ? $1 + change : $1 }
    return try BoltzmannMachine(
      unitCount: unitCount, edges: edges, biases: biases, visibleCount: visibleCount)
  }
}
