internal import CKernels

/// One thread's part in every update: the panels of both layers that are its own.
///
/// An update takes 2k + 2 numbers of half-steps, after those of the updates before: hidden unit
/// draws of step i of the chain are + 2i, visible ones + 2i − 1; the positive hidden draws are those
/// of step 0 when chains start at the data, else + 2k + 1.
final class TrainingWorker {
  let run: TrainingRun
  let member: TeamMember
  private(set) var batch: SampledUnits
  let visible: SampledUnits
  private let chainHidden: SampledUnits
  let hiddenPanels: Range<Int>
  let visiblePanels: Range<Int>
  let chainCount: Int
  /// Statistics of one panel in both phases, and what else `learn` needs.
  let statistics: FloatRows
  let visibleStatistics: (positive: FloatRows, negative: FloatRows)
  private let visibleScratch: FloatRows
  /// Rows of weights by hidden units for this thread's panels of visible ones, one after the other;
  /// only chains on hidden probabilities need them.
  private let transposed: FloatRows
  private let rowUpdates: RowUpdates?

  var settings: ContrastiveDivergence { run.settings }
  var kernels: Kernels { run.kernels }

  init(_ run: TrainingRun, _ member: TeamMember) {
    (self.run, self.member) = (run, member)
    let weights = run.parameters.weights
    chainCount = run.chainVisible.rows
    (batch, visible, chainHidden) = (run.batchInputs[0], run.visibleInputs, run.hiddenInputs)
    hiddenPanels = member.share(of: weights.panelCount)
    visiblePanels = member.share(of: LayerPanels.panels(of: weights.visibleCount))
    statistics = FloatRows(
      rows: 33 * weights.height / LayerPanels.width, columns: LayerPanels.width)
    visibleStatistics = (
      FloatRows(rows: 1, columns: weights.visibleCount),
      FloatRows(rows: 1, columns: weights.visibleCount)
    )
    visibleScratch = FloatRows(rows: chainCount, columns: LayerPanels.width)
    let transposedPanels = run.hasHiddenStates ? 0 : visiblePanels.count
    transposed = FloatRows(
      rows: transposedPanels * weights.panelCount * LayerPanels.width, columns: LayerPanels.width)
    rowUpdates =
      if case .states(let bits) = batch.values { RowUpdates(run, batch: bits) } else { nil }
  }

  /// Takes the samples listed as the next batch.
  func takeBatch(_ samples: ArraySlice<Int>) {
    batch = batch === run.batchInputs[0] ? run.batchInputs[1] : run.batchInputs[0]
    batch.load(samples, of: run.data, member)
    if rowUpdates != nil { return }
    batch.plan(count: samples.count, panels: run.hidden.panelCount, member)
    batch.transpose(count: samples.count, member)
    _ = member.meet()
  }

  /// Takes what the chains' visible units are, after their last step also as statistics need them.
  func takeVisible(_ layer: LayerPanels, count: Int, isLast: Bool) {
    visible.load(layer, count: count, member)
    visible.plan(count: count, panels: run.hidden.panelCount, member)
    if isLast { visible.transpose(count: count, member) }
    _ = member.meet()
  }

  private func takeHidden(count: Int) {
    chainHidden.load(run.chainHidden, count: count, member)
    chainHidden.plan(count: count, panels: run.chainVisible.panelCount, member)
    _ = member.meet()
  }

  /// One update on the first `count` rows of the batch; nil if another thread was told that a
  /// parameter is not finite, and then nobody goes on.
  ///
  /// `wasFinite` says how this thread's parameters were before; what comes back is how they are.
  func update(_ place: UpdatePlace, count: Int, wasFinite: Bool) -> Bool? {
    if let rowUpdates { return wasFinite ? rowUpdates.update(place) : nil }
    answerBatch(count, place)
    let chains = settings.chainCount(count)
    let goesOn =
      if let exact = run.exact {
        takeMeans(exact, wasFinite)
      } else if let tempered = run.tempered {
        temper(tempered, place, count: chains, wasFinite)
      } else {
        runChains(place, count: chains, wasFinite)
      }
    if !goesOn { return nil }
    if run.exact == nil { answerLastVisible(place, count: chains) }
    return learn(isFirst: place.stepsBefore == 0, count: count, chainCount: chains)
  }

  /// The k steps of all chains; false if nobody goes on.
  private func runChains(_ place: UpdatePlace, count chains: Int, _ wasFinite: Bool) -> Bool {
    let first = place.firstHalfStep
    let drawsHidden = settings.needsHiddenStates
    if settings.chains != .fromData {
      answerChains(count: chains, drawsStates: drawsHidden, halfStep: first)
    }
    for step in 1...place.steps {
      if step > 1 {
        answerChains(count: chains, drawsStates: drawsHidden, halfStep: first + 2 * (step - 1))
      }
      if run.units == .gaussian, settings.hiddenInChain == .states {
        run.chainHidden.takeStates(from: run.chainHidden, panels: hiddenPanels, count: chains)
      }
      if !member.meet(wasFinite) { return false }
      if step == 1, !run.hasHiddenStates { transposeWeights() }
      takeHidden(count: chains)
      answerVisible(count: chains, halfStep: first + 2 * step - 1)
      _ = member.meet()
      takeVisible(run.drawnVisible, count: chains, isLast: step == place.steps)
    }
    return true
  }

