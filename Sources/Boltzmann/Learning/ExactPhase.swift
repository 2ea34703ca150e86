/// The negative phase by enumeration: the model's means, laid out for learning.
struct ExactPhase: Sendable {
  /// ⟨vᵢ hⱼ⟩.
  let products: WeightPanels
  private let machine: RestrictedBoltzmannMachine

  init(_ machine: RestrictedBoltzmannMachine) {
    self.machine = machine
    products = WeightPanels(visibleCount: machine.visibleCount, hiddenCount: machine.hiddenCount)
  }

  /// Writes the means at the run's parameters into `products` and the first row of both layers of
  /// its chains; nothing where a parameter is not finite.
  func takeMeans(_ run: TrainingRun) {
    var machine = machine
    run.parameters.copy(into: &machine)
    // The number of units is checked before training.
    guard let means = try? machine.modelStatistics(threads: run.threads, kernels: run.kernels)
    else { return }
    for (unit, mean) in means.visible.enumerated() {
      run.chainVisible.setValue(0, unit, to: Float(mean))
    }
    for (unit, mean) in means.hidden.enumerated() {
      run.chainHidden.setValue(0, unit, to: Float(mean))
    }
    let width = LayerPanels.width
    for (place, mean) in means.products.enumerated() {
      let (i, j) = (place / machine.hiddenCount, place % machine.hiddenCount)
      products.storage[j / width * products.height + i, j % width] = Float(mean)
    }
  }
}
