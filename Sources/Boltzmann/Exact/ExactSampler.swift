/// Independent states drawn exactly from a distribution, by the inverse of its running sum.
public struct ExactSampler: Sendable {
  private let table: EnergyTable
  private let cumulative: [Double]

  /// Sums up the probabilities once; eight bytes per state.
  public init(_ distribution: ExactDistribution) {
    var sum = CompensatedSum()
    table = distribution.table
    cumulative = distribution.probabilities.map { probability in
      sum.add(probability)
      return sum.value
    }
  }

  /// The first state whose running sum exceeds a fraction, 0 ≤ fraction < 1. Cost: log of the
  /// number of states.
  public func state(atFraction fraction: Double) -> BitVector {
    precondition(fraction >= 0 && fraction < 1, "A fraction lies between 0 and 1.")
    var (low, high) = (0, cumulative.count - 1)
    // The last sum may miss 1 by rounding; measured against itself no state is out of reach.
    let target = fraction * cumulative[high]
    while low < high {
      let middle = (low + high) / 2
      if cumulative[middle] > target { high = middle } else { low = middle + 1 }
    }
    return table.state(at: low)
  }

  /// The state that draw 0 of the initial states of a chain picks.
  public func state(chain: Int, stream: RandomStream) -> BitVector {
    state(atFraction: stream.uniform(.initialState, step: 0, chain: chain, unit: 0))
  }
}
