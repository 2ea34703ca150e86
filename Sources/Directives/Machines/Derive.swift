internal import Boltzmann
package import Notebooks
internal import Numerals

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

/// The numbers of one derivation and its lines.
private struct SigmoidDerivation {
  let name: String
  let off: Double
  let on: Double
  let gap: Double
  let temperature: Double
  /// p_on by enumeration of the two states.
  let direct: Double
  private let condition: String
  private let offDirect: Double

  init(
    _ machine: MachineValue, unit: Int, others: Clamp, temperature: Double,
    exact: ExactDistribution
  ) {
    name = machine.unitNames[unit]
    var state = BitVector(zeros: machine.machine.unitCount)
    others.apply(to: &state)
    off = machine.energy(of: state)
    offDirect = exact.probability(of: state)
    state[unit] = true
    on = machine.energy(of: state)
    direct = exact.probability(of: state)
    gap = machine.settled(off - on)
    self.temperature = temperature
    condition = machine.describe(others)
  }

  var ratio: Double { gap / temperature }
  /// The last line's value.
  var probability: Double { logistic(ratio) }

  var check: String {
    let difference = abs(probability - direct)
    let given = condition.isEmpty ? "" : " for \(condition)"
    return "Directly: the two states\(given) have the probabilities "
      + "\(Self.text(offDirect)) (off) and \(Self.text(direct)) (on); the logistic function gives "
      + "\(Self.text(probability)), "
      + (difference <= 1e-15
        ? "the same number." : "which differs by \(NumberFormat.scientific(1).string(difference)).")
  }

  private static func text(_ value: Double) -> String { NumberFormat.significant(6).string(value) }

  /// A number in a place where a sign would be misread.
  private static func enclosed(_ value: Double) -> String {
    value < 0 ? "(\(text(value)))" : text(value)
  }

  var steps: [Derivation.Step] {
    let n = Self.text
    let p = n(probability)
    let q = n(logistic(0 - ratio))
    let logP = n(naturalLogarithm(probability))
    let logQ = n(naturalLogarithm(logistic(0 - ratio)))
    let t = n(temperature)
    let minus = n(0 - ratio)
    let factor = n(exponential(0 - ratio))
    let d = "\\Delta E_{\(name)}"
    let pOn = "p_{\\text{on}}"
    let pOff = "p_{\\text{off}}"
    return [
      Derivation.Step(
        "The energies of the two states differ by",
        latex:
          "\(d) = E_{\\text{off}} - E_{\\text{on}} = \(n(off)) - \(Self.enclosed(on)) = \(n(gap))",
        text: "dE = E_off - E_on = \(n(off)) - \(Self.enclosed(on)) = \(n(gap))"),
      Derivation.Step(
        "A state's energy is -T ln p up to a constant that both states share; with T = \(t)",
        latex: "\(d) = -T \\ln \(pOff) - (-T \\ln \(pOn)) = \(n(gap))",
        text: "dE = -T ln(p_off) - (-T ln(p_on)) = \(n(gap))"),
      Derivation.Step(
        "1. Divide by T:",
        latex: "\\frac{\(d)}{T} = \\ln \(pOn) - \\ln \(pOff) = \(logP) - (\(logQ)) = \(n(ratio))",
        text: "dE/T = ln(p_on) - ln(p_off) = \(logP) - (\(logQ)) = \(n(ratio))"),
      Derivation.Step(
        "2. The unit is either on or off, so the probabilities add up to 1:",
        latex: "\\frac{\(d)}{T} = \\ln \(pOn) - \\ln(1 - \(pOn)) = \\ln \(p) - \\ln(1 - \(p))",
        text: "dE/T = ln(p_on) - ln(1 - p_on) = ln(\(p)) - ln(1 - \(p))"),
      Derivation.Step(
        "3. A difference of logarithms is the logarithm of the quotient:",
        latex: "\\frac{\(d)}{T} = \\ln \\frac{\(pOn)}{1 - \(pOn)} = \\ln \\frac{\(p)}{\(q)}",
        text: "dE/T = ln(p_on / (1 - p_on)) = ln(\(p) / \(q))"),
      Derivation.Step(
        "4. Change the sign of both sides:",
        latex:
          "-\\frac{\(d)}{T} = \\ln \\frac{1 - \(pOn)}{\(pOn)} = \\ln \\frac{\(q)}{\(p)} = \(minus)",
        text: "-dE/T = ln((1 - p_on) / p_on) = ln(\(q) / \(p)) = \(minus)"),
      Derivation.Step(
        "5. Split the fraction:",
        latex: "-\\frac{\(d)}{T} = \\ln \\left( \\frac{1}{\(pOn)} - 1 \\right) = \(minus)",
        text: "-dE/T = ln(1/p_on - 1) = \(minus)"),
      Derivation.Step(
        "6. Take the exponential of both sides:",
        latex:
          "\\exp \\left( -\\frac{\(d)}{T} \\right) = \\frac{1}{\(pOn)} - 1 = \(factor)",
        text: "exp(-dE/T) = 1/p_on - 1 = \(factor)"),
      Derivation.Step(
        "7. Solve for the probability of being on:",
        latex: "\(pOn) = \\frac{1}{1 + \\exp(-\(d)/T)} = \\frac{1}{1 + \(factor)} = \(p)",
        text: "p_on = 1/(1 + exp(-dE/T)) = 1/(1 + \(factor)) = \(p)"),
    ]
  }
}
