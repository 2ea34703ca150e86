internal import Boltzmann
internal import Notebooks

/// The options of learning that only general machines have.
struct PhaseOptions: Sendable {
  static let sweeps = Option<Int>.integer(
    "sweeps", "Machines: sweeps of each chain whose states count, for each update.",
    in: 1...1_000_000, default: 10)
  static let warmUp = Option<Int>.integer(
    "warm-up", "Machines, `sampling`: sweeps of each chain before its states count.",
    in: 0...1_000_000, default: 20)
  static let persistent = Option<Bool>.flag(
    "persistent", "Machines, `sampling`: chains go on from update to update.")
  static let schedule = Option<[TemperatureSchedule.Step]>(
    "schedule", "sweeps@T …",
    "Machines, `annealing`: temperatures before states count, from random states.",
    default: standardSchedule, shown: "2@20 2@15 2@12 4@10"
  ) { (lines) throws(Diagnostic) in try AnnealingOptions.schedule.parse(lines) }
  static let noise = Option<[Double]>.numbers(
    "noise",
    "Machines: the probabilities that a clamped unit is turned off, and on, against its row.",
    in: 0...1, default: [])
  static let step = Option<Double>.number(
    "step", "Machines: moves each parameter by this, with the sign of the phases' difference.",
    in: 1e-9...1e6, default: 2)
  static let inputs = Option<[Text]>.words(
    "inputs", "visible units",
    "Machines: clamped in both phases; the others are learned given them.")
  static let asked = Option<[Text]>.words(
    "asked", "visible units", "Machines: whose values `completed` asks for, given the others.",
    shown: "all but the inputs")
  static let target = Option<Text?>.text(
    "target", "a machine", "Machines: what `distance` and `target-kl` measure from.")
  static let weights = ParameterOption.option(
    "weights", "Machines: the initial weights of the connections.", shown: "the machine's own")
  static let biases = ParameterOption.option(
    "biases", "Machines: the initial biases.", shown: "the machine's own")

  static let standardSchedule = [(20, 2), (15, 2), (12, 2), (10, 4)].map {
    TemperatureSchedule.Step(temperature: $0.0, sweeps: $0.1)
  }

  static let common: [any AnyOption] = [
    MachineOptions.temperature, inputs, asked, target, weights, biases, UntilCondition.option,
  ]
  static let ofChains: [any AnyOption] = [sweeps, noise, KernelOptions.scan]
  static let all = common + [step] + ofChains + [warmUp, persistent, schedule]

  let temperature: Double?
  let sweeps: Int
  let warmUp: Int
  let isPersistent: Bool
  let schedule: [TemperatureSchedule.Step]
  let noise: PhaseChains.Noise?
  let scan: ScanOrder?
  let step: Double?
  let inputs: [Text]
  let asked: [Text]
  let target: Text?
  let weights: ParameterDistribution?
  let biases: ParameterDistribution?
  let until: [UntilCondition]

  init(_ arguments: inout Arguments) {
    let temperature = arguments.value(of: MachineOptions.temperature)
    self.temperature = arguments.gives(MachineOptions.temperature) ? temperature : nil
    sweeps = arguments.value(of: Self.sweeps)
    warmUp = arguments.value(of: Self.warmUp)
    isPersistent = arguments.value(of: Self.persistent)
    schedule = arguments.value(of: Self.schedule)
    let scan = KernelOptions(&arguments).scan
    self.scan = arguments.gives(KernelOptions.scan) ? scan : nil
    let step = arguments.value(of: Self.step)
    self.step = arguments.gives(Self.step) ? step : nil
    inputs = arguments.value(of: Self.inputs)
    asked = arguments.value(of: Self.asked)
    target = arguments.value(of: Self.target)
    _ = arguments.references(target.map { [$0] } ?? [])
    let (weights, biases) = (arguments.value(of: Self.weights), arguments.value(of: Self.biases))
    self.weights = arguments.gives(Self.weights) ? weights : nil
    self.biases = arguments.gives(Self.biases) ? biases : nil
    until = arguments.value(of: UntilCondition.option)
    let noise = arguments.value(of: Self.noise)
    self.noise = noise.count == 2 ? PhaseChains.Noise(off: noise[0], on: noise[1]) : nil
    if noise.count == 1 || noise.count > 2 {
      arguments.report(
        Diagnostic(
          "bad-noise", at: arguments.call.place,
          "`noise` takes two probabilities, to turn off and to turn on, not \(noise.count)",
          hint: "for example `:noise: 0.15 0.05`"))
    }
  }
}
