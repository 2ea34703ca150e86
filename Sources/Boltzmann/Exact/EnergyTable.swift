/// The energy of every state of a machine that agrees with a clamp, for use at any temperature.
///
/// Eight bytes per state.
public struct EnergyTable: Sendable {
  /// The most free units a table is made for: 2²² states, 32 MiB.
  public static let largestFreeUnitCount = 22

  /// The machine.
  public let machine: BoltzmannMachine
  /// The units held.
  public let clamp: Clamp
  /// The free units, ascending; bit i of a free state's number is freeUnits[i].
  public let freeUnits: [Int]
  /// E of each free state, by its number.
  public let energies: [Double]
  let blockSize: Int
  private let base: BitVector

  /// The table of a machine of at most 22 free units.
  public init(_ machine: BoltzmannMachine, clamp: Clamp = Clamp()) throws(EnumerationLimit) {
    let freeUnits = clamp.freeUnits(of: machine.unitCount)
    if freeUnits.count > Self.largestFreeUnitCount {
      throw EnumerationLimit(
        freeUnitCount: freeUnits.count, largestFreeUnitCount: Self.largestFreeUnitCount)
    }
    let blocks = EnergyBlocks(machine, clamp: clamp)
    var energies = [Double](repeating: 0, count: blocks.blockCount * blocks.blockSize)
    for block in 0..<blocks.blockCount {
      blocks.energies(ofBlock: block, into: &energies, at: block * blocks.blockSize)
    }
    (self.machine, self.clamp, self.freeUnits) = (machine, clamp, freeUnits)
    (self.energies, blockSize, base) = (energies, blocks.blockSize, blocks.state(at: 0))
  }

  /// The number of states that agree with the clamp.
  public var count: Int { energies.count }

  /// The free state number k, with the held units at their values.
  public func state(at k: Int) -> BitVector {
    var state = base
    for (bit, unit) in freeUnits.enumerated() where k >> bit & 1 == 1 { state[unit] = true }
    return state
  }

  /// The number of a state, nil when it does not agree with the clamp.
  public func index(of state: BitVector) -> Int? {
    precondition(
      state.count == machine.unitCount, "A state must have one bit per unit of the machine.")
    return clamp.holds(in: state) ? state.index(of: freeUnits) : nil
  }

  /// Visits every state in the order of its number.
  func forEachState(_ body: (_ index: Int, _ state: BitVector) -> Void) {
    var state = base
    for index in 0..<count {
      body(index, state)
      // From k to k + 1 the trailing ones go off and the next bit goes on.
      let ones = (~index).trailingZeroBitCount
      for bit in 0...ones where bit < freeUnits.count { state[freeUnits[bit]] = bit == ones }
    }
  }

  /// Σ exp(−E/T) over all states, in blocks merged as the streaming sum merges them.
  func boltzmannSum(temperature: Double) -> BoltzmannSum {
    precondition(temperature > 0 && temperature.isFinite, "A temperature is positive and finite.")
    return BoltzmannSum.merged(count: count / blockSize, temperature: temperature) { block in
      let start = block * blockSize
      return BoltzmannSum(energies[start..<start + blockSize], temperature: temperature)
    }
  }
}
