internal import Boltzmann
package import Notebooks

/// `{derive}`: from the energies of two states to the logistic function, with numbers.
package struct Derive: Directive {
  static let unit = Option<Text?>.text(
    "unit", "a unit", "The unit that is off in one state and on in the other.")
  static let state = Option<[Text]>.words(
    "state", "unit=value …", "The states of all other units.")
  static let notation = Option<Derivation.Notation>.choice(
    "notation", "`latex` for display math, `text` for plain characters.", default: .latex)

  package static let manual = Manual(
    "derive", "Why a unit is on with probability 1/(1 + exp(-ΔE/T)), step by step with numbers.",
    argument: "MACHINE", options: [unit, state, MachineOptions.temperature, notation],
    details: """
      Two states that differ in one unit differ in energy by $\\Delta E = E_{off} - E_{on} = \
      b_i + \\sum_j w_{ij} s_j$. Since each state has a probability proportional to \
      $\\exp(-E/T)$ and the two probabilities add up to 1, the logistic function follows. The last \
      line is checked against the two states' probabilities computed directly.
      """,
    example: """
      ```{machine} pair
      :visible: a b

      a -- b: 1.5
      a: -0.5
      ```

      ```{derive} pair
      :unit: a
      :state: b=1
      ```
      """)

  private let machine: Text
  private let unit: Text?
  private let state: [Text]
  private let temperature: Double
  private let notation: Derivation.Notation
  private let place: Place

  package init(_ arguments: inout Arguments) {
    machine = arguments.reference("a machine")
    unit = arguments.required(Self.unit)
    state = arguments.value(of: Self.state)
    temperature = arguments.value(of: MachineOptions.temperature)
    notation = arguments.value(of: Self.notation)
    place = arguments.call.place
    arguments.noBody()
  }

  package func run(in context: Context) throws(Diagnostic) -> Outcome {
    let value = try context.value(machine, as: MachineValue.self, "a machine")
    guard let unit else { return Outcome() }
    let index = try value.unit(unit)
    let others = try value.clamp(state)
    let missing = others.freeUnits(of: value.machine.unitCount).filter { $0 != index }
    guard missing.isEmpty, others[index] == nil else {
      throw Diagnostic(
        "missing-unit", at: state.first?.place ?? place,
        missing.isEmpty
          ? "`:state:` sets \(unit.string.quoted) itself"
          : "`:state:` leaves out \(missing.map { value.unitNames[$0] }.joined(separator: ", "))",
        hint: "it gives the states of all other units")
    }
    let numbers = SigmoidDerivation(
      value, unit: index, others: others, temperature: temperature,
      exact: try value.distribution(temperature: temperature, others, at: place))
    let figures = [
      ("gap", numbers.gap), ("p", numbers.probability), ("direct", numbers.direct),
    ]
    return Outcome(
      [.derivation(Derivation(numbers.steps, notation: notation)), .sentence(numbers.check)],
      value: TableResult(Table([]), figures: figures))
  }
}
