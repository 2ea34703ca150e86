internal import CKernels

/// The negative phase by parallel tempering: ladders of persistent chains at exp(−E/T), every weight
/// and bias divided by the temperature.
///
/// Before each step neighbours of a ladder exchange their visible states with the probability
/// min(1, exp(F_a(v_a) + F_b(v_b) − F_a(v_b) − F_b(v_a))), F_a being the free energy at the
/// temperature of a: the pairs (0, 1), (2, 3), … in one step, the others in the next. Rung r of
/// ladder l is chain l · rungs + r; the exchange of pair r takes draw (swap, half-step, l, r).
/// Threads share ladders.
struct TemperedChains: Sendable {
  private let betas: [Float]
  private let ladderCount: Int
  private let layers: Layers
  /// [visible, hidden], and its transpose.
  private let weights: FloatRows
  private let transposed: FloatRows
  /// Two rows for each ladder, a word for each pair: how often it was tried, and accepted.
  private let exchanges: BitRows
  /// Scaled fields of a ladder.
  private let scratch: FloatRows
  private let stream: RandomStream
  private let kernels: Kernels

  private var rungs: Int { betas.count }

  init(
    _ machine: RestrictedBoltzmannMachine, _ ladder: TemperatureLadder, count: Int,
    stream: RandomStream, kernels: Kernels
  ) {
    betas = ladder.temperatures.map { Float(1 / $0) }
    (ladderCount, self.stream, self.kernels) = (count, stream, kernels)
    let (visible, hidden) = (machine.visibleCount, machine.hiddenCount)
    layers = Layers(rows: count * betas.count, visibleCount: visible, hiddenCount: hidden)
    weights = FloatRows(rows: visible, columns: hidden)
    transposed = FloatRows(rows: hidden, columns: visible)
    exchanges = BitRows(rows: 2 * count, columns: 64 * (betas.count - 1))
    scratch = FloatRows(rows: count, columns: hidden)
    for row in 0..<layers.rowCount {
      for unit in 0..<visible {
        let word = stream.word(.initialState, step: 0, chain: row, unit: unit)
        layers.visibleBits[row, unit] = word >> 31 == 1
      }
    }
  }

  /// Takes over the weights of some panels of hidden units.
  func copyWeights(of parameters: Parameters, panels: Range<Int>) {
    let (source, width) = (parameters.weights, LayerPanels.width)
    for panel in panels {
      let count = min(width, source.hiddenCount - panel * width)
      for row in 0..<source.visibleCount {
        let line = unsafe source.storage.pointer(panel * source.height + row)
        unsafe (weights.pointer(row) + panel * width).update(from: line, count: count)
        for unit in 0..<count { transposed[panel * width + unit, row] = unsafe line[unit] }
      }
    }
  }

  /// Takes the steps of an update with some ladders, and writes the coldest visible states into the
  /// row of their ladder.
  func advance(
    _ ladders: Range<Int>, _ place: UpdatePlace, _ parameters: Parameters, into out: LayerPanels
  ) {
    if ladders.isEmpty { return }
    let rows = ladders.lowerBound * rungs..<ladders.upperBound * rungs
    for step in 0..<place.steps {
      let halfStep = place.firstHalfStep + 2 * step
      kernels.product(
        into: layers.hidden, of: layers.visibleBits, with: weights,
        plus: parameters.hiddenBiases, rows: rows)
      for ladder in ladders {
        exchange(ladder, first: (place.stepsBefore + step) & 1, parameters, halfStep)
      }
      draw(layers.hiddenBits, layers.hidden, rows, step: halfStep)
      kernels.product(
        into: layers.visible, of: layers.hiddenBits, with: transposed,
        plus: parameters.visibleBiases, rows: rows)
      draw(layers.visibleBits, layers.visible, rows, step: halfStep + 1)
    }
    for ladder in ladders { out.setStates(ladder, to: layers.visibleBits, ladder * rungs) }
  }

