/// Learning of general Boltzmann machines, any connections and hidden units: what the clamped
/// phase sees more often is strengthened, what the free phase sees more often is weakened.
///
/// By the gradient, Δw = rate · (⟨sᵢ sⱼ⟩⁺ − ⟨sᵢ sⱼ⟩⁻ − decay · w) + momentum · last Δw, and the same
/// without decay for the biases; by the sign, Δw = step · sign(⟨sᵢ sⱼ⟩⁺ − ⟨sᵢ sⱼ⟩⁻). All rows take
/// part in every update. Only connections of the machine learn, those of weight zero too.
///
/// Source: Ackley, Hinton, Sejnowski, "A learning algorithm for Boltzmann machines", Cognitive
/// Science 9 (1985) 147–169.
public struct BoltzmannLearning: Sendable, Hashable {
  /// Where the means of the two phases come from.
  public enum Phases: Sendable, Hashable {
    /// All states are enumerated; at most 20 units.
    case exact
    /// Chains.
    case chains(PhaseChains)
  }

  /// How the difference of the phases changes a parameter.
  public enum Rule: Sendable, Hashable {
    /// In proportion to it.
    case gradient(rate: Double, momentum: Double = 0, weightDecay: Double = 0)
    /// By a fixed step with its sign; not at all where the phases agree.
    case sign(step: Double)
  }

  /// Where the means of the two phases come from.
  public var phases: Phases
  /// How they change the parameters.
  public var rule: Rule
  /// T of both phases.
  public var temperature: Double
  /// What learning changes; the rest stays as it is.
  public var moving: ContrastiveDivergence.Parameters

  /// Learning at a positive temperature.
  public init(
    phases: Phases = .exact, rule: Rule, temperature: Double = 1,
    moving: ContrastiveDivergence.Parameters = .all
  ) {
    precondition(temperature > 0 && temperature.isFinite, "A temperature is positive and finite.")
    (self.phases, self.rule, self.temperature, self.moving) = (phases, rule, temperature, moving)
  }

  /// The procedure of 1985: annealed chains at T = 10, parameters moved by ±2.
  public static let ackleyHintonSejnowski = BoltzmannLearning(
    phases: .chains(.ackleyHintonSejnowski), rule: .sign(step: 2), temperature: 10)

  /// Trains a machine, at most so many updates.
  ///
  /// `observe` sees the number of updates done and the machine, before the first update and after
  /// each; learning stops when it returns false. The result depends on the stream, never on the
  /// number of threads or the kernels. When learning diverges, the machine stays as it was before
  /// the call.
  ///
  /// After each update `offer` gets the updates done and what makes a checkpoint of this moment.
  /// Learning that goes on from one, `resuming`, gives the bits of learning that was never stopped;
  /// `observe` sees only what is new.
  public func train(
    _ machine: inout BoltzmannMachine, on rows: ClampedRows, updates: Int, stream: RandomStream,
    threads: Int = 1, kernels: Kernels = .standard, resuming checkpoint: TrainingCheckpoint? = nil,
    observe: (_ updates: Int, _ machine: BoltzmannMachine) -> Bool = { _, _ in true },
    offer: (_ updates: Int, _ make: () -> TrainingCheckpoint) -> Void = { _, _ in }
  ) throws(TrainingError) {
    try check(machine, rows, updates: updates)
    var estimator = PhaseEstimator(self, machine, rows, stream: stream, kernels: kernels)
    var step = LearningStep(self, machine)
    var (current, done) = (machine, 0)
    if let checkpoint {
      let reader = CheckpointReader(checkpoint: checkpoint)
      done = try reader.updates(of: updates)
      current = try step.restore(reader)
      try estimator.restore(reader)
    }
    var goesOn = checkpoint != nil || observe(0, current)
    while goesOn, done < updates {
      let statistics = try estimator.statistics(of: current, update: done, threads: threads)
      done += 1
      guard let next = step.machine(after: statistics) else { throw .diverged(update: done) }
      current = next
      goesOn = observe(done, current)
      offer(done) {
        TrainingCheckpoint(updates: done, step.stateTensors + estimator.stateTensors)
      }
    }
    machine = current
  }

  /// Both phases of a machine as the first update of learning would see them.
  public func statistics(
    of machine: BoltzmannMachine, on rows: ClampedRows, stream: RandomStream, threads: Int = 1,
    kernels: Kernels = .standard
  ) throws(TrainingError) -> PhaseStatistics {
    try check(machine, rows, updates: 1)
    var estimator = PhaseEstimator(self, machine, rows, stream: stream, kernels: kernels)
    return try estimator.statistics(of: machine, update: 0, threads: threads)
  }

  private func check(
    _ machine: BoltzmannMachine, _ rows: ClampedRows, updates: Int
  ) throws(TrainingError) {
    if rows.unitCount != machine.visibleCount {
      throw .unitCount(rows.unitCount, visibleCount: machine.visibleCount)
    }
    switch rule {
    case .gradient(let rate, let momentum, let decay):
      if !(rate > 0 && rate.isFinite) { throw .notPositive("learning rate", rate) }
      for (name, value) in [("momentum", momentum), ("weight decay", decay)]
      where !(value >= 0 && value.isFinite) { throw .negative(name, value) }
    case .sign(let step):
      if !(step > 0 && step.isFinite) { throw .notPositive("step", step) }
    }
    if case .chains(let chains) = phases,
      Double(updates) * Double(chains.totalSweeps) >= 0x1p32
    {
      throw .tooManySteps
    }
  }
}

/// Where the phases of each update come from.
private enum PhaseEstimator {
  case exact(distribution: [Double], inputs: [Int], temperature: Double)
  case chains(SampledPhases)
  case tooLarge(EnumerationLimit)

  init(
    _ learning: BoltzmannLearning, _ machine: BoltzmannMachine, _ rows: ClampedRows,
    stream: RandomStream, kernels: Kernels
  ) {
    switch learning.phases {
    case .exact:
      do throws(EnumerationLimit) {
        self = .exact(
          distribution: try rows.checkedDistribution(for: machine), inputs: rows.inputs,
          temperature: learning.temperature)
      } catch { self = .tooLarge(error) }
    case .chains(let chains):
      self = .chains(
        SampledPhases(
          chains, rows, of: machine, temperature: learning.temperature, stream: stream,
          kernels: kernels))
    }
  }

  var stateTensors: [Tensor] {
    if case .chains(let chains) = self { chains.stateTensors } else { [] }
  }

  mutating func restore(_ reader: CheckpointReader) throws(TrainingError) {
    guard case .chains(var chains) = self else { return }
    try chains.restore(reader)
    self = .chains(chains)
  }

  mutating func statistics(
    of machine: BoltzmannMachine, update: Int, threads: Int
  ) throws(TrainingError) -> PhaseStatistics {
    switch self {
    case .exact(let distribution, let inputs, let temperature):
      do throws(EnumerationLimit) {
        return try ExactPhases(machine, distribution, inputs: inputs, temperature: temperature)
          .statistics
      } catch { throw .enumeration(error) }
    case .chains(var chains):
      let statistics = chains.statistics(of: machine, update: update, threads: threads)
      self = .chains(chains)
      return statistics
    case .tooLarge(let limit): throw .enumeration(limit)
    }
  }
}
