internal import Boltzmann
internal import Notebooks

/// The columns of a machine that learns, computed as they are asked for.
struct MachineMonitor: Sendable {
  static let columns: [TrainingColumn] = [
    .norm, .drop, .likelihood, .kl, .distance, .targetKL, .codes, .completed,
  ]
  static let standardColumns: [TrainingColumn] = [.norm, .kl]

  private let rows: ClampedRows
  private let temperature: Double
  private let codes: RowCodes
  private let target: BoltzmannMachine?
  /// p(v) of the target.
  private let targetShares: [Double]
  /// What `drop` is measured from.
  private var firstNorm = 0.0

  init(
    _ rows: ClampedRows, asking asked: [Int], temperature: Double, target: BoltzmannMachine?,
    needsTargetShares: Bool
  ) throws(EnumerationLimit) {
    (self.rows, self.temperature, self.target) = (rows, temperature, target)
    codes = RowCodes(rows, asking: asked)
    guard let target, needsTargetShares else {
      targetShares = []
      return
    }
    targetShares = try Self.visibleShares(of: target, temperature: temperature)
  }

  private static func visibleShares(
    of machine: BoltzmannMachine, temperature: Double
  ) throws(EnumerationLimit) -> [Double] {
    try ExactDistribution(machine, temperature: temperature)
      .marginal(over: Array(0..<machine.visibleCount))
  }

  /// The monitor of a machine that begins to learn.
  func beginning(with machine: BoltzmannMachine) -> MachineMonitor {
    var monitor = self
    monitor.firstNorm = machine.couplings.norm
    return monitor
  }

  /// The values of some columns; nil where there is none.
  func values(
    _ columns: [TrainingColumn], of machine: BoltzmannMachine
  ) throws(EnumerationLimit) -> [Double?] {
    let phases =
      columns.contains(.kl) || columns.contains(.likelihood)
      ? try ExactPhases(machine, rows, temperature: temperature) : nil
    var values: [Double?] = []
    for column in columns {
      switch column {
      case .norm: values.append(machine.couplings.norm)
      case .drop: values.append(machine.couplings.norm - firstNorm)
      case .likelihood: values.append(phases?.logLikelihood)
      case .kl: values.append(phases?.divergence)
      case .distance: values.append(target.map { machine.couplings.distance(to: $0.couplings) })
      case .targetKL:
        let shares = try Self.visibleShares(of: machine, temperature: temperature)
        values.append(max(0, kullbackLeiblerDivergence(targetShares, from: shares)))
      case .codes: values.append(Double(try codes.differentCodes(of: machine)))
      case .completed:
        values.append(Double(try codes.completedCount(of: machine, temperature: temperature)))
      default: values.append(nil)
      }
    }
    return values
  }
}
