/// The up-down algorithm: fine-tuning of a deep belief net whose layers were learned one by one.
///
/// Up: the hidden units are drawn from a row of data, and each generative layer learns to give the
/// states below it from those above. At the top, k steps of Gibbs sampling from there, and the
/// machine learns as by CD-k, its label units among the visible ones. Down: from the chains' ends the
/// layers below are drawn, and each recognition layer learns to give the states above it from those
/// below. All changes of an update are computed before any is made.
///
/// Generative layers move along the gradient of the variational bound on average, recognition layers
/// along that of ln q(x | v) over what the net makes up. Unlike in the paper, the visible units of the
/// way down are states, and the top machine's hidden units are probabilities in both statistics:
/// less noise, the same mean. Source: Hinton, Osindero, Teh, "A fast learning algorithm for deep
/// belief nets", Neural Computation 18 (2006), section 5 and appendix B.
public struct UpDown: Sendable, Hashable {
  /// The steps k of the chains at the top.
  public var steps: StepSchedule = 1
  /// The samples of one update.
  public var batchSize = 10
  /// Whether each epoch takes the samples in a new random order, or as given.
  public var shuffles = true
  /// The learning rate.
  public var learningRate = 0.01

  /// One step, ten samples, a rate of 0.01.
  public init() {}

  /// The updates of one epoch over so many samples.
  public func updatesPerEpoch(sampleCount: Int) -> Int { batches(sampleCount).updatesPerEpoch }

  private func batches(_ sampleCount: Int) -> Minibatches {
    Minibatches(sampleCount: sampleCount, batchSize: batchSize, shuffles: shuffles)
  }

  /// Fine-tunes a net; `observe` sees it before the first update and as the schedule says, `progress`
  /// the count after each epoch.
  ///
  /// A net with labels needs one for each sample, from 0 on. The result depends on the stream, not on
  /// the kernels. When a parameter stops being finite the net keeps those it had before the call.
  /// Half-steps of update t are numbered consecutively, on the way up first, with purpose `layer`,
  /// labels with purpose `update`; row m of the batch is chain m. Cost for each update: 2 k + 6
  /// products of a batch with the top weights, 4 with those of each layer below.
  ///
  /// After each update `offer` gets the updates done and what makes a checkpoint of this moment.
  /// Training that goes on from one, `resuming`, gives the bits of training that was never stopped;
  /// `observe` sees only what is new.
  public func train(
    _ net: inout DeepBeliefNet, on data: BitMatrix, labels: [Int]? = nil, epochs: Int,
    stream: RandomStream, kernels: Kernels = .standard,
    recording: RecordingSchedule = .never, resuming checkpoint: TrainingCheckpoint? = nil,
    observe: (TrainingProgress, DeepBeliefNet) -> Void = { _, _ in },
    progress: (TrainingProgress) -> Void = { _ in },
    offer: (_ updates: Int, _ make: () -> TrainingCheckpoint) -> Void = { _, _ in }
  ) throws(TrainingError) {
    try check(net, data, labels, epochs: epochs)
    let run = UpDownRun(self, net, data, labels, stream: stream, kernels: kernels)
    net = try batches(data.rowCount).train(
      run, epochs: epochs, stream: stream, recording: recording,
      resuming: checkpoint, observe: observe, progress: progress, offer: offer)
  }

  private func check(
    _ net: DeepBeliefNet, _ data: BitMatrix, _ labels: [Int]?, epochs: Int
  ) throws(TrainingError) {
    if data.rowCount == 0 { throw .noData }
    if data.columnCount != net.visibleCount {
      throw .unitCount(data.columnCount, visibleCount: net.visibleCount)
    }
    for (name, value) in [("number of steps", steps.fewest), ("batch size", batchSize)]
    where value < 1 { throw .notPositive(name, Double(value)) }
    if !(learningRate > 0 && learningRate.isFinite) {
      throw .notPositive("learning rate", learningRate)
    }
    if net.labelCount > 0 {
      guard let labels, labels.count == data.rowCount else {
        throw .impossible("A net with label units learns from rows with a label each.")
      }
      if let label = labels.first(where: { $0 < 0 || $0 >= net.labelCount }) {
        throw .impossible(
          "The label \(label) has no unit: there are \(net.labelCount), for 0 and on.")
      }
    }
    let perEpoch = Double(updatesPerEpoch(sampleCount: data.rowCount))
    let layers = Double(2 * net.layers.count)
    if steps.sum(epochs: epochs, { perEpoch * (Double(2 * $0 + 1) + layers) }) >= 0x1p32 {
      throw .tooManySteps
    }
  }
}
