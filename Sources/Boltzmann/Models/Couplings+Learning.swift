extension Couplings {
  /// The number of the edge that each entry of the neighbour lists belongs to.
  var edgeNumbers: [Int] {
    var ends = starts
    var numbers = [Int](repeating: 0, count: neighbours.count)
    // As the lists were filled: ascending edges, each at the end of both its lists.
    for (number, edge) in edges.enumerated() {
      for unit in [edge.first, edge.second] {
        numbers[ends[unit]] = number
        ends[unit] += 1
      }
    }
    return numbers
  }

  /// The same connections with other weights, one per edge.
  func reweighted(_ edgeWeights: [Double], edgeNumbers: [Int]) -> Couplings {
    Couplings(self, weights: edgeNumbers.map { edgeWeights[$0] })
  }

  /// √Σ wᵢⱼ² over the connections, summed in their order.
  public var norm: Double {
    var sum = 0.0
    for edge in edges { sum += edge.weight * edge.weight }
    return sum.squareRoot()
  }

  /// √Σ (wᵢⱼ − w′ᵢⱼ)² over the pairs of units that either machine connects; both have as many
  /// units.
  public func distance(to other: Couplings) -> Double {
    precondition(unitCount == other.unitCount, "Two machines must have as many units.")
    var sum = 0.0
    for edge in edges {
      let difference = edge.weight - other[edge.first, edge.second]
      sum += difference * difference
    }
    for edge in other.edges where !connects(edge.first, edge.second) {
      sum += edge.weight * edge.weight
    }
    return sum.squareRoot()
  }

  private func connects(_ i: Int, _ j: Int) -> Bool {
    neighbours[starts[i]..<starts[i + 1]].contains(Int32(j))
  }
}
