/// The parameters of a machine while it learns, and their velocities where they have any.
struct Parameters: Sendable {
  let weights: WeightPanels
  /// [1, visible] and [1, hidden].
  let visibleBiases: FloatRows
  let hiddenBiases: FloatRows
  let velocity: Velocity?

  struct Velocity: Sendable {
    let weights: WeightPanels
    let visibleBiases: FloatRows
    let hiddenBiases: FloatRows
  }

  init(_ machine: RestrictedBoltzmannMachine, hasVelocity: Bool) {
    let (visibleCount, hiddenCount) = (machine.visibleCount, machine.hiddenCount)
    weights = WeightPanels(machine.weights)
    visibleBiases = FloatRows(rowOf: machine.visibleBiases)
    hiddenBiases = FloatRows(rowOf: machine.hiddenBiases)
    velocity =
      hasVelocity
      ? Velocity(
        weights: WeightPanels(visibleCount: visibleCount, hiddenCount: hiddenCount),
        visibleBiases: FloatRows(rows: 1, columns: visibleCount),
        hiddenBiases: FloatRows(rows: 1, columns: hiddenCount))
      : nil
  }

  /// Writes the parameters as they are now into a machine.
  func copy(into machine: inout RestrictedBoltzmannMachine) {
    machine.weights = weights.matrix
    machine.visibleBiases = visibleBiases.row(0)
    machine.hiddenBiases = hiddenBiases.row(0)
  }
}
