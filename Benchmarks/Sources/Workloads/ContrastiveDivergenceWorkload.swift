import Boltzmann

/// Epochs of CD-1 on binary images, from small random weights.
struct ContrastiveDivergenceWorkload: Workload {
  static let name = "cd"

  private let train: BitMatrix
  private let test: BitMatrix
  private let visible: Int
  private let hidden: Int
  private let epochs: Int
  private let threads: Int
  private let counting: String
  private var settings = ContrastiveDivergence()

  init(_ options: inout Options) throws {
    visible = try options.take("visible", 784)
    hidden = try options.take("hidden", 500)
    epochs = try options.take("epochs", 1)
    threads = try options.take("threads", 1)
    counting = try options.take("per", "epoch")
    settings.batchSize = try options.take("batch", 100)
    settings.learningRate = try options.take("rate", 0.05)
    let rows = try options.take("rows", Int.max)
    let all = try Files.bits(options.take("train", ".data/mnist-train.bits"), columns: visible)
    train = BitMatrix(rows: (0..<min(rows, all.rowCount)).map(all.row))
    test = try Files.bits(options.take("test", ".data/mnist-test.bits"), columns: visible)
  }

  mutating func run(repetition: Int) throws -> Measurement {
    let stream = RandomStream(seed: UInt64(repetition), name: Self.name)
    var machine = RestrictedBoltzmannMachine(
      visibleCount: visible, hiddenCount: hidden,
      weights: .normal(mean: 0, standardDeviation: 0.01), stream: stream)
    let data = VisibleData.binary(train)
    let updates = settings.updatesPerEpoch(sampleCount: train.rowCount) * epochs
    let perUpdate = counting == "update"
    var measurement = try Measurement(
      work: Double(perUpdate ? updates : epochs), unit: counting
    ) {
      try settings.train(&machine, on: data, epochs: epochs, stream: stream, threads: threads)
    }
    measurement.quality =
      machine.logPseudoLikelihoods(of: test, threads: threads).reduce(0, +) / Double(test.rowCount)
    measurement.hash = hash(machine)
    measurement.demands = demands(machine)
    return measurement
  }

  /// FNV-1a over the bits of the weights.
  private func hash(_ machine: RestrictedBoltzmannMachine) -> String {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for row in 0..<visible {
      for weight in machine.weights.row(row) {
        hash = (hash ^ UInt64(weight.bitPattern)) &* 0x100_0000_01b3
      }
    }
    return String(hash, radix: 16)
  }

  /// Batches whose steps are counted.
  private static let countedBatches = 8

  /// What the steps go without in no order of work, counted on some batches of the trained machine.
  private func demands(_ machine: RestrictedBoltzmannMachine) -> [Demand] {
    let size = min(settings.batchSize, train.rowCount)
    let counts = (0..<min(Self.countedBatches, train.rowCount / size)).map { batch in
      StepCounts(
        machine, BitMatrix(rows: (batch * size..<(batch + 1) * size).map(train.row)),
        stream: RandomStream(seed: UInt64(batch), name: "counts"))
    }
    let steps = Double(train.rowCount) / Double(size) * Double(epochs)
    return StepCounts.demands(counts, steps: steps, weightBytes: 4 * visible * hidden)
  }
}
