/// How often independent chains visited each value of a statistic.
public struct Frequencies: Sendable, Equatable {
  /// One value of the statistic.
  public struct Cell: Sendable, Hashable {
    /// The value.
    public let value: Int
    /// How many samples had it.
    public let count: Int
    /// Its share of the samples ± the error from the shares of the single chains.
    public let frequency: MonteCarloEstimate
  }

  /// The values that occurred, ascending.
  public let cells: [Cell]
  /// The number of chains.
  public let chainCount: Int
  /// The number of samples that each chain gave.
  public let samplesPerChain: Int
  /// The mean of the statistic ± the error from the means of the single chains.
  public let mean: MonteCarloEstimate

  /// The frequencies over states that are independent, such as the last state of each chain.
  public init(_ statistic: Statistic, ofIndependent states: [BitVector]) {
    var tally = Tally(statistic)
    for state in states {
      tally.count(state)
      tally.endChain(sampleCount: 1)
    }
    self = tally.frequencies(samplesPerChain: 1)
  }

  init(cells: [Cell], chainCount: Int, samplesPerChain: Int, mean: MonteCarloEstimate) {
    (self.cells, self.chainCount) = (cells, chainCount)
    (self.samplesPerChain, self.mean) = (samplesPerChain, mean)
  }

  /// The number of samples of all chains.
  public var sampleCount: Int { chainCount * samplesPerChain }

  /// The cell of a value; a value that no chain visited has count, frequency and error zero.
  public subscript(value: Int) -> Cell {
    var (low, high) = (0, cells.count)
    while low < high {
      let middle = (low + high) / 2
      if cells[middle].value < value { low = middle + 1 } else { high = middle }
    }
    if low < cells.count && cells[low].value == value { return cells[low] }
    let zero = MonteCarloEstimate(mean: 0, standardError: chainCount > 1 ? 0 : nil)
    return Cell(value: value, count: 0, frequency: zero)
  }

  /// The counts of the values listed, in their order.
  public func counts(of values: some Sequence<Int>) -> [Int] {
    values.map { self[$0].count }
  }
}