  /// The coldest visible units of ladders that have taken k steps; false if nobody goes on.
  private func temper(
    _ tempered: TemperedChains, _ place: UpdatePlace, count: Int, _ wasFinite: Bool
  ) -> Bool {
    tempered.copyWeights(of: run.parameters, panels: hiddenPanels)
    if !member.meet(wasFinite) { return false }
    tempered.advance(member.share(of: count), place, run.parameters, into: run.chainVisible)
    _ = member.meet()
    takeVisible(run.chainVisible, count: count, isLast: true)
    return true
  }

  /// The model's means as one chain; false if nobody goes on.
  private func takeMeans(_ exact: ExactPhase, _ wasFinite: Bool) -> Bool {
    if !member.meet(wasFinite) { return false }
    exact.takeMeans(run)
    takeVisible(run.chainVisible, count: 1, isLast: true)
    return true
  }

  /// The hidden units of the negative statistics.
  private func answerLastVisible(_ place: UpdatePlace, count chains: Int) {
    let wantsStates = settings.hiddenInNegativeStatistics == .states
    if settings.recomputesLastHidden || run.tempered != nil {
      answerChains(
        count: chains, drawsStates: wantsStates,
        halfStep: place.firstHalfStep + 2 * place.steps)
    }
    if wantsStates {
      run.chainHidden.takeStates(from: run.chainHidden, panels: hiddenPanels, count: chains)
    }
  }

  /// The hidden units given the data, and where chains start there, their first hidden units.
  private func answerBatch(_ count: Int, _ place: UpdatePlace) {
    let startsChains = settings.chains == .fromData
    let inStatistics = settings.hiddenInPositiveStatistics == .states
    let drawn = startsChains ? run.chainHidden : run.hidden
    var answers = unsafe run.hidden.answers(drawsStates: true)
    unsafe answers.states = drawn.answers(drawsStates: true).states
    if !inStatistics && !(startsChains && settings.needsHiddenStates) {
      unsafe answers.states = nil
    }
    let halfStep = place.firstHalfStep + (startsChains ? 0 : 2 * place.steps + 1)
    unsafe answerHidden(answers, given: batch, count: count, halfStep: halfStep)
    if startsChains && settings.needsFirstHiddenProbabilities(steps: place.steps) {
      run.chainHidden.copyValues(from: run.hidden, panels: hiddenPanels)
    }
    if inStatistics {
      run.hidden.takeStates(from: drawn, panels: hiddenPanels, count: count)
    }
  }

  private func answerChains(count: Int, drawsStates: Bool, halfStep: Int) {
    unsafe answerHidden(
      run.chainHidden.answers(drawsStates: drawsStates), given: visible, count: count,
      halfStep: halfStep)
  }

  @unsafe private func answerHidden(
    _ out: hm_answers, given inputs: SampledUnits, count: Int, halfStep: Int
  ) {
    let (weights, bias) = unsafe (run.parameters.weights, run.parameters.hiddenBiases.pointer())
    switch inputs.values {
    case .states(let bits):
      unsafe kernels.layers.hidden(
        out, inputs.inputs(bits, count: count),
        weights.storage.pointer(), weights.height, bias, hiddenPanels.lowerBound,
        hiddenPanels.upperBound, draw(halfStep))
    case .real(let rows):
      for panel in hiddenPanels {
        unsafe kernels.products.dense(
          out.values + panel * out.panel_rows * LayerPanels.width, LayerPanels.width,
          rows.pointer(), rows.stride, 1, weights.storage.pointer(panel * weights.height),
          LayerPanels.width, bias + panel * LayerPanels.width, count, weights.visibleCount,
          LayerPanels.width)
        unsafe kernels.layers.answer(out, panel, count, draw(halfStep))
      }
    }
  }

  private func answerVisible(count: Int, halfStep: Int) {
    let (weights, bias) = unsafe (run.parameters.weights, run.parameters.visibleBiases.pointer())
    let out = unsafe run.chainVisible.answers(
      drawsStates: run.hasVisibleStates, scratch: visibleScratch)
    switch chainHidden.values {
    case .states(let bits):
      unsafe kernels.layers.visible(
        out, chainHidden.inputs(bits, count: count),
        weights.storage.pointer(), weights.height, bias, visiblePanels.lowerBound,
        visiblePanels.upperBound, draw(halfStep))
    case .real(let rows):
      for panel in visiblePanels {
        unsafe kernels.products.dense(
          out.values + panel * out.panel_rows * LayerPanels.width, LayerPanels.width,
          rows.pointer(), rows.stride, 1, transposed.pointer(firstTransposedRow(of: panel)),
          LayerPanels.width, bias + panel * LayerPanels.width, count, weights.hiddenCount,
          LayerPanels.width)
        if run.units == .binary {
          unsafe kernels.layers.answer(out, panel, count, draw(halfStep))
        } else if settings.visibleInChain == .states {
          run.drawnVisible.drawNormals(
            around: run.chainVisible, panel: panel, count: count, stream: run.stream,
            step: halfStep)
        }
      }
    }
  }

  private func firstTransposedRow(of visiblePanel: Int) -> Int {
    (visiblePanel - visiblePanels.lowerBound) * run.parameters.weights.panelCount
      * LayerPanels.width
  }

  private func transposeWeights() {
    let (weights, width) = (run.parameters.weights, LayerPanels.width)
    for visiblePanel in visiblePanels {
      let first = firstTransposedRow(of: visiblePanel)
      for panel in 0..<weights.panelCount {
        unsafe kernels.layout.transpose(
          transposed.pointer(first + panel * width), width,
          weights.storage.pointer(panel * weights.height + visiblePanel * width), width, width,
          width)
      }
    }
  }

  private func draw(_ halfStep: Int) -> hm_draw { run.draw(halfStep) }
}
