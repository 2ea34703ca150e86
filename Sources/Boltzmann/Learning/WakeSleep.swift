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
  ///
  /// After each update `offer` gets the updates done and what makes a checkpoint of this moment.
  /// Training that goes on from one, `resuming`, gives the bits of training that was never stopped;
  /// `observe` sees only what is new.
  public func train(
    _ machine: inout HelmholtzMachine, on data: BitMatrix, epochs: Int, stream: RandomStream,
    recording: RecordingSchedule = .never, resuming checkpoint: TrainingCheckpoint? = nil,
    observe: (TrainingProgress, HelmholtzMachine) -> Void = { _, _ in },
    progress: (TrainingProgress) -> Void = { _ in },
    offer: (_ updates: Int, _ make: () -> TrainingCheckpoint) -> Void = { _, _ in }
  ) throws(TrainingError) {
    let batches = Minibatches(
      sampleCount: data.rowCount, batchSize: batchSize, shuffles: shuffles)
    try batches.check(
      data, visibleCount: machine.visibleCount, learningRate: learningRate, epochs: epochs)
    machine = try batches.train(
      Learner(self, machine, data, stream), epochs: epochs, stream: stream, recording: recording,
      resuming: checkpoint, observe: observe, progress: progress, offer: offer)
  }
}

/// A machine, and the steps that a batch asks of it.
private struct Learner: BatchLearner {
  private let settings: WakeSleep
  private let rows: [[Double]]
  private let stream: RandomStream
  private var machine: HelmholtzMachine
  private var pass: HelmholtzPass
  private var generative: [AffineLayer]
  private var recognition: [AffineLayer]

  init(
    _ settings: WakeSleep, _ machine: HelmholtzMachine, _ data: BitMatrix, _ stream: RandomStream
  ) {
    (self.settings, self.machine, self.stream) = (settings, machine, stream)
    rows = (0..<data.rowCount).map(data.values)
    pass = HelmholtzPass(machine)
    generative = machine.generative.map(\.zeros)
    recognition = machine.recognition.map(\.zeros)
  }

  var model: HelmholtzMachine? { machine }

  mutating func update(_ number: Int, epoch: Int, _ samples: ArraySlice<Int>) {
    let rate = settings.learningRate / Double(samples.count)
    if settings.phases.contains(.wake) {
      for (chain, sample) in samples.enumerated() {
        pass.recognise(
          rows[sample][...], machine, .init(stream: stream, step: 2 * number, chain: chain))
        pass.addGenerativeGradient(of: machine, to: &generative)
      }
    }
    if settings.phases.contains(.sleep) {
      for chain in 0..<samples.count {
        pass.dream(machine, .init(stream: stream, step: 2 * number + 1, chain: chain))
        pass.addRecognitionGradient(of: machine, to: &recognition)
      }
    }
    Self.move(&machine.generative, along: &generative, rate)
    Self.move(&machine.recognition, along: &recognition, rate)
  }

  /// Moves layers, and clears the gradient.
  private static func move(
    _ layers: inout [AffineLayer], along gradient: inout [AffineLayer], _ rate: Double
  ) {
    for layer in layers.indices {
      layers[layer].combine(gradient[layer]) { $0 + rate * $1 }
      gradient[layer].clear()
    }
  }

  var stateTensors: [Tensor] {
    [Tensor("generative", machine.generative), Tensor("recognition", machine.recognition)]
  }

  mutating func restore(_ reader: CheckpointReader) throws(TrainingError) {
    try reader.fill(&machine.generative, "generative")
    try reader.fill(&machine.recognition, "recognition")
  }
}
