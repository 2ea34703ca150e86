internal import CKernels

extension TrainingWorker {
  /// Moves the parameters of this thread's panels; false if one is no longer finite.
  func learn(isFirst: Bool, count: Int, chainCount: Int) -> Bool {
    let step = hm_ascent(
      positive: 1 / Float(count), negative: 1 / Float(chainCount),
      rate: Float(settings.learningRate), momentum: Float(settings.momentum), decay: 0)
    if hasBinaryStatistics, max(count, chainCount) > Int(HM_FEW_SAMPLES) {
      let panels = run.hidden.panelCount / member.count
      if member.number == 0 { batch.planTransposed(count: count, panels: panels) }
      // Another member, if there is one.
      if member.number == min(1, member.count - 1) {
        visible.planTransposed(count: chainCount, panels: panels)
      }
      _ = member.meet()
    }
    let isFinite = moveHiddenSide(step, count: count, chainCount: chainCount)
    let areFinite = moveVisibleBiases(step, count: count, chainCount: chainCount) && isFinite
    guard let offsets = run.offsets else { return areFinite }
    return correct(offsets, isFirst: isFirst, count: count, chainCount: chainCount) && areFinite
  }

  private func moveHiddenSide(_ step: hm_ascent, count: Int, chainCount: Int) -> Bool {
    var step = step
    step.decay = Float(settings.weightDecay)
    let (parameters, velocity) = (run.parameters, run.parameters.velocity)
    let movesWeights = settings.moving.contains(.weights)
    let movesBiases = settings.moving.contains(.hiddenBiases)
    var target = unsafe hm_panels(
      w: movesWeights ? parameters.weights.storage.pointer() : nil,
      velocity: velocity?.weights.storage.pointer(), height: parameters.weights.height,
      bias: movesBiases ? parameters.hiddenBiases.pointer() : nil,
      bias_velocity: velocity?.hiddenBiases.pointer())
    var isFinite = true
    if movesWeights, !hasBinaryStatistics {
      for panel in hiddenPanels {
        isFinite =
          moveWeights(step, panel: panel, count: count, chainCount: chainCount) && isFinite
      }
      unsafe target.w = nil
    }
    let positive = unsafe hm_statistics(
      units: batch.transposedInputs(count: count), hidden: run.hidden.values.pointer(),
      panel_rows: run.hidden.rows)
    let negative = unsafe hm_statistics(
      units: visible.transposedInputs(count: chainCount),
      hidden: run.chainHidden.values.pointer(), panel_rows: run.chainHidden.rows)
    return unsafe kernels.layers.learn(
      target, positive, negative, hiddenPanels.lowerBound, hiddenPanels.upperBound, step,
      statistics.pointer()) == 0 && isFinite
  }

  private var hasBinaryStatistics: Bool {
    if case (.states, .states) = (batch.values, visible.values) { true } else { false }
  }

  /// Weights along the statistics of real values in at least one phase.
  private func moveWeights(
    _ step: hm_ascent, panel: Int, count: Int, chainCount: Int
  ) -> Bool {
    let weights = run.parameters.weights
    let first = panel * weights.height
    let rise = unsafe statistics.pointer()
    var fall = unsafe statistics.pointer(weights.height)
    unsafe addUp(rise, of: batch, run.hidden, panel: panel, count: count)
    if let exact = run.exact {
      unsafe fall = exact.products.storage.pointer(first)
    } else {
      unsafe addUp(fall, of: visible, run.chainHidden, panel: panel, count: chainCount)
    }
    return unsafe kernels.learning.ascend(
      weights.storage.pointer(first),
      run.parameters.velocity?.weights.storage.pointer(first), rise, fall,
      weights.visibleCount * LayerPanels.width, step) == 0
  }

  /// out[k][j] = Σₘ x[m][k] · h[m][16 · panel + j].
  @unsafe private func addUp(
    _ out: UnsafeMutablePointer<Float>, of units: SampledUnits, _ hidden: LayerPanels, panel: Int,
    count: Int
  ) {
    let (answers, width) = unsafe (hidden.values.pointer(panel * hidden.rows), LayerPanels.width)
    let unitCount = run.parameters.weights.visibleCount
    switch units.values {
    case .states:
      unsafe kernels.products.binary(
        out, width, units.transposed.pointer(), units.transposed.stride, answers, width, nil,
        unitCount, count, width)
    case .real(let rows):
      unsafe kernels.products.dense(
        out, width, rows.pointer(), 1, rows.stride, answers, width, nil, unitCount, count, width)
    }
  }

  private func moveVisibleBiases(_ step: hm_ascent, count: Int, chainCount: Int) -> Bool {
    let first = visiblePanels.lowerBound * LayerPanels.width
    let unitCount = run.parameters.weights.visibleCount
    let end = min(visiblePanels.upperBound * LayerPanels.width, unitCount)
    if !settings.moving.contains(.visibleBiases) || first >= end { return true }
    let (positive, negative) = visibleStatistics
    batch.addUp(into: positive, panels: visiblePanels, count: count)
    visible.addUp(into: negative, panels: visiblePanels, count: chainCount)
    let velocity = run.parameters.velocity?.visibleBiases
    return unsafe kernels.learning.ascend(
      run.parameters.visibleBiases.pointer() + first, velocity.map { unsafe $0.pointer() + first },
      positive.pointer() + first, negative.pointer() + first, end - first, step) == 0
  }
}
