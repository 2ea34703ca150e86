/// The energies of all states of a machine that agree with a clamp, block by block.
///
/// Free state k has unit freeUnits[i] at bit i of k. A block holds the states of the lowest ten
/// free units (or of all, where there are fewer), the others standing at the block's number. In a
/// block the states follow in Gray-code order: each differs from the last by one unit, so its
/// energy costs one addition, and the gaps of the ten units are cached. Every block starts from
/// energies and gaps computed afresh, so rounding cannot pile up. Cost: about ten additions per
/// state, (number of edges) / 1024 more for the fresh starts.
struct GrayCodeBlocks: Sendable {
  static let largestWidth = 10

  let machine: BoltzmannMachine
  let freeUnits: [Int]
  let width: Int
  private let base: BitVector
  /// Weights among the units of a block, shape [width, width].
  private let weights: [Double]

  init(_ machine: BoltzmannMachine, clamp: Clamp) {
    self.machine = machine
    let freeUnits = clamp.freeUnits(of: machine.unitCount)
    let width = min(freeUnits.count, Self.largestWidth)
    var base = BitVector(zeros: machine.unitCount)
    clamp.apply(to: &base)
    (self.freeUnits, self.width, self.base) = (freeUnits, width, base)
    weights = freeUnits.prefix(width).flatMap { i in
      freeUnits.prefix(width).map { j in machine.couplings[i, j] }
    }
  }

  var blockSize: Int { 1 << width }
  var blockCount: Int { 1 << (freeUnits.count - width) }

  /// The state number k of the free units, the others held.
  func state(at k: Int) -> BitVector {
    var state = base
    for (bit, unit) in freeUnits.enumerated() where k >> bit & 1 == 1 { state[unit] = true }
    return state
  }

  /// Energies of states block · blockSize ..< (block + 1) · blockSize into the front of a buffer.
  func energies(ofBlock block: Int, into energies: inout [Double], at start: Int = 0) {
    let first = state(at: block << width)
    var gaps = freeUnits.prefix(width).map { machine.energyGap(of: $0, in: first) }
    var energy = machine.energy(of: first)
    var k = 0
    energies[start] = energy
    for step in 1..<max(blockSize, 1) {
      let flipped = step.trailingZeroBitCount
      k ^= 1 << flipped
      let isOn = k >> flipped & 1 == 1
      energy += isOn ? -gaps[flipped] : gaps[flipped]
      let row = flipped * width
      if isOn {
        for i in 0..<width { gaps[i] += weights[row + i] }
      } else {
        for i in 0..<width { gaps[i] -= weights[row + i] }
      }
      energies[start + k] = energy
    }
  }
}
