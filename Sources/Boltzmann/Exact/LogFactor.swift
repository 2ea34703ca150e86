/// The logarithm of a function of some binary units.
struct LogFactor: Sendable {
  /// units[k] is bit k of the number of an entry.
  let units: [Int]
  let values: [Double]
}

extension BeliefNet {
  /// ln p(unit | parents) as a function of those that are not held, where the others have their
  /// values: the parents in their order, then the unit itself.
  func logFactor(of unit: Int, given evidence: Clamp) -> LogFactor {
    let free = (units[unit].parents + [unit]).filter { evidence[$0] == nil }
    var state = BitVector(zeros: unitCount)
    for member in units[unit].parents + [unit] { state[member] = evidence[member] ?? false }
    let values = (0..<1 << free.count).map { entry in
      for (bit, member) in free.enumerated() { state[member] = (entry >> bit) & 1 == 1 }
      return logProbabilities(of: unit, given: state)[state[unit]]
    }
    return LogFactor(units: free, values: values)
  }
}

/// ln(e^a + e^b), −∞ where both are.
func logSum(_ a: Double, _ b: Double) -> Double {
  let larger = max(a, b)
  return larger == -.infinity ? larger : larger + logOnePlus(exponential(0 - abs(a - b)))
}
