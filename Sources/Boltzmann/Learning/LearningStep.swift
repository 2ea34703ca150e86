/// What an update makes of the parameters of a machine.
struct LearningStep {
  /// Phases that differ by less agree: exact means have rounding errors, counted ones never differ
  /// by so little.
  private static let rounding = 1e-12

  private let rule: BoltzmannLearning.Rule
  private let moving: ContrastiveDivergence.Parameters
  private let couplings: Couplings
  private let edgeNumbers: [Int]
  private let visibleCount: Int
  private var weights: [Double]
  private var biases: [Double]
  private var weightChanges: [Double]
  private var biasChanges: [Double]

  init(_ learning: BoltzmannLearning, _ machine: BoltzmannMachine) {
    (rule, moving) = (learning.rule, learning.moving)
    (couplings, edgeNumbers) = (machine.couplings, machine.couplings.edgeNumbers)
    (visibleCount, biases) = (machine.visibleCount, machine.biases)
    weights = machine.edges.map(\.weight)
    weightChanges = Array(repeating: 0, count: weights.count)
    biasChanges = Array(repeating: 0, count: biases.count)
  }

  /// The machine after an update; nil when a parameter is not finite, or so large that an energy
  /// would not be.
  mutating func machine(after statistics: PhaseStatistics) -> BoltzmannMachine? {
    if moving.contains(.weights) {
      for (number, difference) in statistics.pairDifferences.enumerated() {
        weightChanges[number] = change(
          difference, of: weights[number], last: weightChanges[number], decays: true)
        weights[number] += weightChanges[number]
      }
    }
    for (unit, difference) in statistics.unitDifferences.enumerated()
    where moving.contains(unit < visibleCount ? .visibleBiases : .hiddenBiases) {
      biasChanges[unit] = change(
        difference, of: biases[unit], last: biasChanges[unit], decays: false)
      biases[unit] += biasChanges[unit]
    }
    return current
  }

  /// The machine of the parameters as they are; nil where they make none.
  var current: BoltzmannMachine? {
    try? BoltzmannMachine(
      couplings: couplings.reweighted(weights, edgeNumbers: edgeNumbers), biases: biases,
      visibleCount: visibleCount)
  }

  /// What goes on from update to update.
  var stateTensors: [Tensor] {
    [
      Tensor("weights", shape: [weights.count], weights),
      Tensor("biases", shape: [biases.count], biases),
      Tensor("weight_changes", shape: [weights.count], weightChanges),
      Tensor("bias_changes", shape: [biases.count], biasChanges),
    ]
  }

  /// Takes a checkpoint's state over, and gives its machine.
  mutating func restore(_ reader: CheckpointReader) throws(TrainingError) -> BoltzmannMachine {
    weights = try reader.doubles("weights", [weights.count])
    biases = try reader.doubles("biases", [biases.count])
    weightChanges = try reader.doubles("weight_changes", [weights.count])
    biasChanges = try reader.doubles("bias_changes", [biases.count])
    guard let current else { throw .badCheckpoint }
    return current
  }

  private func change(
    _ difference: Double, of parameter: Double, last: Double, decays: Bool
  ) -> Double {
    switch rule {
    case .sign(let step):
      if abs(difference) < Self.rounding { return 0 }
      return difference > 0 ? step : -step
    case .gradient(let rate, let momentum, let decay):
      return rate * (difference - (decays ? decay * parameter : 0)) + momentum * last
    }
  }
}
