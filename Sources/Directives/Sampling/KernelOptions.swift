internal import Boltzmann
internal import Notebooks
internal import Numerals

/// How a sweep updates the units: the options of every cell that runs single-unit kernels.
struct KernelOptions: Sendable {
  enum Rule: String, CaseIterable, Sendable {
    case heatBath = "heat-bath"
    case metropolis
  }

  enum Scan: String, CaseIterable, Sendable {
    case sequential, coloured, shuffled
    case withReplacement = "with-replacement"
  }

  static let rule = Option<Rule>.choice(
    "rule", "How a unit is updated: drawn anew, or flipped with min(1, exp(-ΔE/T)).",
    default: .heatBath)
  static let scan = Option<Scan>.choice(
    "scan",
    "The order of a sweep: ascending; block by block; a new order each sweep; drawn each time.",
    default: .sequential)

  static let all: [any AnyOption] = [rule, scan]

  let rule: UpdateRule
  let scan: ScanOrder

  init(_ arguments: inout Arguments) {
    rule = arguments.value(of: Self.rule) == .heatBath ? .heatBath : .metropolis
    switch arguments.value(of: Self.scan) {
    case .sequential: scan = .sequential
    case .coloured: scan = .coloured
    case .shuffled: scan = .shuffled
    case .withReplacement: scan = .withReplacement
    }
  }

  /// The kernel of a machine.
  func kernel(
    _ machine: BoltzmannMachine, clamp: Clamp, holding: [Int] = []
  ) -> SingleUnitKernel {
    SingleUnitKernel(machine, rule: rule, clamp: clamp, holding: holding, scan: scan)
  }

  /// Refuses chains at a temperature where rounded energies would show.
  static func checkRounding(
    _ kernel: SingleUnitKernel, of value: MachineValue, temperature: Double, at place: Place
  ) throws(Diagnostic) {
    if kernel.gapResolution <= largestGapError * temperature { return }
    let text = NumberFormat.significant(4).string(temperature)
    throw Diagnostic(
      "limit-exceeded", at: place,
      "the parameters of \(value.name.quoted) differ too much for chains at T = \(text)",
      hint: "chains count energies in steps of 2^-27 of the largest that a unit feels, and the "
        + "smallest parameters are lost")
  }

  /// In units of T; a probability is then off by a quarter of it at most.
  private static let largestGapError = 0.01

  /// `heat bath in ascending order`.
  var description: String {
    let order =
      switch scan {
      case .sequential: "in ascending order"
      case .coloured: "block by block"
      case .shuffled: "in a new order each sweep"
      case .withReplacement: "of units drawn with replacement"
      }
    return "\(rule == .heatBath ? "heat bath" : "Metropolis") \(order)"
  }
}
