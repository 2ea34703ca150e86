internal import CKernels

extension TrainingWorker {
  /// The visible units of chains, given hidden ones.
  func answerVisible(count: Int, halfStep: Int) {
    let out = unsafe run.chainVisible.answers(
      drawsStates: run.hasVisibleStates, scratch: visibleScratch)
    switch chainHidden.values {
    case .states(let bits):
      let hidden = unsafe chainHidden.inputs(bits, count: count)
      if let halves = run.visibleHalves {
        unsafe answerHalves(out, hidden, halves, draw(halfStep))
      } else {
        let weights = run.parameters.weights
        member.take(of: run.chainVisible.panelCount) { panels in
          unsafe kernels.layers.visible(
            out, hidden, weights.storage.pointer(), weights.height,
            run.parameters.visibleBiases.pointer(), panels.lowerBound, panels.upperBound,
            draw(halfStep))
        }
      }
    case .real(let rows): unsafe answerVisible(out, given: rows, count: count, halfStep: halfStep)
    }
  }

  /// By halves of the hidden units: each thread reads the weights that it moves itself, or most of
  /// them, and only fields pass from one to the other.
  @unsafe private func answerHalves(
    _ out: hm_answers, _ hidden: hm_inputs, _ halves: VisibleHalves, _ draw: hm_draw
  ) {
    let count = run.chainVisible.panelCount
    member.take(of: 2 * count) { panels in
      let second = panels.clamped(to: count..<2 * count)
      unsafe addHalf(0, panels.clamped(to: 0..<count), hidden, halves.first)
      unsafe addHalf(
        1, second.lowerBound - count..<second.upperBound - count, hidden, halves.second)
    }
    _ = member.meet()
    member.take(of: count) { unsafe answer($0, out, halves, hidden.rows, draw) }
  }

  @unsafe private func addHalf(
    _ half: Int32, _ panels: Range<Int>, _ hidden: hm_inputs, _ fields: FloatRows
  ) {
    if panels.isEmpty { return }
    let weights = run.parameters.weights
    unsafe kernels.layers.visible_half(
      fields.pointer(panels.lowerBound * hidden.rows), hidden,
      weights.storage.pointer(), weights.height, run.parameters.visibleBiases.pointer(), half,
      panels.lowerBound, panels.upperBound)
  }

  @unsafe private func answer(
    _ panels: Range<Int>, _ out: hm_answers, _ halves: VisibleHalves, _ rows: Int, _ draw: hm_draw
  ) {
    let first = panels.lowerBound * rows
    unsafe kernels.layers.answer_halves(
      out, halves.first.pointer(first), halves.second.pointer(first), rows, panels.lowerBound,
      panels.upperBound, draw)
  }

  @unsafe private func answerVisible(
    _ out: hm_answers, given rows: FloatRows, count: Int, halfStep: Int
  ) {
    let (weights, bias) = unsafe (run.parameters.weights, run.parameters.visibleBiases.pointer())
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

  private func firstTransposedRow(of visiblePanel: Int) -> Int {
    (visiblePanel - visiblePanels.lowerBound) * run.parameters.weights.panelCount
      * LayerPanels.width
  }

  func transposeWeights() {
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
}

/// Fields of visible units in two halves.
struct VisibleHalves: Sendable {
  let first: FloatRows
  let second: FloatRows

  init(panels: Int, rows: Int) {
    first = FloatRows(rows: panels * rows, columns: LayerPanels.width)
    second = FloatRows(rows: panels * rows, columns: LayerPanels.width)
  }
}
