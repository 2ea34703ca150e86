/// A whole number computed from a state: a row of a table, a bin of a histogram.
public struct Statistic: Sendable {
  /// The values are 0 ..< valueCount, where that is known.
  public let valueCount: Int?
  private let evaluate: @Sendable (BitVector) -> Int

  /// Any function of the state.
  public init(_ evaluate: @escaping @Sendable (BitVector) -> Int) {
    valueCount = nil
    self.evaluate = evaluate
  }

  private init(valueCount: Int, _ evaluate: @escaping @Sendable (BitVector) -> Int) {
    (self.valueCount, self.evaluate) = (valueCount, evaluate)
  }

  /// The states of some units as a number in which units[k] is bit k; at most 62 units.
  public static func states(of units: [Int]) -> Statistic {
    precondition(units.count <= 62, "At most 62 units fit one number.")
    return Statistic(valueCount: 1 << units.count) { $0.index(of: units) }
  }

  /// Σ sᵢ over some units.
  public static func sum(of units: [Int]) -> Statistic {
    Statistic(valueCount: units.count + 1) { state in
      var sum = 0
      for unit in units where state[unit] { sum += 1 }
      return sum
    }
  }

  /// The value at a state.
  public func callAsFunction(_ state: BitVector) -> Int { evaluate(state) }
}
