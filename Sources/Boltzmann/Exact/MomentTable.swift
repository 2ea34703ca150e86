/// Z · p(s_i = 1 and s_j = 1) for all pairs of units i ≤ j, gathered from distributions over some of
/// the units.
struct MomentTable: Sendable {
  let unitCount: Int
  /// Pair (i, j), i ≤ j, at place i (2n − i − 1)/2 + j of n units.
  private(set) var values: [Double]

  init(unitCount: Int) {
    self.unitCount = unitCount
    values = Array(repeating: 0, count: unitCount * (unitCount + 1) / 2)
  }

  init(unitCount: Int, values: [Double]) {
    (self.unitCount, self.values) = (unitCount, values)
  }

  subscript(_ i: Int, _ j: Int) -> Double {
    get { values[place(i, j)] }
    set { values[place(i, j)] = newValue }
  }

  private func place(_ i: Int, _ j: Int) -> Int {
    let (low, high) = (min(i, j), max(i, j))
    return low * (2 * unitCount - low - 1) / 2 + high
  }

  /// Enters all pairs among some units from the weights of their states, units[k] being bit k.
  mutating func add(_ weights: [Double], of units: [Int]) {
    var sums = weights
    sumOverSupersets(&sums)
    for (bit, unit) in units.enumerated() {
      for (other, second) in units[...bit].enumerated() {
        self[unit, second] = sums[1 << bit | 1 << other]
      }
    }
  }

  /// Enters the pairs with units that are on in all states, whose weights add up to `total`.
  mutating func add(_ alwaysOn: [Int], total: Double) {
    for unit in alwaysOn {
      for other in 0..<unitCount { self[unit, other] = self[other, other] }
    }
    for unit in alwaysOn {
      for other in alwaysOn { self[unit, other] = total }
    }
  }
}
