/// Wake–sleep: how the two nets of a Helmholtz machine teach each other.
///
/// Wake: the hidden units are drawn from q(h | v) for a sample v, and the generative weights learn to
/// reproduce each layer from the one above. Sleep: all units are drawn from p, a fantasy, and the
/// recognition weights learn to find each layer from the one below. Both are delta rules:
/// Δw = rate · ⟨input · (state − probability)⟩, a mean over the batch, or as many fantasies.
///
/// On average the wake phase climbs the bound on ln p(v); the sleep phase makes
/// KL(p(h | v) ‖ q(h | v)) smaller for fantasies, where the bound asks for KL(q ‖ p) and for data.
/// Source: Hinton, Dayan, Frey, Neal, "The wake-sleep algorithm for unsupervised neural networks",
/// Science 268 (1995) 1158–1161.
public struct WakeSleep: Sendable, Hashable {
  /// Which of the two nets learns.
  public struct Phases: OptionSet, Sendable, Hashable {
    /// One bit per phase.
    public let rawValue: Int
    /// The phases with these bits.
    public init(rawValue: Int) { self.rawValue = rawValue }
    /// The generative net learns.
    public static let wake = Phases(rawValue: 1)
    /// The recognition net learns.
    public static let sleep = Phases(rawValue: 2)
  }

  /// What learns.
  public var phases: Phases = [.wake, .sleep]
  /// The samples of one update, and the fantasies.
  public var batchSize = 10
  /// Whether each epoch takes the samples in a new random order, or as given.
  public var shuffles = true
  /// The learning rate of both nets.
  public var learningRate = 0.1

  /// Both phases, batches of 10, at rate 0.1.
  public init() {}

  /// Trains a machine; `observe` sees it where a record is due, `progress` the count after each
  /// epoch.
  ///
  /// Draws of update u: purpose `layer`, step 2u for sample number c of the batch as chain c, step
  /// 2u + 1 for fantasy c. The result depends on the stream alone. Cost: six passes through the
  /// weights for each sample. A weight moves by at most the rate in an update: it stays finite.
  public func train(
    _ machine: inout HelmholtzMachine, on data: BitMatrix, epochs: Int, stream: RandomStream,
    recording: RecordingSchedule = .never,
    observe: (TrainingProgress, HelmholtzMachine) -> Void = { _, _ in },
    progress: (TrainingProgress) -> Void = { _ in }
  ) throws(TrainingError) {
    let batches = Minibatches(
      sampleCount: data.rowCount, batchSize: batchSize, shuffles: shuffles)
    try batches.check(
      data, visibleCount: machine.visibleCount, learningRate: learningRate, epochs: epochs)
    let rows = (0..<data.rowCount).flatMap(data.values)
    let visibleCount = machine.visibleCount
    var learner = Learner(machine)
    try batches.visit(epochs: epochs, stream: stream, recording: recording) {
      (number, samples) throws(TrainingError) in
      let rate = learningRate / Double(samples.count)
      if phases.contains(.wake) {
        for (chain, sample) in samples.enumerated() {
          learner.wake(
            rows[sample * visibleCount..<(sample + 1) * visibleCount],
            .init(stream: stream, step: 2 * number, chain: chain))
        }
      }
      if phases.contains(.sleep) {
        for chain in 0..<samples.count {
          learner.sleep(.init(stream: stream, step: 2 * number + 1, chain: chain))
        }
      }
      learner.move(rate, phases)
    } observe: { stage in
      observe(stage, learner.machine)
    } progress: { stage in
      progress(stage)
    }
    machine = learner.machine
  }
}

/// A machine, and the steps that a batch asks of it.
private struct Learner {
  private(set) var machine: HelmholtzMachine
  private var pass: HelmholtzPass
  private var generative: [AffineLayer]
  private var recognition: [AffineLayer]

  init(_ machine: HelmholtzMachine) {
    self.machine = machine
    pass = HelmholtzPass(machine)
    generative = machine.generative.map(\.zeros)
    recognition = machine.recognition.map(\.zeros)
  }

  mutating func wake(_ visible: ArraySlice<Double>, _ place: HelmholtzPass.Place) {
    pass.recognise(visible, machine, place)
    pass.addGenerativeGradient(of: machine, to: &generative)
  }

  mutating func sleep(_ place: HelmholtzPass.Place) {
    pass.dream(machine, place)
    pass.addRecognitionGradient(of: machine, to: &recognition)
  }

  mutating func move(_ rate: Double, _ phases: WakeSleep.Phases) {
    if phases.contains(.wake) {
      for layer in generative.indices {
        machine.generative[layer].combine(generative[layer]) { $0 + rate * $1 }
        generative[layer].clear()
      }
    }
    if phases.contains(.sleep) {
      for layer in recognition.indices {
        machine.recognition[layer].combine(recognition[layer]) { $0 + rate * $1 }
        recognition[layer].clear()
      }
    }
  }
}
