internal import Boltzmann
internal import Notebooks

/// The numbers of one derivation and its lines.
struct SigmoidDerivation {
  let off: Double
  let on: Double
  let gap: Double
  let temperature: Double
  /// p_on by enumeration of the two states.
  let direct: Double
  private let name: String
  private let condition: String
  private let logOffDirect: Double
  private let logDirect: Double

  init(
    _ machine: MachineValue, unit: Int, others: Clamp, temperature: Double,
    exact: ExactDistribution
  ) {
    // A name can hold several underscores, which TeX takes for one subscript after the other.
    let parts = machine.unitNames[unit].split(separator: "_").reversed()
    name = parts.dropFirst().reduce(parts.first.map(String.init) ?? "") { "\($1)_{\($0)}" }
    var state = BitVector(zeros: machine.machine.unitCount)
    func logProbability() -> Double {
      -machine.machine.energy(of: state) / temperature - exact.logZ
    }
    others.apply(to: &state)
    off = machine.energy(of: state)
    logOffDirect = logProbability()
    state[unit] = true
    on = machine.energy(of: state)
    logDirect = logProbability()
    direct = exact.probability(of: state)
    gap = machine.settled(off - on)
    self.temperature = temperature
    condition = machine.describe(others)
  }

  var ratio: Double { gap / temperature }
  /// The last line's value.
  var probability: Double { logistic(ratio) }
  /// ln p_on and ln p_off, also where p itself is too small for a Double.
  var logOn: Double { 0 - softplus(0 - ratio) }
  var logOff: Double { 0 - softplus(ratio) }

  var check: String {
    let difference = abs(probability - direct)
    let given = condition.isEmpty ? "" : " for \(condition)"
    let number = WrittenNumbers(notation: .text)
    return "Directly: the two states\(given) have the probabilities "
      + "\(number.exponential(logOffDirect)) (off) and \(number.exponential(logDirect)) (on); the "
      + "logistic function gives \(number.exponential(logOn)), "
      + (difference <= 1e-15
        ? "the same number." : "which differs by \(number.power(difference)).")
  }

  var steps: [Derivation.Step] {
    let (m, t) = (Shown(self, in: .latex), Shown(self, in: .text))
    let d = "\\Delta E_{\(name)}"
    let pOn = "p_{\\text{on}}"
    let pOff = "p_{\\text{off}}"
    return [
      Derivation.Step(
        "The energies of the two states differ by",
        latex: "\(d) = E_{\\text{off}} - E_{\\text{on}} = \(m.off) - \(m.on) = \(m.gap)",
        text: "dE = E_off - E_on = \(t.off) - \(t.on) = \(t.gap)"),
      Derivation.Step(
        "A state's energy is -T ln p up to a constant that both states share; with T = "
          + t.temperature,
        latex: "\(d) = -T \\ln \(pOff) - (-T \\ln \(pOn)) = \(m.gap)",
        text: "dE = -T ln(p_off) - (-T ln(p_on)) = \(t.gap)"),
      Derivation.Step(
        "1. Divide by T:",
        latex:
          "\\frac{\(d)}{T} = \\ln \(pOn) - \\ln \(pOff) = \(m.logP) - (\(m.logQ)) = \(m.ratio)",
        text: "dE/T = ln(p_on) - ln(p_off) = \(t.logP) - (\(t.logQ)) = \(t.ratio)"),
      Derivation.Step(
        "2. The unit is either on or off, so the probabilities add up to 1:",
        latex:
          "\\frac{\(d)}{T} = \\ln \(pOn) - \\ln(1 - \(pOn)) = \\ln\(m.argument) - \\ln(1 - \(m.term))",
        text: "dE/T = ln(p_on) - ln(1 - p_on) = ln(\(t.p)) - ln(1 - \(t.term))"),
      Derivation.Step(
        "3. A difference of logarithms is the logarithm of the quotient:",
        latex: "\\frac{\(d)}{T} = \\ln \\frac{\(pOn)}{1 - \(pOn)} = \\ln \\frac{\(m.p)}{\(m.q)}",
        text: "dE/T = ln(p_on / (1 - p_on)) = ln(\(t.term) / \(t.otherTerm))"),
      Derivation.Step(
        "4. Change the sign of both sides:",
        latex:
          "-\\frac{\(d)}{T} = \\ln \\frac{1 - \(pOn)}{\(pOn)} = \\ln \\frac{\(m.q)}{\(m.p)} = \(m.minus)",
        text: "-dE/T = ln((1 - p_on) / p_on) = ln(\(t.otherTerm) / \(t.term)) = \(t.minus)"),
      Derivation.Step(
        "5. Split the fraction:",
        latex: "-\\frac{\(d)}{T} = \\ln \\left( \\frac{1}{\(pOn)} - 1 \\right) = \(m.minus)",
        text: "-dE/T = ln(1/p_on - 1) = \(t.minus)"),
      Derivation.Step(
        "6. Take the exponential of both sides:",
        latex:
          "\\exp \\left( -\\frac{\(d)}{T} \\right) = \\frac{1}{\(pOn)} - 1 = \(m.factor)",
        text: "exp(-dE/T) = 1/p_on - 1 = \(t.factor)"),
      Derivation.Step(
        "7. Solve for the probability of being on:",
        latex: "\(pOn) = \\frac{1}{1 + \\exp(-\(d)/T)} = \\frac{1}{1 + \(m.factor)} = \(m.p)",
        text: "p_on = 1/(1 + exp(-dE/T)) = 1/(1 + \(t.factor)) = \(t.p)"),
    ]
  }
}

/// The numbers of a derivation as they are written.
private struct Shown {
  let off, on, gap, temperature, ratio, minus: String
  let logP, logQ, factor: String
  let p, q: String
  /// p behind a minus sign and above a slash; q beside a slash.
  let term, otherTerm: String
  /// p behind `\ln`.
  let argument: String

  init(_ numbers: SigmoidDerivation, in notation: Derivation.Notation) {
    let number = WrittenNumbers(notation: notation)
    off = number(numbers.off)
    on = numbers.on < 0 ? "(\(number(numbers.on)))" : number(numbers.on)
    (gap, temperature) = (number(numbers.gap), number(numbers.temperature))
    (ratio, minus) = (number(numbers.ratio), number(0 - numbers.ratio))
    (logP, logQ) = (number(numbers.logOn), number(numbers.logOff))
    factor = number.exponential(0 - numbers.ratio)
    // Six digits of a probability near 1 say nothing of how near.
    let (small, other) = (
      number.exponential(min(numbers.logOn, numbers.logOff)), number(logistic(abs(numbers.ratio)))
    )
    let isNear = abs(numbers.ratio) > 9
    let large = isNear ? "1 - \(small)" : other
    (p, q) = numbers.ratio < 0 ? (small, large) : (large, small)
    let enclosed = isNear ? "(\(large))" : large
    (term, otherTerm) = numbers.ratio < 0 ? (small, enclosed) : (enclosed, small)
    argument = isNear ? "(\(p))" : " \(p)"
  }
}
