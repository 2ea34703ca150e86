import Testing

@testable import Boltzmann

/// Machines of so many hidden units, trained on so few samples at a time, that threads share the
/// fields of visible units by halves of the hidden ones.
@Suite struct VisibleHalvesTests {
  private let start = RestrictedBoltzmannMachine(
    visibleCount: 130, hiddenCount: 300, weights: .normal(mean: 0, standardDeviation: 0.1),
    stream: RandomStream(key: 3))
  private let data = VisibleData.binary(
    BitMatrix(rows: 70, columns: 130) { ($0 * 31 + $1 * $1) % 7 < 2 })

  private func settings() -> ContrastiveDivergence {
    var settings = ContrastiveDivergence()
    (settings.batchSize, settings.updatesPerBatch, settings.learningRate) = (32, 2, 0.01)
    return settings
  }

  /// So the tests below are of halves: rows for more than an eighth of the hidden units, or too few
  /// of these, go the other way.
  @Test(arguments: [(300, 32, true), (300, 38, false), (255, 16, false)])
  func areMadeForManyHiddenUnitsAndFewRows(hidden: Int, rows: Int, isHalved: Bool) {
    let machine = RestrictedBoltzmannMachine(
      visibleCount: 130, hiddenCount: hidden, weights: .normal(mean: 0, standardDeviation: 1),
      stream: RandomStream(key: 3))
    var settings = settings()
    settings.batchSize = rows
    for threads in [1, 2] {
      let run = TrainingRun(
        settings, machine, data, stream: RandomStream(key: 4), threads: threads,
        kernels: .fastest, measuresErrors: false)
      #expect((run.visibleHalves != nil) == isHalved)
    }
  }

  private func trained(
    _ settings: ContrastiveDivergence, threads: Int, _ kernels: Kernels
  ) throws -> (RestrictedBoltzmannMachine, [TrainingRecord]) {
    var machine = start
    let records = try settings.train(
      &machine, on: data, epochs: 3, stream: RandomStream(key: 4), threads: threads,
      kernels: kernels, recording: .everyEpoch)
    return (machine, records)
  }

  /// The errors that are recorded tell fields of another order apart; states rarely do.
  @Test(arguments: [1, 2, 3, 5], ["reference", "avx2", "avx512", "neon"])
  func bitsDependOnNeitherThreadsNorKernels(threads: Int, name: String) throws {
    guard let kernels = try? Kernels(named: name) else { return }
    for chains in [ContrastiveDivergence.Chains.fromData, .persistent(30)] {
      var settings = settings()
      settings.chains = chains
      let plain = try trained(settings, threads: 1, Kernels(named: "reference"))
      let fast = try trained(settings, threads: threads, kernels)
      #expect(fast.0 == plain.0)
      #expect(fast.1 == plain.1)
      #expect(fast.0 != start)
    }
  }

  @Test(arguments: [1, 2])
  func agreeWithThePlainTrainer(threads: Int) throws {
    var settings = settings()
    (settings.batchSize, settings.updatesPerBatch, settings.shuffles) = (10, 1, false)
    let stream = RandomStream(key: 4)
    var trained = start
    try settings.train(&trained, on: data, epochs: 1, stream: stream, threads: threads)
    var plain = PlainTrainer(settings, start, stream)
    for first in stride(from: 0, to: 70, by: 10) { plain.update(data, rows: first..<first + 10) }
    #expect(plain.distance(to: trained) < 1e-5)
  }
}
