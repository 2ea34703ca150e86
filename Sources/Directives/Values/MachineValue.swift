package import Boltzmann
package import Notebooks

/// A machine with named units, as cells and expressions know it.
package struct MachineValue: Value {
  /// How the states of the units are counted.
  package enum Units: String, Sendable, CaseIterable {
    /// {0, 1}
    case binary
    /// {−1, +1}
    case spin
  }

  package let name: String
  /// The machine over {0, 1}; the engine knows no other.
  package let machine: BoltzmannMachine
  package let unitNames: [String]
  package let units: Units
  /// What −Σ J x x − Σ h x over {−1, +1} has on top of the energy over {0, 1}; 0 for binary units.
  package let constant: Double
  /// What a Hopfield net stores; nil for all other machines.
  package let memory: Memory?

  package init(
    name: String, machine: BoltzmannMachine, unitNames: [String], units: Units = .binary,
    memory: Memory? = nil
  ) {
    precondition(unitNames.count == machine.unitCount, "Each unit has a name.")
    self.name = name
    self.machine = machine
    self.unitNames = unitNames
    self.units = units
    self.memory = memory
    constant = units == .binary ? 0 : 0 - IsingModel(machine).constant
  }

  /// A machine of units −1 and +1 from its couplings and fields.
  package init(
    name: String, _ ising: IsingModel, unitNames: [String], visibleCount: Int? = nil,
    memory: Memory? = nil
  ) throws(ModelError) {
    let converted = try ising.boltzmannMachine().machine
    let machine = try BoltzmannMachine(
      couplings: converted.couplings, biases: converted.biases, visibleCount: visibleCount)
    self.init(
      name: name, machine: machine, unitNames: unitNames, units: .spin, memory: memory)
  }

  package var kind: String { memory == nil ? "a machine" : "a Hopfield net" }

  /// The unit of that name.
  package func unit(_ name: Text) throws(Diagnostic) -> Int {
    if let index = unitNames.firstIndex(of: name.string) { return index }
    throw Diagnostic(
      "unknown-unit", at: name.place, "\(self.name.quoted) has no unit \(name.string.quoted)",
      hint: Suggestion.hint(for: name.string, among: unitNames, called: "units"))
  }

  /// The state that `value` stands for; only the two values of a unit do.
  package func isOn(_ value: Double, at place: Place) throws(Diagnostic) -> Bool {
    let off = units == .binary ? 0.0 : -1.0
    if value == 1 { return true }
    if value == off { return false }
    throw Diagnostic(
      "out-of-range", at: place,
      units == .binary ? "a unit is 0 or 1" : "a unit of \(name.quoted) is -1 or 1")
  }

  /// The values of a unit as they are printed.
  package func label(_ isOn: Bool) -> String { isOn ? "1" : units == .binary ? "0" : "-1" }

  /// The energy of a state in the machine's own units.
  package func energy(of state: BitVector) -> Double {
    settled(machine.energy(of: state) + constant)
  }

  /// 2⁻⁵⁰ Σ |terms|: a smaller difference between energies is what decimals and sums leave when
  /// they are rounded.
  package var energyRounding: Double {
    let weights = machine.couplings.weights.reduce(0) { $0 + abs($1) } / 2
    return 0x1p-50 * machine.biases.reduce(weights + abs(constant)) { $0 + abs($1) }
  }

  /// An energy, 0 where it is 0 but for rounding.
  package func settled(_ energy: Double) -> Double {
    abs(energy) <= energyRounding ? 0 : energy
  }

  /// Units held at values, written `h1=1 h2=0`.
  package func clamp(_ words: [Text]) throws(Diagnostic) -> Clamp {
    var clamp = Clamp()
    for word in words {
      guard let (name, typed) = word.cut(at: "=") else {
        throw Diagnostic(
          "bad-assignment", at: word.place, "\(word.string.quoted) is not `unit=value`")
      }
      let unit = try unit(name)
      let value = try typed.number(for: name.string.quoted)
      clamp = try adding(unit, try isOn(value, at: typed.place), to: clamp, at: name.place)
    }
    return clamp
  }

  func adding(
    _ unit: Int, _ isOn: Bool, to clamp: Clamp, at place: Place
  ) throws(Diagnostic) -> Clamp {
    guard clamp[unit] == nil else {
      throw Diagnostic("duplicate-name", at: place, "\(unitNames[unit].quoted) is set twice")
    }
    var clamp = clamp
    clamp[unit] = isOn
    return clamp
  }

  /// The energies of all states that agree with `clamp`.
  package func energies(_ clamp: Clamp = Clamp(), at place: Place) throws(Diagnostic) -> EnergyTable
  {
    do { return try EnergyTable(machine, clamp: clamp) } catch {
      throw Diagnostic(
        "limit-exceeded", at: place,
        "enumerating \(name.quoted) needs \(error.states) states; the limit is \(error.limit)",
        hint: "hold some units with `:given:`, or sample")
    }
  }

  /// The exact distribution at temperature T given `clamp`.
  package func distribution(
    temperature: Double = 1, _ clamp: Clamp = Clamp(), at place: Place
  ) throws(Diagnostic) -> ExactDistribution {
    ExactDistribution(try energies(clamp, at: place), temperature: temperature)
  }

  /// `v1=1, v2=0` for the units that are held.
  package func describe(_ clamp: Clamp) -> String {
    clamp.units.map { "\(unitNames[$0])=\(label(clamp[$0] ?? false))" }.joined(separator: ", ")
  }
}
