internal import Boltzmann
internal import Notebooks

/// The temperatures of an annealing run: equal differences or ratios, or a written list.
struct AnnealingOptions: Sendable {
  enum Shape: String, CaseIterable, Sendable {
    case linear, geometric
  }

  static let from = Option<Double>.number(
    "from", "The temperature of the first step.", in: 1e-6...1e6, default: 20)
  static let to = Option<Double>.number(
    "to", "The temperature of the last step.", in: 1e-6...1e6, default: 1)
  static let derived = Option<Bool>.flag(
    "derived", "Takes the first and the last temperature from the machine.")
  static let steps = Option<Int>.integer(
    "steps", "The number of temperatures.", in: 2...10_000, default: 20)
  static let shape = Option<Shape>.choice(
    "shape", "Equal differences or equal ratios of temperature.", default: .geometric)
  static let sweeps = Option<Int>.integer(
    "sweeps", "Sweeps at each temperature.", in: 1...1_000_000, default: 30)
  static let finalSweeps = Option<Int?>.integer(
    "final-sweeps", "Sweeps at the last temperature.", in: 1...10_000_000,
    shown: "twice `sweeps`")
  static let schedule = Option<[TemperatureSchedule.Step]>(
    "schedule", "sweeps@T …", "The temperatures written out, with the sweeps at each.", default: []
  ) { (lines) throws(Diagnostic) in
    var steps: [TemperatureSchedule.Step] = []
    for word in lines[0].words { steps.append(try word.annealingStep()) }
    guard !steps.isEmpty else {
      throw Diagnostic("missing-value", at: lines[0].place, "`schedule` needs a step")
    }
    return steps
  }

  static let all: [any AnyOption] = [
    from, to, derived, steps, shape, sweeps, finalSweeps, schedule,
  ]

  static let manual = """
    `:derived:` begins at half of the largest change of energy that any unit can make, where \
    every start is soon forgotten (Dobrushin's condition), and ends where heat bath would turn \
    over a tenth of a unit per sweep in a state that descent has reached.
    """

  private let from: Double
  private let to: Double
  private let isDerived: Bool
  private let steps: Int
  private let shape: Shape
  private let sweeps: Int
  private let finalSweeps: Int?
  private let written: [TemperatureSchedule.Step]

  init(_ arguments: inout Arguments) {
    from = arguments.value(of: Self.from)
    to = arguments.value(of: Self.to)
    isDerived = arguments.value(of: Self.derived)
    steps = arguments.value(of: Self.steps)
    shape = arguments.value(of: Self.shape)
    sweeps = arguments.value(of: Self.sweeps)
    finalSweeps = arguments.value(of: Self.finalSweeps)
    written = arguments.value(of: Self.schedule)
    let excluded: [any AnyOption] =
      arguments.gives(Self.schedule)
      ? [Self.from, Self.to, Self.derived, Self.steps, Self.shape, Self.sweeps, Self.finalSweeps]
      : isDerived ? [Self.from, Self.to] : []
    for option in excluded where arguments.gives(option) {
      arguments.report(
        Diagnostic(
          "unexpected-option", at: arguments.call.place,
          "`\(option.name)` and `\(arguments.gives(Self.schedule) ? "schedule" : "derived")` "
            + "cannot stand together"))
    }
  }

  /// The schedule for a machine.
  func schedule(for machine: BoltzmannMachine, _ clamp: Clamp) -> TemperatureSchedule {
    if !written.isEmpty { return TemperatureSchedule(written) }
    var (first, last) = (from, to)
    if isDerived {
      let range = TemperatureRange(machine, clamp: clamp)
      (first, last) = (range.hottest, range.coldest)
    }
    return shape == .linear
      ? .linear(from: first, to: last, steps: steps, sweeps: sweeps, finalSweeps: finalSweeps)
      : .geometric(from: first, to: last, steps: steps, sweeps: sweeps, finalSweeps: finalSweeps)
  }
}

extension Text {
  /// `20@2.5` as 20 sweeps at T = 2.5.
  fileprivate func annealingStep() throws(Diagnostic) -> TemperatureSchedule.Step {
    guard let (sweeps, temperature) = cut(at: "@") else {
      throw Diagnostic(
        "bad-step", at: place, "\(string.quoted) is not `sweeps@T`", hint: "for example `20@2.5`")
    }
    return TemperatureSchedule.Step(
      temperature: try temperature.number(in: 1e-6...1e6, for: "a temperature"),
      sweeps: try sweeps.integer(in: 1...10_000_000, for: "the sweeps at a temperature"))
  }
}
