internal import CKernels

/// Sixteen chains that run side by side, or fewer, with the gaps of all their units.
struct LaneBlock: Sendable {
  static let width = Int(HM_LANES)

  let chains: Range<Int>
  private let kernel: SingleUnitKernel
  /// The cells of the kernel's form; two optionals, since those can be changed in place.
  private var whole: WholeCells?
  private var tabulated: TabulatedCells?

  /// Chains at their first states, clamped units at their values: gaps are never those of a state
  /// before clamping. The first chain's number is a multiple of the width.
  init(
    _ chains: Range<Int>, from states: [BitVector], of kernel: SingleUnitKernel, kernels: Kernels
  ) {
    precondition(chains.count == states.count, "One state for each chain.")
    var words = [UInt16](repeating: 0, count: kernel.machine.unitCount)
    for (lane, state) in states.enumerated() {
      var state = state
      kernel.clamp.apply(to: &state)
      for unit in words.indices where state[unit] { words[unit] |= 1 << UInt16(lane) }
    }
    self.init(chains, words: words, of: kernel, kernels: kernels)
  }

  /// The same from one word per unit, chain c in bit c mod 16, clamped units at their values.
  init(_ chains: Range<Int>, words: [UInt16], of kernel: SingleUnitKernel, kernels: Kernels) {
    precondition(chains.lowerBound.isMultiple(of: Self.width), "A block begins with a whole one.")
    precondition(chains.count <= Self.width, "A block has at most sixteen chains.")
    (self.chains, self.kernel) = (chains, kernel)
    switch kernel.form {
    case .whole(let machine): whole = WholeCells(of: machine, words, kernels)
    case .tabulated(let machine): tabulated = TabulatedCells(of: machine, words, kernels)
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
    let visits = kernel.visits(step: step, stream: stream)
    let rule = kernel.rule.kernelRule
    whole?.sweep(visits, rule, temperatures.scales, draw, laneCount: chains.count)
    tabulated?.sweep(visits, rule, temperatures.thresholds, draw)
  }

  /// E of each chain.
  var energies: [Double] {
    Array((whole?.energies ?? tabulated?.energies ?? []).prefix(chains.count))
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
  var stateWords: [UInt16] { whole?.stateWords ?? tabulated?.stateWords ?? [] }
}

extension Array {
  /// The array as a C function takes it; the pointer lives as long as the call.
  @unsafe func withPointer<Result>(_ body: (UnsafePointer<Element>) -> Result) -> Result {
    unsafe body(self)
  }
}
