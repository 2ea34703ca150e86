/// Counts of a statistic's values, chain by chain: for each value Σ n and Σ n² over the chains,
/// n being its count in one chain. Whole numbers, exact up to 2⁵³.
struct Tally: Sendable {
  private let statistic: Statistic
  private var values: [Int] = []
  private var slots: [Int: Int] = [:]
  private let isDense: Bool
  private var current: [Int] = []
  private var touched: [Int] = []
  private var sums: [Int] = []
  private var squares: [Double] = []
  private var means = Moments()

  /// Statistics of up to this many values count in a plain table.
  static let largestDenseCount = 4096

  init(_ statistic: Statistic) {
    self.statistic = statistic
    let count = statistic.valueCount ?? Int.max
    isDense = count <= Self.largestDenseCount
    if isDense {
      values = Array(0..<count)
      current = Array(repeating: 0, count: count)
      sums = current
      squares = Array(repeating: 0, count: count)
    }
  }

  /// Counts one sample of the current chain.
  mutating func count(_ state: BitVector) {
    let slot = slot(of: statistic(state))
    if current[slot] == 0 { touched.append(slot) }
    current[slot] += 1
  }

  /// Closes the current chain.
  mutating func endChain(sampleCount: Int) {
    var total = CompensatedSum()
    for slot in touched {
      let count = current[slot]
      sums[slot] += count
      squares[slot] += Double(count) * Double(count)
      total.add(Double(count) * Double(values[slot]))
      current[slot] = 0
    }
    touched.removeAll(keepingCapacity: true)
    if sampleCount > 0 { means.add(total.value / Double(sampleCount)) }
  }

  /// Adds the chains of another tally of the same statistic behind these.
  mutating func merge(_ other: Tally) {
    for (slot, value) in other.values.enumerated() where other.sums[slot] > 0 {
      let own = self.slot(of: value)
      sums[own] += other.sums[slot]
      squares[own] += other.squares[slot]
    }
    means.merge(other.means)
  }

  /// The frequencies so far.
  func frequencies(samplesPerChain: Int) -> Frequencies {
    let chains = Double(means.count)
    let occurred = values.indices.filter { sums[$0] > 0 }
    let cells = occurred.sorted { values[$0] < values[$1] }.map { slot in
      let sum = Double(sums[slot])
      // chains · Σn² − (Σn)² is a whole number: exactly zero when all chains agree.
      let variance = (chains * squares[slot] - sum * sum) / (chains * (chains - 1))
      let error = (variance / chains).squareRoot() / Double(samplesPerChain)
      return Frequencies.Cell(
        value: values[slot], count: sums[slot],
        frequency: MonteCarloEstimate(
          mean: sum / (chains * Double(samplesPerChain)),
          standardError: means.count > 1 ? error : nil))
    }
    return Frequencies(
      cells: cells, chainCount: means.count, samplesPerChain: samplesPerChain,
      mean: MonteCarloEstimate(means))
  }

  private mutating func slot(of value: Int) -> Int {
    if isDense { return value }
    if let slot = slots[value] { return slot }
    slots[value] = values.count
    values.append(value)
    current.append(0)
    sums.append(0)
    squares.append(0)
    return values.count - 1
  }
}
