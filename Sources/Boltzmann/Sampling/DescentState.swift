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
      guard self.sweep(&state, units, sweep: sweep, chain: chain, after: { _ in }) else {
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

  /// E at the start and after each change: of one unit, or of all that change at once.
  func energies(
    from start: some DescentState, units: [Int], chain: Int, largestSweeps: Int
  ) -> [Double] {
    var state = start
    var energies = [state.energy]
    for sweep in 0..<largestSweeps {
      let hasChanged = self.sweep(&state, units, sweep: sweep, chain: chain) {
        energies.append($0.energy)
      }
      if !hasChanged { break }
    }
    return energies
  }

  /// One sweep, `body` being called after each change; whether any unit changed.
  private func sweep<State: DescentState>(
    _ state: inout State, _ units: [Int], sweep: Int, chain: Int, after body: (State) -> Void
  ) -> Bool {
    var hasChanged = false
    func visit(_ unit: Int) {
      guard state.isWilling(unit) else { return }
      state.flip(unit)
      hasChanged = true
      body(state)
    }
    switch self {
    case .sequential: units.forEach(visit)
    case .shuffled(let stream):
      for place in stream.permutation(of: units.count, step: sweep, chain: chain) {
        visit(units[place])
      }
    case .synchronous:
      let willing = units.filter(state.isWilling)
      for unit in willing { state.flip(unit) }
      hasChanged = !willing.isEmpty
      if hasChanged { body(state) }
    }
    return hasChanged
  }
}
