internal import Boltzmann
internal import Notebooks

/// The options of a cell that looks at a single-unit kernel.
enum KernelOptions {
  enum Rule: String, CaseIterable, Sendable {
    case heatBath = "heat-bath"
    case metropolis
  }

  enum Scan: String, CaseIterable, Sendable {
    case sequential, coloured, shuffled
    case withReplacement = "with-replacement"
  }

  static let rule = Option<Rule>.choice(
    "rule", "How a unit is updated: drawn anew, or flipped unless that costs too much.",
    default: .heatBath)
  static let scan = Option<Scan>.choice(
    "scan", "The order of the units: ascending, colour by colour, or drawn in every sweep.",
    default: .sequential)
}

extension KernelOptions.Rule {
  var rule: UpdateRule {
    switch self {
    case .heatBath: .heatBath
    case .metropolis: .metropolis
    }
  }

  var name: String {
    switch self {
    case .heatBath: "heat bath"
    case .metropolis: "Metropolis"
    }
  }
}

extension KernelOptions.Scan {
  var scan: ScanOrder {
    switch self {
    case .sequential: .sequential
    case .coloured: .coloured
    case .shuffled: .shuffled
    case .withReplacement: .withReplacement
    }
  }
}
