import Testing

@testable import Boltzmann

@Suite struct RowUpdatesTests {
  private static let shapes = [(1, 1), (5, 40), (64, 25), (100, 70), (70, 16)]

  private func settings(steps: Int) -> ContrastiveDivergence {
    var settings = ContrastiveDivergence()
    (settings.batchSize, settings.updatesPerBatch, settings.learningRate) = (1, 2, 0.1)
    settings.steps = StepSchedule(steps)
    return settings
  }

  private func machine(_ visible: Int, _ hidden: Int) -> RestrictedBoltzmannMachine {
    RestrictedBoltzmannMachine(
      visibleCount: visible, hiddenCount: hidden,
      weights: .normal(mean: 0, standardDeviation: 0.5),
      visibleBiases: .normal(mean: 0, standardDeviation: 0.5),
      hiddenBiases: .normal(mean: 0, standardDeviation: 0.5), stream: RandomStream(key: 3))
  }

  private func data(_ visible: Int) -> VisibleData {
    .binary(BitMatrix(rows: 9, columns: visible) { ($0 * 31 + $1 * $1) % 7 < $0 })
  }

  /// Sparsity that costs nothing changes nothing, but has its updates made step by step.
  @Test(arguments: shapes, ["reference", "avx2", "avx512", "neon"])
  func bitsAreThoseOfUpdatesStepByStep(shape: (Int, Int), name: String) throws {
    guard let kernels = try? Kernels(named: name) else { return }
    for steps in [1, 3] {
      for recording in [RecordingSchedule.never, .everyUpdates(5)] {
        var settings = settings(steps: steps)
        var (one, other) = (machine(shape.0, shape.1), machine(shape.0, shape.1))
        let start = one
        let records = try settings.train(
          &one, on: data(shape.0), epochs: 3, stream: RandomStream(key: 4), kernels: kernels,
          recording: recording)
        settings.sparsity = .init(target: 0.5, cost: 0)
        let others = try settings.train(
          &other, on: data(shape.0), epochs: 3, stream: RandomStream(key: 4), kernels: kernels,
          recording: recording)
        #expect(one == other)
        #expect(records == others)
        #expect(one != start)
      }
    }
  }

  /// One unit on keeps all hidden units on, which turn it off: its bias then becomes infinite.
  @Test(arguments: [nil, ContrastiveDivergence.Sparsity(target: 0.5, cost: 0)])
  func divergenceIsToldAtItsUpdate(sparsity: ContrastiveDivergence.Sparsity?) {
    var settings = settings(steps: 1)
    (settings.learningRate, settings.sparsity) = (1e38, sparsity)
    let start = RestrictedBoltzmannMachine(
      visibleCount: 20, hiddenCount: 9, weights: .constant(-1e38), visibleBiases: .constant(3e38),
      hiddenBiases: .constant(3e38), stream: RandomStream(key: 3))
    var machine = start
    #expect(throws: TrainingError.diverged(update: 1)) {
      try settings.train(
        &machine, on: .binary(BitMatrix(rows: 9, columns: 20) { $0 == $1 }), epochs: 2,
        stream: RandomStream(key: 4))
    }
    #expect(machine == start)
  }
}
