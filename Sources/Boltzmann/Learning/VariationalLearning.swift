/// How a variational autoencoder learns: up the gradient of the evidence lower bound, with one draw
/// of the noise for each sample of a batch, by ADAM.
///
/// With z = μ + σε the draw does not depend on the parameters, so that the gradient passes through it
/// into the encoder. ADAM, because the gradients of the encoder and of the decoder differ in size by
/// orders, and one rate has to do for both. Source: Kingma, Welling, "Auto-encoding variational
/// Bayes", ICLR 2014, algorithm 1.
public struct VariationalLearning: Sendable, Hashable {
  /// The samples of one update.
  public var batchSize = 10
  /// Whether each epoch takes the samples in a new random order, or as given.
  public var shuffles = true
  /// The learning rate: about the most that a parameter moves in an update.
  public var learningRate = 0.003

  /// Batches of 10, at rate 0.003.
  public init() {}

  /// Trains an autoencoder; `observe` sees it where a record is due, `progress` the count after each
  /// epoch. When training diverges, the model keeps the parameters it had before the call.
  ///
  /// The noise of update u for sample number c of the batch has purpose `noise`, step u, chain c.
  /// The result depends on the stream alone. Cost: three passes through the weights for each sample.
  ///
  /// After each update `offer` gets the updates done and what makes a checkpoint of this moment.
  /// Training that goes on from one, `resuming`, gives the bits of training that was never stopped;
  /// `observe` sees only what is new.
  public func train(
    _ model: inout VariationalAutoencoder, on data: BitMatrix, epochs: Int, stream: RandomStream,
    recording: RecordingSchedule = .never, resuming checkpoint: TrainingCheckpoint? = nil,
    observe: (TrainingProgress, VariationalAutoencoder) -> Void = { _, _ in },
    progress: (TrainingProgress) -> Void = { _ in },
    offer: (_ updates: Int, _ make: () -> TrainingCheckpoint) -> Void = { _, _ in }
  ) throws(TrainingError) {
    let batches = Minibatches(
      sampleCount: data.rowCount, batchSize: batchSize, shuffles: shuffles)
    try batches.check(
      data, visibleCount: model.visibleCount, learningRate: learningRate, epochs: epochs)
    model = try batches.train(
      Learner(self, model, data, stream), epochs: epochs, stream: stream, recording: recording,
      resuming: checkpoint, observe: observe, progress: progress, offer: offer)
  }
}

/// An autoencoder, and the steps that a batch asks of it.
private struct Learner: BatchLearner {
  private let rate: Double
  private let rows: [[Double]]
  private let stream: RandomStream
  private var learned: VariationalAutoencoder
  private var pass: VariationalPass
  private var adam: Adam
  private var gradient: [AffineLayer]

  init(
    _ settings: VariationalLearning, _ model: VariationalAutoencoder, _ data: BitMatrix,
    _ stream: RandomStream
  ) {
    (rate, learned, self.stream) = (settings.learningRate, model, stream)
    rows = (0..<data.rowCount).map(data.values)
    pass = VariationalPass(model)
    adam = Adam(model.layers)
    gradient = model.layers.map(\.zeros)
  }

  var model: VariationalAutoencoder? { learned }

  mutating func update(
    _ number: Int, epoch: Int, _ samples: ArraySlice<Int>
  ) throws(TrainingError) {
    for (chain, sample) in samples.enumerated() {
      pass.encode(rows[sample][...], learned)
      pass.decode(learned) { stream.normal(.noise, step: number, chain: chain, unit: $0) }
      pass.addGradient(of: learned, to: &gradient)
    }
    for layer in gradient.indices { gradient[layer].scale(by: 1 / Double(samples.count)) }
    adam.move(&learned.layers, along: gradient, rate: rate)
    for layer in gradient.indices { gradient[layer].clear() }
    if !learned.layers.allSatisfy(\.isFinite) { throw .diverged(update: number + 1) }
  }

  var stateTensors: [Tensor] { [Tensor("layers", learned.layers)] + adam.stateTensors }

  mutating func restore(_ reader: CheckpointReader) throws(TrainingError) {
    try reader.fill(&learned.layers, "layers")
    try adam.restore(reader)
  }
}
