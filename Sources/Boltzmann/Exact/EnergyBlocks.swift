/// The energies of all states of a machine that agree with a clamp, block by block.
///
/// Free state k has unit freeUnits[i] at bit i of k. A block holds the states of the lowest ten
/// free units (or of all, where there are fewer), the others standing at the block's number. Its
/// first energy and the gaps of its units there are computed afresh; then each unit i doubles the
/// states: E(k + 2ⁱ) = E(k) − gapᵢ − Sᵢ(k), where Sᵢ(k) = Σ w_ij over the lower units j on in k
/// is the same for every block. No energy is more than ten steps from a fresh one, so rounding
/// does not pile up as it does along a Gray code, and the steps of one unit are independent.
/// Cost: two additions per state, and (number of edges) / 1024 for the fresh starts.
struct EnergyBlocks: Sendable {
  static let largestWidth = 10

  let machine: BoltzmannMachine
  let freeUnits: [Int]
  let width: Int
  private let base: BitVector
  /// Sᵢ(k) at place 2ⁱ + k, k < 2ⁱ.
  private let lowerInputs: [Double]

  init(_ machine: BoltzmannMachine, clamp: Clamp) {
    self.machine = machine
    let freeUnits = clamp.freeUnits(of: machine.unitCount)
    let width = min(freeUnits.count, Self.largestWidth)
    var base = BitVector(zeros: machine.unitCount)
    clamp.apply(to: &base)
    var lowerInputs = [Double](repeating: 0, count: 1 << width)
    for i in 0..<width {
      for j in 0..<i {
        let weight = machine.couplings[freeUnits[i], freeUnits[j]]
        for k in 0..<1 << j {
          lowerInputs[(1 << i) + (1 << j) + k] = lowerInputs[(1 << i) + k] + weight
        }
      }
    }
    (self.freeUnits, self.width) = (freeUnits, width)
    (self.base, self.lowerInputs) = (base, lowerInputs)
  }

  var blockSize: Int { 1 << width }
  var blockCount: Int { 1 << (freeUnits.count - width) }

  /// The state number k of the free units, the others held.
  func state(at k: Int) -> BitVector {
    var state = base
    for (bit, unit) in freeUnits.enumerated() where k >> bit & 1 == 1 { state[unit] = true }
    return state
  }

  /// Writes the energies of a block into a buffer from a place on, by the number of the state.
  func energies(ofBlock block: Int, into energies: inout [Double], at start: Int = 0) {
    let first = state(at: block << width)
    energies[start] = machine.energy(of: first)
    for i in 0..<width {
      let gap = machine.energyGap(of: freeUnits[i], in: first)
      let half = 1 << i
      for k in 0..<half {
        energies[start + half + k] = energies[start + k] - (gap + lowerInputs[half + k])
      }
    }
  }
}
