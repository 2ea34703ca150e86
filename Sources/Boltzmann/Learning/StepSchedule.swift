/// The steps k of the chains for each update: constant, or growing from epoch to epoch.
///
/// Short chains do while the weights are small; the larger the weights, the slower the chains move.
/// Source: Carreira-Perpiñán & Hinton, "On contrastive divergence learning", AISTATS 2005.
public struct StepSchedule: Sendable, Hashable, ExpressibleByIntegerLiteral {
  /// A number of steps, in force from an epoch on.
  public struct Stage: Sendable, Hashable {
    /// The first epoch with these steps, counted from 0.
    public let firstEpoch: Int
    /// k.
    public let steps: Int

    /// So many steps from an epoch on.
    public init(fromEpoch firstEpoch: Int, steps: Int) {
      (self.firstEpoch, self.steps) = (firstEpoch, steps)
    }
  }

  /// In order; the first begins with epoch 0.
  public let stages: [Stage]

  /// The same number of steps in every epoch.
  public init(_ steps: Int) {
    stages = [Stage(fromEpoch: 0, steps: steps)]
  }

  /// The same number of steps in every epoch.
  public init(integerLiteral steps: Int) {
    self.init(steps)
  }

  /// Stages in ascending order, the first of them from epoch 0 on.
  public init(_ stages: [Stage]) {
    precondition(stages.first?.firstEpoch == 0, "The first stage begins with epoch 0.")
    precondition(
      zip(stages, stages.dropFirst()).allSatisfy { $0.firstEpoch < $1.firstEpoch },
      "Stages ascend.")
    self.stages = stages
  }

  /// k in an epoch, counted from 0.
  public func steps(inEpoch epoch: Int) -> Int {
    stages.last { $0.firstEpoch <= epoch }?.steps ?? stages[0].steps
  }

  /// The smallest number of steps of any stage.
  var fewest: Int { stages.map(\.steps).min() ?? 1 }

  /// Σ over so many epochs of term(k).
  public func sum(epochs: Int, _ term: (Int) -> Double) -> Double {
    stages.indices.reduce(0) { sum, index in
      let end = index + 1 < stages.count ? min(stages[index + 1].firstEpoch, epochs) : epochs
      return sum + term(stages[index].steps) * Double(max(end - stages[index].firstEpoch, 0))
    }
  }
}
