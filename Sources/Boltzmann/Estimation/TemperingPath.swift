/// The steps from a distribution that is known to one that is not: 0 = β₀ < β₁ < … < β_K = 1.
public struct TemperingPath: Sendable, Hashable {
  /// β₀ … β_K.
  public let inverseTemperatures: [Double]

  /// A written path; it ascends from 0 to 1.
  public init(_ inverseTemperatures: [Double]) {
    precondition(
      inverseTemperatures.first == 0 && inverseTemperatures.last == 1, "A path goes from 0 to 1.")
    precondition(
      zip(inverseTemperatures, inverseTemperatures.dropFirst()).allSatisfy { $0 < $1 },
      "A path ascends.")
    self.inverseTemperatures = inverseTemperatures
  }

  /// β_k = k/K.
  public static func linear(steps: Int) -> TemperingPath {
    precondition(steps >= 1, "A path has at least one step.")
    return TemperingPath((0...steps).map { Double($0) / Double(steps) })
  }

  /// β_k = (k/K)²: shorter steps where β is small, for machines of large weights.
  public static func quadratic(steps: Int) -> TemperingPath {
    precondition(steps >= 1, "A path has at least one step.")
    let count = Double(steps)
    return TemperingPath((0...steps).map { Double($0) / count * (Double($0) / count) })
  }

  /// K.
  public var stepCount: Int { inverseTemperatures.count - 1 }
}
