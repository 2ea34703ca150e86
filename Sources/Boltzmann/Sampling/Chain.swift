/// The state of one chain with the energy gap of every unit, kept up to date flip by flip.
struct Chain: Sendable {
  /// Sweeps between two fresh computations of gaps and energy, so rounding cannot pile up.
  static let refreshInterval = 256

  let number: Int
  private(set) var state: BitVector
  private(set) var gaps: [Double]
  private(set) var energy: Double

  /// A chain at a state, its clamped units put at their values first: gaps must never be those
  /// of a state before clamping.
  init(number: Int, state: BitVector, of kernel: HeatBath) {
    var state = state
    kernel.clamp.apply(to: &state)
    (self.number, self.state, gaps, energy) = (number, state, [], 0)
    refresh(kernel.machine)
  }

  /// Gaps and energy from the state alone.
  mutating func refresh(_ machine: BoltzmannMachine) {
    let current = state
    gaps = (0..<machine.unitCount).map { machine.energyGap(of: $0, in: current) }
    energy = machine.energy(of: current)
  }

  /// Turns a unit over. Cost: its degree.
  @inline(__always)
  mutating func flip(_ unit: Int, _ couplings: Couplings) {
    let isOn = !state[unit]
    state[unit] = isOn
    energy += isOn ? -gaps[unit] : gaps[unit]
    let entries = couplings.starts[unit]..<couplings.starts[unit + 1]
    if isOn {
      for entry in entries { gaps[Int(couplings.neighbours[entry])] += couplings.weights[entry] }
    } else {
      for entry in entries { gaps[Int(couplings.neighbours[entry])] -= couplings.weights[entry] }
    }
  }
}
