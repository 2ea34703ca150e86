internal import CKernels

extension TrainingWorker {
  /// The hidden units of the negative statistics, and what moves along both; false if a parameter
  /// that this thread moved is no longer finite.
  ///
  /// A panel learns right after its units answered, while its weights are near.
  func learn(_ place: UpdatePlace, count: Int, chainCount: Int) -> Bool {
    let step = hm_ascent(
      positive: 1 / Float(count), negative: 1 / Float(chainCount),
      rate: Float(settings.learningRate), momentum: Float(settings.momentum), decay: 0)
    planStatistics(count: count, chainCount: chainCount)
    let ascent = unsafe beginAscent(step, count: count, chainCount: chainCount)
    let correction = run.offsets.map {
      beginCorrection($0, isFirst: place.stepsBefore == 0, count: count, chainCount: chainCount)
    }
    var isFinite = true
    takeHiddenPanels { panels in
      if run.exact == nil { answerLastVisible(panels, place, count: chainCount) }
      isFinite = unsafe move(panels, ascent) && isFinite
      if let correction { isFinite = correct(panels, correction) && isFinite }
    }
    isFinite = moveVisibleBiases(step, count: count, chainCount: chainCount) && isFinite
    guard settings.isCentered, let correction else { return isFinite }
    _ = member.meet()
    return followShifts(correction.offsets) && isFinite
  }

  /// Plans sums over many samples.
  private func planStatistics(count: Int, chainCount: Int) {
    if !hasBinaryStatistics || max(count, chainCount) <= Int(HM_FEW_SAMPLES) { return }
    let panels = run.hidden.panelCount / member.count
    if member.number == 0 { batch.planTransposed(count: count, panels: panels) }
    // Another member, if there is one.
    if member.number == min(1, member.count - 1) {
      visible.planTransposed(count: chainCount, panels: panels)
    }
    _ = member.meet()
  }

  /// What panels of hidden units move along.
  @unsafe private struct Ascent {
    var target: hm_panels
    let positive: hm_statistics
    let negative: hm_statistics
    let step: hm_ascent
  }

  @unsafe private func beginAscent(_ step: hm_ascent, count: Int, chainCount: Int) -> Ascent {
    var step = step
    step.decay = Float(settings.weightDecay)
    let (parameters, velocity) = (run.parameters, run.parameters.velocity)
    let movesBiases = settings.moving.contains(.hiddenBiases)
    let ascent = unsafe Ascent(
      target: hm_panels(
        w: movesWeights ? parameters.weights.storage.pointer() : nil,
        velocity: velocity?.weights.storage.pointer(), height: parameters.weights.height,
        bias: movesBiases ? parameters.hiddenBiases.pointer() : nil,
        bias_velocity: velocity?.hiddenBiases.pointer()),
      positive: hm_statistics(
        units: batch.transposedInputs(count: count), hidden: run.hidden.values.pointer(),
        panel_rows: run.hidden.rows),
      negative: hm_statistics(
        units: visible.transposedInputs(count: chainCount),
        hidden: run.chainHidden.values.pointer(), panel_rows: run.chainHidden.rows), step: step)
    if movesWeights && hasBinaryStatistics {
      unsafe kernels.layers.list_moves(
        ascent.target, ascent.positive, ascent.negative, step, statistics.pointer())
    }
    return unsafe ascent
  }

  /// Moves panels of weights and their hidden biases.
  @unsafe private func move(_ panels: Range<Int>, _ ascent: Ascent) -> Bool {
    var (ascent, isFinite) = unsafe (ascent, true)
    if movesWeights && !hasBinaryStatistics {
      for panel in panels { isFinite = unsafe moveWeights(panel, ascent) && isFinite }
      unsafe ascent.target.w = nil
    }
    return unsafe kernels.layers.learn(
      ascent.target, ascent.positive, ascent.negative, panels.lowerBound, panels.upperBound,
      ascent.step, statistics.pointer()) == 0 && isFinite
  }

  private var movesWeights: Bool { settings.moving.contains(.weights) }

  private var hasBinaryStatistics: Bool {
    if case (.states, .states) = (batch.values, visible.values) { true } else { false }
  }

  /// Weights along the statistics of real values in at least one phase.
  @unsafe private func moveWeights(_ panel: Int, _ ascent: Ascent) -> Bool {
    let weights = run.parameters.weights
    let first = panel * weights.height
    let rise = unsafe statistics.pointer()
    var fall = unsafe statistics.pointer(weights.height)
    unsafe addUp(
      rise, of: batch, run.hidden, panel: panel, count: ascent.positive.units.count)
    if let exact = run.exact {
      unsafe fall = exact.products.storage.pointer(first)
    } else {
      unsafe addUp(
        fall, of: visible, run.chainHidden, panel: panel, count: ascent.negative.units.count)
    }
    return unsafe kernels.learning.ascend(
      weights.storage.pointer(first),
      run.parameters.velocity?.weights.storage.pointer(first), rise, fall,
      weights.visibleCount * LayerPanels.width, ascent.step) == 0
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
