import CKernels

/// One machine with data, and what kernels make of it.
struct LayerCase {
  let rows: Int
  let visible: Int
  let hidden: Int
  let height: Int
  let weights: [Float]
  let visibleBias: [Float]
  let hiddenBias: [Float]
  let visibleBits: [UInt64]
  let hiddenBits: [UInt64]
  private let sparsity: Int
  private let planWords: Int
  let draw = hm_draw(key_low: 1, key_high: 2, purpose: 6, step: 4, chain: 5)

  init(_ rows: Int, _ visible: Int, _ hidden: Int, sparsity: Int, planWords: Int = 16) {
    (self.rows, self.visible, self.hidden, self.sparsity) = (rows, visible, hidden, sparsity)
    self.planWords = planWords
    var values = TestValues(seed: rows * 10_000 + visible * 100 + hidden)
    height = wholeLines(visible)
    var weights = [Float](repeating: 0, count: wholeLines(hidden) * height)
    for unit in 0..<visible {
      for other in 0..<hidden {
        weights[(other / 16 * height + unit) * 16 + other % 16] = values.float()
      }
    }
    self.weights = weights
    visibleBias = values.floats(height)
    hiddenBias = values.floats(wholeLines(hidden))
    visibleBits = values.bits(rows: rows, columns: visible, sparsity: sparsity)
    hiddenBits = values.bits(rows: rows, columns: hidden, sparsity: sparsity)
  }

  func weight(_ unit: Int, _ other: Int) -> Float {
    weights[(other / 16 * height + unit) * 16 + other % 16]
  }

  struct Answers: Equatable {
    var hidden: [UInt32] = []
    var hiddenStates: [UInt16] = []
    var visible: [UInt32] = []
    var visibleStates: [UInt16] = []
  }

  /// Both layers given the other, the panels in calls that begin at `cuts`.
  func halfSteps(_ kernels: hm_kernels, drawsStates: Bool, cuts: [Int] = [0]) -> Answers {
    var answers = Answers()
    (answers.hidden, answers.hiddenStates) = answer(
      kernels, visibleBits, visible, areHidden: false, of: hidden, hiddenBias, drawsStates, cuts,
      kernels.layers.hidden)
    (answers.visible, answers.visibleStates) = answer(
      kernels, hiddenBits, hidden, areHidden: true, of: visible, visibleBias, drawsStates, cuts,
      kernels.layers.visible)
    return answers
  }

  /// Both halves of the fields of visible units, and what they answer, the panels in calls that begin
  /// at `cuts`.
  func halves(_ kernels: hm_kernels, cuts: [Int] = [0]) -> (fields: [[UInt32]], Answers) {
    let panels = height / 16
    var fields = [[Float]](
      repeating: [Float](repeating: 7, count: panels * rows * 16), count: 2)
    var (values, states) = (fields[0], [UInt16](repeating: 7, count: panels * rows))
    let ends = cuts.dropFirst() + [panels]
    withPlan(kernels, hiddenBits, rows, hidden, areHidden: true) { hidden in
      plan(kernels, hidden, panels)
      for half in 0..<2 {
        fields[half].withUnsafeMutableBufferPointer { fields in
          guard let start = fields.baseAddress else { return }
          for (cut, end) in zip(cuts, ends) {
            kernels.layers.visible_half(
              start + cut * rows * 16, hidden, weights, height, visibleBias, Int32(half), cut, end)
          }
        }
      }
    }
    values.withUnsafeMutableBufferPointer { values in
      states.withUnsafeMutableBufferPointer { states in
        guard let start = values.baseAddress else { return }
        let out = hm_answers(
          values: start, panel_rows: rows, states: states.baseAddress, state_rows: rows,
          units: visible)
        for (cut, end) in zip(cuts, ends) {
          kernels.layers.answer_halves(
            out, Array(fields[0][(cut * rows * 16)...]), Array(fields[1][(cut * rows * 16)...]),
            rows, cut, end, draw)
        }
      }
    }
    return (
      fields.map(patterns), Answers(visible: patterns(values), visibleStates: states)
    )
  }

  typealias HalfStep =
    @convention(c) (
      hm_answers, hm_inputs, UnsafePointer<Float>, Int, UnsafePointer<Float>, Int, Int, hm_draw
    ) -> Void

