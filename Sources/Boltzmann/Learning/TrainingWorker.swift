internal import CKernels

/// One thread's part in every update: words of inputs of its own, and panels as it takes them.
///
/// An update takes 2k + 2 numbers of half-steps, after those of the updates before: hidden unit
/// draws of step i of the chain are + 2i, visible ones + 2i − 1; the positive hidden draws are those
/// of step 0 when chains start at the data, else + 2k + 1.
final class TrainingWorker {
  let run: TrainingRun
  let member: TeamMember
  private(set) var batch: SampledUnits
  let visible: SampledUnits
  let chainHidden: SampledUnits
  /// Those whose biases this thread moves.
  let visiblePanels: Range<Int>
  let chainCount: Int
  /// Statistics of one panel in both phases, and what else `learn` needs.
  let statistics: FloatRows
  let visibleStatistics: (positive: FloatRows, negative: FloatRows)
  let visibleScratch: FloatRows
  /// Rows of weights by hidden units for this thread's panels of visible ones, one after the other;
  /// only chains on hidden probabilities need them.
  let transposed: FloatRows
  private let rowUpdates: RowUpdates?

  var settings: ContrastiveDivergence { run.settings }
  var kernels: Kernels { run.kernels }

  init(_ run: TrainingRun, _ member: TeamMember) {
    (self.run, self.member) = (run, member)
    let weights = run.parameters.weights
    chainCount = run.chainVisible.rows
    (batch, visible, chainHidden) = (run.batchInputs[0], run.visibleInputs, run.hiddenInputs)
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
    rowUpdates = RowUpdates(run)
  }

  /// Sees to some panels of hidden units after others, until members have taken all.
  func takeHiddenPanels(deal: Int = 0, _ body: (Range<Int>) -> Void) {
    member.take(of: run.hidden.panelCount, deal: deal, body)
  }

  /// Takes the samples listed as the next batch.
  func takeBatch(_ samples: ArraySlice<Int>) {
    if let rowUpdates, let sample = samples.first { return rowUpdates.take(sample) }
    batch = batch === run.batchInputs[0] ? run.batchInputs[1] : run.batchInputs[0]
    batch.load(samples, of: run.data, member)
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
    return learn(place, count: count, chainCount: chains)
  }

  /// The k steps of all chains; false if nobody goes on.
  private func runChains(_ place: UpdatePlace, count chains: Int, _ wasFinite: Bool) -> Bool {
    let first = place.firstHalfStep
    for step in 1...place.steps {
      if step > 1 || settings.chains != .fromData {
        // Beside the panels given the batch.
        takeHiddenPanels(deal: 1) { panels in
          answerChains(
            panels, count: chains, drawsStates: settings.needsHiddenStates,
            halfStep: first + 2 * (step - 1))
          if hasStatesAsValues { takeStates(panels, count: chains) }
        }
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
    tempered.copyWeights(
      of: run.parameters, panels: member.share(of: run.hidden.panelCount))
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

  /// Panels of the hidden units of the negative statistics.
  func answerLastVisible(_ panels: Range<Int>, _ place: UpdatePlace, count chains: Int) {
    let wantsStates = settings.hiddenInNegativeStatistics == .states
    if settings.recomputesLastHidden || run.tempered != nil {
      answerChains(
        panels, count: chains, drawsStates: wantsStates,
        halfStep: place.firstHalfStep + 2 * place.steps)
    }
    if wantsStates { takeStates(panels, count: chains) }
  }

  /// Whether visible units are computed from hidden states that are no packed states.
  private var hasStatesAsValues: Bool {
    run.units == .gaussian && settings.hiddenInChain == .states
  }

  private func takeStates(_ panels: Range<Int>, count: Int) {
    run.chainHidden.takeStates(from: run.chainHidden, panels: panels, count: count)
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
    let keepsFirst =
      startsChains && settings.needsFirstHiddenProbabilities(steps: place.steps)
    takeHiddenPanels { panels in
      unsafe answerHidden(panels, answers, given: batch, count: count, halfStep: halfStep)
      if keepsFirst { run.chainHidden.copyValues(from: run.hidden, panels: panels) }
      if inStatistics { run.hidden.takeStates(from: drawn, panels: panels, count: count) }
      if startsChains && hasStatesAsValues { takeStates(panels, count: count) }
    }
  }

  private func answerChains(
    _ panels: Range<Int>, count: Int, drawsStates: Bool, halfStep: Int
  ) {
    unsafe answerHidden(
      panels, run.chainHidden.answers(drawsStates: drawsStates), given: visible, count: count,
      halfStep: halfStep)
  }

  @unsafe private func answerHidden(
    _ panels: Range<Int>, _ out: hm_answers, given inputs: SampledUnits, count: Int,
    halfStep: Int
  ) {
    let (weights, bias) = unsafe (run.parameters.weights, run.parameters.hiddenBiases.pointer())
    switch inputs.values {
    case .states(let bits):
      unsafe kernels.layers.hidden(
        out, inputs.inputs(bits, count: count),
        weights.storage.pointer(), weights.height, bias, panels.lowerBound,
        panels.upperBound, draw(halfStep))
    case .real(let rows):
      for panel in panels {
        unsafe kernels.products.dense(
          out.values + panel * out.panel_rows * LayerPanels.width, LayerPanels.width,
          rows.pointer(), rows.stride, 1, weights.storage.pointer(panel * weights.height),
          LayerPanels.width, bias + panel * LayerPanels.width, count, weights.visibleCount,
          LayerPanels.width)
        unsafe kernels.layers.answer(out, panel, count, draw(halfStep))
      }
    }
  }

  func draw(_ halfStep: Int) -> hm_draw { run.draw(halfStep) }
}