  private func draw(_ bits: BitRows, _ fields: FloatRows, _ rows: Range<Int>, step: Int) {
    for row in rows { fields.scale(row, by: betas[row % rungs]) }
    kernels.sample(
      into: bits, turningIntoProbabilities: fields, rows: rows, stream: stream, step: step)
  }

  /// Tries every second pair of a ladder, whose hidden fields are up to date.
  private func exchange(
    _ ladder: Int, first: Int, _ parameters: Parameters, _ halfStep: Int
  ) {
    for pair in stride(from: first, to: rungs - 1, by: 2) {
      let (cold, hot) = (ladder * rungs + pair, ladder * rungs + pair + 1)
      // How much more the free energy of each state is at the cold rung than at the hot one.
      let exponent =
        drop(cold, from: pair, ladder, parameters) - drop(hot, from: pair, ladder, parameters)
      unsafe exchanges.pointer(2 * ladder)[pair] += 1
      let isAccepted =
        exponent >= 0
        || stream.uniform(.swap, step: halfStep, chain: ladder, unit: pair) < hm_exp(exponent)
      guard isAccepted else { continue }
      unsafe exchanges.pointer(2 * ladder + 1)[pair] += 1
      layers.visibleBits.swapRows(cold, hot)
      layers.hidden.swapRows(cold, hot)
    }
  }

  /// F at a rung minus F at the next of the visible state of a row, where
  /// F = −β b·v − Σⱼ ln(1 + exp(β xⱼ)).
  private func drop(
    _ row: Int, from rung: Int, _ ladder: Int, _ parameters: Parameters
  ) -> Double {
    var bias = 0.0
    let words = unsafe layers.visibleBits.pointer(row)
    for place in 0..<layers.visibleBits.stride {
      var left = unsafe words[place]
      while left != 0 {
        bias += Double(parameters.visibleBiases[0, place * 64 + left.trailingZeroBitCount])
        left &= left - 1
      }
    }
    return Double(betas[rung + 1] - betas[rung]) * bias
      + softplusSum(row, betas[rung + 1], ladder) - softplusSum(row, betas[rung], ladder)
  }

  /// Σⱼ ln(1 + exp(β xⱼ)).
  private func softplusSum(_ row: Int, _ beta: Float, _ ladder: Int) -> Double {
    scratch.setRow(ladder, to: layers.hidden, row)
    scratch.scale(ladder, by: beta)
    let fields = unsafe scratch.pointer(ladder)
    unsafe kernels.elementwise.softplus(fields, fields, scratch.columns)
    var sum = 0.0
    for unit in 0..<scratch.columns { sum += unsafe Double(fields[unit]) }
    return sum
  }

  /// The states of all rungs, and the exchanges since the last record.
  var stateTensors: [Tensor] {
    [Tensor("tempered_states", layers.visibleBits), Tensor("exchanges", exchanges)]
  }

  /// The pairs of neighbours of a ladder.
  var pairCount: Int { rungs - 1 }

  /// Takes a checkpoint's states over.
  func restore(_ reader: CheckpointReader) throws(TrainingError) {
    try reader.fill(layers.visibleBits, "tempered_states")
    try reader.fill(exchanges, "exchanges")
  }

  /// The share of exchanges accepted for each pair since this was last asked.
  func takeAcceptance() -> [Double?] {
    (0..<rungs - 1).map { pair in
      var (tries, accepted) = (0.0, 0.0)
      for ladder in 0..<ladderCount {
        let (tried, taken) = unsafe (
          exchanges.pointer(2 * ladder) + pair, exchanges.pointer(2 * ladder + 1) + pair
        )
        tries += unsafe Double(tried.pointee)
        accepted += unsafe Double(taken.pointee)
        unsafe (tried.pointee, taken.pointee) = (0, 0)
      }
      return tries > 0 ? accepted / tries : nil
    }
  }
}