  private func answer(
    _ kernels: hm_kernels, _ bits: [UInt64], _ inputs: Int, areHidden: Bool, of units: Int,
    _ bias: [Float], _ drawsStates: Bool, _ cuts: [Int], _ halfStep: HalfStep
  ) -> ([UInt32], [UInt16]) {
    let panels = wholeLines(units) / 16
    var values = [Float](repeating: 7, count: panels * rows * 16)
    var states = [UInt16](repeating: 7, count: panels * rows)
    withPlan(kernels, bits, rows, inputs, areHidden: areHidden) { planned in
      plan(kernels, planned, panels)
      values.withUnsafeMutableBufferPointer { values in
        states.withUnsafeMutableBufferPointer { states in
          guard let start = values.baseAddress else { return }
          let out = hm_answers(
            values: start, panel_rows: rows, states: drawsStates ? states.baseAddress : nil,
            state_rows: rows, units: units)
          for (cut, end) in zip(cuts, cuts.dropFirst() + [panels]) {
            halfStep(out, planned, weights, height, bias, cut, min(end, panels), draw)
          }
        }
      }
    }
    return (patterns(values), states)
  }

  struct Learned: Equatable {
    var weights: [UInt32]
    var velocity: [UInt32]
    var bias: [UInt32]
    var diverged: Int32
  }

  /// One step on these rows and `chains` others.
  func learn(
    _ kernels: hm_kernels, _ hasVelocity: Bool, decay: Float, chains: Int,
    put: (Int, Int, Float)? = nil
  ) -> Learned {
    var values = TestValues(seed: 3)
    let panels = wholeLines(hidden) / 16
    var (w, speed, bias) = (weights, values.floats(weights.count), hiddenBias)
    var biasSpeed = values.floats(bias.count)
    if let (unit, other, value) = put { w[(other / 16 * height + unit) * 16 + other % 16] = value }
    let up = values.floats(panels * rows * 16)
    let down = values.floats(panels * chains * 16)
    let ups = values.bits(rows: visible, columns: rows, sparsity: sparsity)
    let downs = values.bits(rows: visible, columns: chains, sparsity: sparsity)
    var scratch = [Float](repeating: 0, count: 33 * height)
    let step = hm_ascent(
      positive: 0.1, negative: 0.25, rate: 0.01, momentum: 0.9, decay: decay)
    var diverged: Int32 = -1
    withPlan(kernels, ups, visible, rows) { ups in
      withPlan(kernels, downs, visible, chains) { downs in
        plan(kernels, ups, panels)
        plan(kernels, downs, panels)
        up.withUnsafeBufferPointer { up in
          down.withUnsafeBufferPointer { down in
            speed.withUnsafeMutableBufferPointer { speed in
              biasSpeed.withUnsafeMutableBufferPointer { biasSpeed in
                w.withUnsafeMutableBufferPointer { w in
                  bias.withUnsafeMutableBufferPointer { bias in
                    guard let upStart = up.baseAddress, let downStart = down.baseAddress else {
                      return
                    }
                    let target = hm_panels(
                      w: w.baseAddress, velocity: hasVelocity ? speed.baseAddress : nil,
                      height: height, bias: bias.baseAddress,
                      bias_velocity: hasVelocity ? biasSpeed.baseAddress : nil)
                    let up = hm_statistics(units: ups, hidden: upStart, panel_rows: rows)
                    let down = hm_statistics(units: downs, hidden: downStart, panel_rows: chains)
                    scratch.withUnsafeMutableBufferPointer { scratch in
                      guard let scratch = scratch.baseAddress else { return }
                      kernels.layers.list_moves(target, up, down, step, scratch)
                      let cut = panels / 2
                      diverged =
                        kernels.layers.learn(target, up, down, 0, cut, step, scratch)
                        | kernels.layers.learn(target, up, down, cut, panels, step, scratch)
                    }
                  }
                }
              }
            }
          }
        }
      }
    }
    return Learned(
      weights: patterns(w), velocity: patterns(speed), bias: patterns(bias), diverged: diverged)
  }

  private func withPlan(
    _ kernels: hm_kernels, _ bits: [UInt64], _ rows: Int, _ count: Int, areHidden: Bool = false,
    _ body: (hm_inputs) -> Void
  ) {
    let bytes = kernels.layers.plan_bytes(rows, count, planWords)
    let plan = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 64)
    defer { plan.deallocate() }
    bits.withUnsafeBufferPointer { bits in
      guard let start = bits.baseAddress else { return }
      body(
        hm_inputs(
          bits: start, stride: (count + 63) / 64, rows: rows, count: count, plan: plan,
          plan_words: planWords, are_hidden: areHidden ? 1 : 0))
    }
  }

  /// Plans piece by piece, the last one first, as threads might.
  private func plan(_ kernels: hm_kernels, _ inputs: hm_inputs, _ panels: Int) {
    let words = (inputs.count + 63) / 64
    for first in stride(from: 0, to: max(words, 1), by: planWords).reversed() {
      kernels.layers.plan(inputs, panels, first, min(first + planWords, words))
    }
  }
}
