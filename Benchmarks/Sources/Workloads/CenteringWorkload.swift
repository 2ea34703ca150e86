import Boltzmann

/// PCD-1 on digits or on their negatives, plain or centred; its quality is the exact mean
/// log-likelihood of held-out digits.
struct CenteringWorkload: Workload {
  static let name = "centering"

  private static let visible = 784
  private static let hidden = 16

  private let train: BitMatrix
  private let test: BitMatrix
  private let epochs: Int
  private let threads: Int
  private var settings = ContrastiveDivergence()

  init(_ options: inout Options) throws {
    epochs = try options.take("epochs", 250)
    threads = try options.take("threads", 1)
    settings.isCentered = try options.take("centered", false)
    (settings.batchSize, settings.chains) = (100, .persistent(100))
    settings.learningRate = 0.01
    let inverts = try options.take("inverted", false)
    func bits(_ path: String) throws -> BitMatrix {
      let bits = try Files.bits(path, columns: Self.visible)
      return BitMatrix(rows: bits.rowCount, columns: Self.visible) { bits[$0, $1] != inverts }
    }
    train = try bits(".data/mnist-train.bits")
    test = try bits(".data/mnist-held-out.bits")
  }

  mutating func run(repetition: Int) throws -> Measurement {
    let stream = RandomStream(seed: UInt64(repetition), name: Self.name)
    var machine = RestrictedBoltzmannMachine(
      visibleCount: Self.visible, hiddenCount: Self.hidden,
      weights: .normal(mean: 0, standardDeviation: 0.01), stream: stream)
    let data = VisibleData.binary(train)
    var measurement = try Measurement(work: Double(epochs), unit: "epoch") {
      try settings.train(&machine, on: data, epochs: epochs, stream: stream, threads: threads)
    }
    measurement.quality = try machine.meanLogLikelihood(of: .binary(test), threads: threads)
    return measurement
  }
}
