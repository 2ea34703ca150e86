extension TrainingWorker {
  private typealias Line = SIMD16<Float>

  /// What panels are corrected by.
  struct Correction {
    let offsets: ActivityOffsets
    let isFirst: Bool
    let count: Int
    let chainCount: Int
    /// ⟨v⟩ over the batch, and its difference from that of the chains, for all units.
    let data: [Float]
    let difference: [Float]
  }

  func beginCorrection(
    _ offsets: ActivityOffsets, isFirst: Bool, count: Int, chainCount: Int
  ) -> Correction {
    let panels = 0..<LayerPanels.panels(of: run.parameters.weights.visibleCount)
    let (positive, negative) = visibleStatistics
    batch.addUp(into: positive, panels: panels, count: count)
    visible.addUp(into: negative, panels: panels, count: chainCount)
    let data = positive.row(0).map { $0 / Float(count) }
    let chains = negative.row(0).map { $0 / Float(chainCount) }
    return Correction(
      offsets: offsets, isFirst: isFirst, count: count, chainCount: chainCount, data: data,
      difference: zip(data, chains).map { $0 - $1 })
  }

  /// What centering and sparsity add to the step that panels have just taken; false if one of their
  /// parameters is no longer finite.
  ///
  /// With dv, dh the differences of the phases and s = cost · (q − target), weights move besides by
  /// rate · (−μ dhᵀ − dv λᵀ − (⟨v⟩ − μ) sᵀ), hidden biases by −rate · s; then the biases follow the
  /// whole change of the weights, Δb = −ΔW λ and Δc = −ΔWᵀ μ. The biases' own velocities are those
  /// of b′ and c′.
  func correct(_ panels: Range<Int>, _ correction: Correction) -> Bool {
    var isFinite = true
    for panel in panels {
      let data = mean(of: run.hidden, panel: panel, count: correction.count)
      let chains = mean(of: run.chainHidden, panel: panel, count: correction.chainCount)
      let activity = running(data, correction, panel)
      isFinite = correct(panel, correction, difference: data - chains, activity) && isFinite
    }
    return isFinite
  }

  /// Corrects the weights and hidden biases of a panel.
  private func correct(
    _ panel: Int, _ correction: Correction, difference: Line, _ activity: Line
  ) -> Bool {
    let (rate, offsets) = (Float(settings.learningRate), correction.offsets)
    let (slope, centre) =
      settings.isCentered ? (rate * difference, rate * activity) : (Line.zero, Line.zero)
    let push = rate * sparsityPush(activity, panel)
    var shift = Line.zero
    let weights = run.parameters.weights
    let first = panel * weights.height
    let movesWeights = settings.moving.contains(.weights)
    for unit in 0..<(movesWeights ? weights.visibleCount : 0) {
      let offset = offsets.visible[0, unit]
      let change =
        -(offset * slope) - correction.difference[unit] * centre
        - (correction.data[unit] - offset) * push
      weights.storage.add(change, toLine: first + unit)
      guard let velocity = run.parameters.velocity?.weights else { continue }
      velocity.storage.add(change, toLine: first + unit)
      if !settings.isCentered { continue }
      let whole = velocity.storage.line(first + unit)
      shift += offset * whole
      offsets.shifts[panel, unit] = (whole * activity).sum()
    }
    return moveHiddenBiases(panel, push, shift) && areFinite(panel)
  }

  /// Moves the hidden biases of a panel by −push − shift; their velocity only by −push.
  private func moveHiddenBiases(_ panel: Int, _ push: Line, _ shift: Line) -> Bool {
    if !settings.moving.contains(.hiddenBiases) { return true }
    let biases = run.parameters.hiddenBiases
    let velocity = run.parameters.velocity?.hiddenBiases
    var isFinite = true
    for unit in 0..<min(LayerPanels.width, biases.columns - panel * LayerPanels.width) {
      let place = panel * LayerPanels.width + unit
      biases[0, place] -= push[unit] + shift[unit]
      if let velocity { velocity[0, place] -= push[unit] }
      isFinite = isFinite && biases[0, place].isFinite
    }
    return isFinite
  }

  private func areFinite(_ panel: Int) -> Bool {
    let weights = run.parameters.weights
    for unit in 0..<weights.visibleCount {
      let line = weights.storage.line(panel * weights.height + unit)
      // A sum of 0 · x is 0 exactly where every x is finite.
      if !((0 * line).sum() == 0) { return false }
    }
    return true
  }

  /// Moves this thread's visible biases by −ΔW λ, panels of hidden units in order.
  func followShifts(_ offsets: ActivityOffsets) -> Bool {
    let biases = run.parameters.visibleBiases
    let first = visiblePanels.lowerBound * LayerPanels.width
    var isFinite = true
    for unit
      in first..<max(first, min(visiblePanels.upperBound * LayerPanels.width, biases.columns))
    {
      for panel in 0..<offsets.shifts.rows { biases[0, unit] -= offsets.shifts[panel, unit] }
      isFinite = isFinite && biases[0, unit].isFinite
    }
    return isFinite
  }

  /// The mean over the first rows of a layer, row by row.
  private func mean(of layer: LayerPanels, panel: Int, count: Int) -> Line {
    var sum = Line.zero
    for row in 0..<count { sum += layer.values.line(panel * layer.rows + row) }
    return sum / Float(count)
  }

  /// The running mean of the hidden units with a batch more.
  private func running(_ batch: Line, _ correction: Correction, _ panel: Int) -> Line {
    let offsets = correction.offsets
    let start = panel * LayerPanels.width
    var mean = batch
    for unit in 0..<min(LayerPanels.width, offsets.hidden.columns - start) {
      if !correction.isFirst {
        let before = offsets.hidden[0, start + unit]
        mean[unit] = before + Float(settings.activityRate) * (batch[unit] - before)
      }
      offsets.hidden[0, start + unit] = mean[unit]
    }
    return mean
  }

  /// cost · (q − target), 0 for units that are none.
  private func sparsityPush(_ activity: Line, _ panel: Int) -> Line {
    guard let sparsity = settings.sparsity else { return .zero }
    var push = Line.zero
    let units = run.parameters.weights.hiddenCount - panel * LayerPanels.width
    for unit in 0..<min(LayerPanels.width, units) {
      push[unit] = Float(sparsity.cost) * (activity[unit] - Float(sparsity.target))
    }
    return push
  }
}
