internal import Boltzmann
internal import Notebooks
internal import Numerals

/// What a study of a machine needs, with its names made out and its work measured.
struct MachineStudySetup {
  private let value: MachineValue
  private let task: TrainingTask
  private let phases: PhaseOptions
  private let learning: BoltzmannLearning

  /// The most states that one cell may enumerate.
  static let stateLimit = 4e9

  init(
    _ value: MachineValue, _ task: TrainingTask, _ phases: PhaseOptions,
    _ learning: BoltzmannLearning
  ) {
    (self.value, self.task, self.phases, self.learning) = (value, task, phases, learning)
  }

  /// The rows, one value for each visible unit.
  func rows() throws(Diagnostic) -> ClampedRows {
    guard value.units == .binary else {
      throw Diagnostic(
        "wrong-kind", at: task.place,
        "\(value.name.quoted) has units that are -1 or 1; machines learn with units 0 or 1")
    }
    let visibleCount = value.machine.visibleCount
    guard task.data.unitCount == visibleCount else {
      throw Diagnostic(
        "bad-data", at: task.place,
        "a row has \(task.data.unitCount) values, but \(value.name.quoted) has \(visibleCount) "
          + "visible units")
    }
    let inputs = try units(phases.inputs)
    guard inputs.count < visibleCount else {
      throw Diagnostic(
        "bad-inputs", at: phases.inputs.first?.place ?? task.place,
        "every visible unit is an input: nothing is left to learn")
    }
    do throws(TrainingError) { return try ClampedRows(task.data, inputs: inputs) } catch {
      throw Diagnostic(
        "bad-data", at: task.place, "the data have values other than 0 and 1",
        hint: "`:threshold:` of the dataset makes them so")
    }
  }

  private func units(_ names: [Text]) throws(Diagnostic) -> [Int] {
    var units: [Int] = []
    for name in names {
      let unit = try value.unit(name)
      guard unit < value.machine.visibleCount else {
        throw Diagnostic("bad-inputs", at: name.place, "\(name.string.quoted) is not visible")
      }
      units.append(unit)
    }
    return units
  }

  func monitor(_ rows: ClampedRows, in context: Context) throws(Diagnostic) -> MachineMonitor {
    let needed = task.columns + phases.until.flatMap(\.columns)
    try task.checkColumns(needed, among: MachineMonitor.columns, of: "a machine")
    let target = try target(needed, in: context)
    let asked = try units(phases.asked)
    let others = (0..<rows.unitCount).filter { !rows.inputs.contains($0) }
    do throws(EnumerationLimit) {
      return try MachineMonitor(
        rows, asking: asked.isEmpty ? others : asked, temperature: learning.temperature,
        target: target, needsTargetShares: needed.contains(.targetKL))
    } catch { throw limit(error) }
  }

  private func target(
    _ needed: [TrainingColumn], in context: Context
  ) throws(Diagnostic) -> BoltzmannMachine? {
    guard let name = phases.target else {
      if let column = needed.first(where: { $0 == .distance || $0 == .targetKL }) {
        throw Diagnostic(
          "missing-option", at: task.place,
          "the column \(column.rawValue.quoted) needs the option `:target:`",
          hint: "name the machine that it measures from")
      }
      return nil
    }
    let target = try context.value(name, as: MachineValue.self, "a machine").machine
    guard target.unitCount == value.machine.unitCount,
      target.visibleCount == value.machine.visibleCount
    else {
      throw Diagnostic(
        "wrong-kind", at: name.place,
        "\(name.string.quoted) has not as many visible and hidden units as "
          + "\(value.name.quoted)")
    }
    return target
  }

  /// Refuses work beyond the limits.
  func checkWork(_ rows: ClampedRows) throws(Diagnostic) {
    let count = value.machine.unitCount
    let exact: [TrainingColumn] = [.likelihood, .kl, .targetKL]
    let isExact = learning.phases == .exact
    if isExact || task.columns.contains(where: exact.contains) {
      do throws(EnumerationLimit) { try ExactPhases.check(value.machine) } catch {
        throw limit(error)
      }
    }
    let states = exp2(count) * Double(task.epochs) * Double(task.seeds)
    guard !isExact || states <= Self.stateLimit else {
      throw Diagnostic(
        "limit-exceeded", at: task.place,
        "exact learning would visit \(NumberFormat.scientific(1).string(states)) states; the limit "
          + "is \(NumberFormat.scientific(0).string(Self.stateLimit))",
        hint: "fewer `:epochs:`, or `:algorithm: sampling`")
    }
    if case .chains(let chains) = learning.phases {
      let (sweeps, overflow) = (chains.totalSweeps * 2)
        .multipliedReportingOverflow(by: task.epochs * task.seeds)
      try ChainOptions.checkWork(
        chains: rows.rows.count * chains.chainsPerRow, sweeps: overflow ? .max : sweeps,
        units: count, at: task.place)
    }
    try task.check(work: 0, updates: Double(task.epochs))
  }

  private func exp2(_ count: Int) -> Double { Double(sign: .plus, exponent: count, significand: 1) }

  private func limit(_ error: EnumerationLimit) -> Diagnostic {
    Diagnostic(
      "limit-exceeded", at: task.place,
      "enumerating \(value.name.quoted) needs \(error.states) states; the limit is \(error.limit)",
      hint: "`:algorithm: sampling`, and `:columns: norm`")
  }
}
