internal import CKernels

/// Plain CD-k on one row after the other by one thread: one kernel for each update, for which all but
/// the row and its place is known from the start.
@safe final class RowUpdates {
  private let run: TrainingRun
  private let data: BitRows
  private let visibleStates: BitRows
  private let hiddenStates: BitRows
  private let learn:
    @convention(c) (UnsafePointer<hm_row_learning>, UnsafePointer<UInt64>, Int, UInt32) -> Int32
  private let learning: UnsafeMutablePointer<hm_row_learning>
  private var sample: UnsafePointer<UInt64>

  /// Nil where an update is more than that.
  init?(_ run: TrainingRun) {
    guard case .binary(let bits) = run.data, run.members == 1, run.batchSize == 1,
      run.settings.isPlain, run.units == .binary, run.offsets == nil
    else { return nil }
    (self.run, data) = (run, bits.storage)
    let (parameters, weights) = (run.parameters, run.parameters.weights)
    visibleStates = BitRows(rows: 1, columns: weights.visibleCount)
    hiddenStates = BitRows(rows: 1, columns: weights.hiddenCount)
    unsafe learn = run.kernels.layers.learn_from_row
    unsafe sample = UnsafePointer(data.pointer())
    let keepsVisible = run.chainVisible.values.rows > 0
    unsafe learning = .allocate(capacity: 1)
    unsafe learning.initialize(
      to: hm_row_learning(
        machine: hm_machine(
          w: weights.storage.pointer(), height: weights.height,
          visible_bias: parameters.visibleBiases.pointer(),
          hidden_bias: parameters.hiddenBiases.pointer(), visible: weights.visibleCount,
          hidden: weights.hiddenCount),
        visible_states: visibleStates.pointer(), hidden_states: hiddenStates.pointer(),
        hidden: run.hidden.values.pointer(), chain_hidden: run.chainHidden.values.pointer(),
        visible: keepsVisible ? run.chainVisible.values.pointer() : nil,
        step: hm_ascent(
          positive: 1, negative: 1, rate: Float(run.settings.learningRate), momentum: 0, decay: 0),
        draw: run.draw(0)))
  }

  deinit { unsafe learning.deallocate() }

  /// Takes the sample for the next updates, where it is.
  func take(_ number: Int) {
    unsafe sample = UnsafePointer(data.pointer(number))
  }

  /// One update; whether all parameters are finite.
  func update(_ place: UpdatePlace) -> Bool {
    unsafe learn(learning, sample, place.steps, UInt32(place.firstHalfStep)) == 0
  }
}

extension ContrastiveDivergence {
  /// Whether all parameters move along drawn chains from the data, and by nothing else.
  fileprivate var isPlain: Bool {
    chains == .fromData && hiddenInPositiveStatistics == .probabilities && hiddenInChain == .states
      && visibleInChain == .states && hiddenInNegativeStatistics == .probabilities
      && recomputesLastHidden && moving == .all && momentum == 0 && weightDecay == 0
  }
}
