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
  public func train(
    _ model: inout VariationalAutoencoder, on data: BitMatrix, epochs: Int, stream: RandomStream,
    recording: RecordingSchedule = .never,
    observe: (TrainingProgress, VariationalAutoencoder) -> Void = { _, _ in },
    progress: (TrainingProgress) -> Void = { _ in }
  ) throws(TrainingError) {
    let batches = Minibatches(
      sampleCount: data.rowCount, batchSize: batchSize, shuffles: shuffles)
    try batches.check(
      data, visibleCount: model.visibleCount, learningRate: learningRate, epochs: epochs)
    let rows = (0..<data.rowCount).flatMap(data.values)
    let visibleCount = model.visibleCount
    var learned = model
    var pass = VariationalPass(model)
    var adam = Adam(model.layers)
    var gradient = model.layers.map(\.zeros)
    try batches.visit(epochs: epochs, stream: stream, recording: recording) {
      (number, samples) throws(TrainingError) in
      for (chain, sample) in samples.enumerated() {
        pass.encode(rows[sample * visibleCount..<(sample + 1) * visibleCount], learned)
        pass.decode(learned) { stream.normal(.noise, step: number, chain: chain, unit: $0) }
        pass.addGradient(of: learned, to: &gradient)
      }
      for layer in gradient.indices { gradient[layer].scale(by: 1 / Double(samples.count)) }
      adam.move(&learned.layers, along: gradient, rate: learningRate)
      for layer in gradient.indices { gradient[layer].clear() }
      if !learned.layers.allSatisfy(\.isFinite) { throw .diverged(update: number + 1) }
    } observe: { stage in
      observe(stage, learned)
    } progress: { stage in
      progress(stage)
    }
    model = learned
  }
}
