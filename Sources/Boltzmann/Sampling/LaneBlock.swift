internal import CKernels

/// Sixteen chains that run side by side, or fewer, with the gaps of all their units.
struct LaneBlock: Sendable {
  static let width = Int(HM_LANES)

  let chains: Range<Int>
  private let kernel: SingleUnitKernel
  private let kernels: Kernels
  private var cells: [Int32]

  /// Chains at their first states, clamped units at their values: gaps are never those of a state
  /// before clamping. The first chain's number is a multiple of the width.
  init(
    _ chains: Range<Int>, from states: [BitVector], of kernel: SingleUnitKernel, kernels: Kernels
  ) {
    precondition(chains.lowerBound.isMultiple(of: Self.width), "A block begins with a whole one.")
    precondition(
      chains.count <= Self.width && chains.count == states.count, "One state for each chain.")
    (self.chains, self.kernel, self.kernels) = (chains, kernel, kernels)
    var words = [UInt16](repeating: 0, count: kernel.machine.unitCount)
    for (lane, state) in states.enumerated() {
      var state = state
      kernel.clamp.apply(to: &state)
      for unit in words.indices where state[unit] { words[unit] |= 1 << UInt16(lane) }
    }
    cells = Array(repeating: 0, count: kernel.whole.cellCount)
    let (start, rows) = unsafe (kernels.gibbs.start_lanes, kernels.gibbs.start_rows)
    let biases = kernel.whole.biases
    unsafe withMachine { cells, machine in
      switch unsafe machine {
      case .neighbours(var lists): unsafe start(cells, words, biases, &lists)
      case .full(var weights): unsafe rows(cells, words, biases, &weights)
      }
    }
  }

  /// One sweep of all chains, each at its temperature.
  mutating func sweep(at temperatures: LaneTemperatures, step: Int, stream: RandomStream) {
    precondition(UInt32(exactly: step) != nil, "A counter word must fit 32 bits.")
    let draw = hm_draw(
      key_low: UInt32(truncatingIfNeeded: stream.key),
      key_high: UInt32(truncatingIfNeeded: stream.key >> 32),
      purpose: RandomStream.Purpose.update.rawValue, step: UInt32(step),
      chain: UInt32(chains.lowerBound))
    let (lanes, rows) = unsafe (kernels.gibbs.sweep_lanes, kernels.gibbs.sweep_rows)
    let visits = kernel.visits(step: step, stream: stream)
    let (rule, levels) = (kernel.rule.kernelRule, kernel.whole.levels)
    let count = chains.count
    unsafe withMachine { cells, machine in
      unsafe visits.units.withPointer { order in
        unsafe visits.counters.withPointer { counters in
          unsafe levels.withPointer { levels in
            unsafe temperatures.scales.withPointer { scales in
              var sweep = unsafe hm_sweep(
                rule: rule, order: order, counters: counters, count: visits.units.count,
                levels: levels, scales: scales, draw: draw)
              switch unsafe machine {
              case .neighbours(var lists): unsafe lanes(cells, &lists, &sweep)
              case .full(var weights): unsafe rows(cells, &weights, count, &sweep)
              }
            }
          }
        }
      }
    }
  }

  /// E of each chain.
  var energies: [Double] {
    var energies = [Double](repeating: 0, count: Self.width)
    let compute =
      switch kernel.whole.form {
      case .neighbours: unsafe kernels.gibbs.lane_energies
      case .full: unsafe kernels.gibbs.row_energies
      }
    unsafe compute(
      &energies, cells, kernel.whole.biases, kernel.whole.quanta, kernel.machine.unitCount)
    return Array(energies.prefix(chains.count))
  }

  /// The state of each chain.
  var states: [BitVector] {
    let words = stateWords
    return (0..<chains.count).map { Self.state(lane: $0, words) }
  }

  /// The state of one chain among those of all.
  static func state(lane: Int, _ words: [UInt16]) -> BitVector {
    var state = BitVector(zeros: words.count)
    let bit = UInt16(1) << UInt16(lane)
    for (unit, word) in words.enumerated() where word & bit != 0 { state[unit] = true }
    return state
  }

  /// One word per unit, chain c in bit c mod 16.
  var stateWords: [UInt16] {
    var words = [UInt16](repeating: 0, count: kernel.machine.unitCount)
    let compute =
      switch kernel.whole.form {
      case .neighbours: unsafe kernels.gibbs.lane_states
      case .full: unsafe kernels.gibbs.row_states
      }
    unsafe compute(&words, cells, words.count)
    return words
  }

  @unsafe private enum CMachine {
    case neighbours(hm_neighbours)
    case full(hm_full_weights)
  }

  /// The cells and the machine as the kernels take them.
  @unsafe private mutating func withMachine(
    _ body: (UnsafeMutablePointer<Int32>, CMachine) -> Void
  ) {
    let (couplings, count) = (kernel.whole.couplings, kernel.whole.unitCount)
    switch kernel.whole.form {
    case .full(let weights):
      unsafe weights.withPointer { start in
        unsafe body(&cells, .full(hm_full_weights(unit_count: count, weights: start)))
      }
    case .neighbours(let weights):
      unsafe couplings.starts.withPointer { starts in
        unsafe couplings.neighbours.withPointer { neighbours in
          unsafe weights.withPointer { start in
            let lists = unsafe hm_neighbours(
              unit_count: count, starts: starts, neighbours: neighbours, weights: start)
            unsafe body(&cells, .neighbours(lists))
          }
        }
      }
    }
  }
}

extension Array {
  /// The array as a C function takes it; the pointer lives as long as the call.
  @unsafe fileprivate func withPointer<Result>(
    _ body: (UnsafePointer<Element>) -> Result
  ) -> Result {
    unsafe body(self)
  }
}
