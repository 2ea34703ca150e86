/// A state that knows which way each of its units is pulled.
protocol DescentState {
  /// The values of the units.
  var bits: BitVector { get }
  /// E of the state.
  var energy: Double { get }
  /// The value that lowers the energy; nil where both have the same.
  func preference(of unit: Int) -> Bool?
  /// Gives a unit its other value.
  mutating func flip(_ unit: Int)
}

extension DescentState {
  func isWilling(_ unit: Int) -> Bool {
    guard let value = preference(of: unit) else { return false }
    return value != bits[unit]
  }
}

/// A state of a machine, its energy gaps being added up when asked for.
struct MachineState: DescentState {
  let machine: BoltzmannMachine
  /// Gaps of at most this size count as zero.
  let least: Double
  private(set) var bits: BitVector

  init(_ machine: BoltzmannMachine, least: Double, _ bits: BitVector) {
    (self.machine, self.least, self.bits) = (machine, least, bits)
  }

  var energy: Double { machine.energy(of: bits) }

  func preference(of unit: Int) -> Bool? {
    let gap = machine.energyGap(of: unit, in: bits)
    return abs(gap) <= least ? nil : gap > 0
  }

  mutating func flip(_ unit: Int) { bits[unit].toggle() }
}

extension Descent.Order {
  /// Descent of some units of any kind of state.
  func run(
    from start: some DescentState, units: [Int], chain: Int, largestSweeps: Int
  ) -> DescentRecord {
    var state = start
    var energies = [state.energy]
    var previous: BitVector?
    for sweep in 0..<largestSweeps {
      let before = state.bits
      guard self.sweep(&state, units, sweep: sweep, chain: chain) else {
        return DescentRecord(end: .fixedPoint, state.bits, energies)
      }
      energies.append(state.energy)
      // One unit after the other, no state can come back: each sweep lowers the energy.
      if self == .synchronous, state.bits == previous {
        return DescentRecord(end: .alternation(with: before), state.bits, energies)
      }
      previous = before
    }
    return DescentRecord(end: .unfinished, state.bits, energies)
  }

  /// One sweep; whether any unit changed.
  private func sweep(
    _ state: inout some DescentState, _ units: [Int], sweep: Int, chain: Int
  ) -> Bool {
    var hasChanged = false
    switch self {
    case .sequential:
      for unit in units where state.isWilling(unit) {
        state.flip(unit)
        hasChanged = true
      }
    case .shuffled(let stream):
      for place in stream.permutation(of: units.count, step: sweep, chain: chain)
      where state.isWilling(units[place]) {
        state.flip(units[place])
        hasChanged = true
      }
    case .synchronous:
      let willing = units.filter(state.isWilling)
      for unit in willing { state.flip(unit) }
      hasChanged = !willing.isEmpty
    }
    return hasChanged
  }
}
