import Boltzmann

/// PCD-1 on digits or on their negatives, plain or centred; its quality is the exact mean
/// log-likelihood of held-out digits.
struct CenteringWorkload: Workload {
  static let name = "centering"

  private static let visible = 784
  private static let hidden = 16

  private let train: BitMatrix
  private let test: BitMatrix
  /// The initial visible biases: those of the means of the data.
  private let biases: [Float]
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
    let train = try bits(".data/mnist-train.bits")
    biases = (0..<Self.visible).map { pixel in
      let on = Double((0..<train.rowCount).count { train[$0, pixel] })
      return Float(naturalLogarithm((on + 0.5) / (Double(train.rowCount) - on + 0.5)))
    }
    self.train = train
    test = try bits(".data/mnist-held-out.bits")
  }

  mutating func run(repetition: Int) throws -> Measurement {
    let stream = RandomStream(seed: UInt64(repetition), name: Self.name)
    let drawn = RestrictedBoltzmannMachine(
      visibleCount: Self.visible, hiddenCount: Self.hidden,
      weights: .normal(mean: 0, standardDeviation: 0.01), stream: stream)
    var machine = try RestrictedBoltzmannMachine(
      weights: drawn.weights, visibleBiases: biases, hiddenBiases: drawn.hiddenBiases)
    let data = VisibleData.binary(train)
    var measurement = try Measurement(work: Double(epochs), unit: "epoch") {
      try settings.train(&machine, on: data, epochs: epochs, stream: stream, threads: threads)
    }
    measurement.quality = try machine.meanLogLikelihood(of: .binary(test), threads: threads)
    return measurement
  }
}
