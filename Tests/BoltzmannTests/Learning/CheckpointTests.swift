import Boltzmann
import Testing

/// Training that goes on from a checkpoint: the bits and records of training that never stopped.
@Suite struct CheckpointTests {
  private static let stream = RandomStream(seed: 3, name: "checkpoints")

  /// Every kind of state that goes on from update to update.
  static let cases: [String: @Sendable (inout ContrastiveDivergence) -> Void] = [
    "cd": { (_: inout ContrastiveDivergence) in },
    "cd, several updates per batch, growing k": { trainer in
      trainer.updatesPerBatch = 5
      trainer.steps = StepSchedule([
        .init(fromEpoch: 0, steps: 1), .init(fromEpoch: 1, steps: 3), .init(fromEpoch: 3, steps: 2),
      ])
    },
    "cd, momentum and decay": { trainer in
      (trainer.momentum, trainer.weightDecay) = (0.5, 0.001)
    },
    "pcd": { $0.chains = .persistent(11) },
    "pcd, mean field, momentum": { trainer in
      (trainer.chains, trainer.momentum) = (.persistent(11), 0.9)
      (trainer.visibleInChain, trainer.hiddenInChain) = (.probabilities, .probabilities)
    },
    "pcd, centred and sparse": { trainer in
      (trainer.chains, trainer.isCentered) = (.persistent(11), true)
      trainer.sparsity = .init(target: 0.1, cost: 0.01)
    },
    "pt": { trainer in
      trainer.chains = .tempered(.geometric(from: 1, to: 3, rungs: 4), 3)
      trainer.steps = 3
    },
    "exact": { $0.chains = .exact },
  ]

  private struct Task {
    var trainer: ContrastiveDivergence
    var start: RestrictedBoltzmannMachine
    var data: VisibleData
    var epochs: Int

    func train(
      threads: Int = 1, resuming checkpoint: TrainingCheckpoint? = nil,
      offer: (Int, () -> TrainingCheckpoint) -> Void = { _, _ in }
    ) throws -> (RestrictedBoltzmannMachine, [TrainingRecord]) {
      var machine = start
      let records = try trainer.train(
        &machine, on: data, epochs: epochs, stream: stream, threads: threads,
        recording: .everyUpdates(7), resuming: checkpoint, offer: offer)
      return (machine, records)
    }
  }

  private func task(_ name: String, _ units: VisibleUnits = .binary) throws -> Task {
    var trainer = ContrastiveDivergence()
    trainer.batchSize = 16
    let set = try #require(Self.cases[name])
    set(&trainer)
    let isExact = trainer.chains == .exact
    let (visible, hidden) = isExact ? (20, 9) : (199, 129)
    let rows = BitMatrix(rows: 40, columns: visible) { row, column in
      Self.stream.uniform(.data, step: row, chain: 0, unit: column)
        < (row % 3 == column % 3 ? 0.7 : 0.1)
    }
    let real = Matrix(rows: 40, columns: visible) { row, column in
      Float(Self.stream.uniform(.data, step: row, chain: 0, unit: column))
    }
    return Task(
      trainer: trainer,
      start: RestrictedBoltzmannMachine(
        visibleCount: visible, hiddenCount: hidden,
        weights: .normal(mean: 0, standardDeviation: 0.1), visibleUnits: units,
        stream: Self.stream),
      data: units == .binary ? .binary(rows) : .real(real),
      epochs: 24 / trainer.updatesPerBatch)
  }

  private func expectTheSameBits(_ task: Task) throws {
    var checkpoints: [TrainingCheckpoint] = []
    let (machine, records) = try task.train { updates, make in
      checkpoints.append(make())
      #expect(checkpoints.last?.updates == updates)
    }
    #expect(checkpoints.count >= 2)
    for (number, checkpoint) in checkpoints.enumerated() {
      let file = TensorFile(tensors: checkpoint.tensors).bytes
      let read = TrainingCheckpoint(tensors: try TensorFile(parsing: file).tensors)
      var later = 0
      let resumed = try task.train(threads: 1 + number % 2, resuming: read) { _, _ in later += 1 }
      #expect(resumed.0 == machine)
      #expect(resumed.1 == records)
      #expect(later == checkpoints.count - number - 1)
    }
  }

  @Test(arguments: cases.keys.sorted()) func binaryUnits(_ name: String) throws {
    try expectTheSameBits(task(name))
  }

  @Test(arguments: ["cd", "pcd", "pcd, mean field, momentum", "cd, momentum and decay"])
  func gaussianUnits(_ name: String) throws {
    try expectTheSameBits(task(name, .gaussian))
  }

  @Test func whatDoesNotBelongIsRefused() throws {
    var checkpoint: TrainingCheckpoint?
    var task = try task("cd, momentum and decay")
    _ = try task.train { checkpoint = checkpoint ?? $1() }
    let good = try #require(checkpoint)
    func refused(_ tensors: [Tensor], by task: Task) {
      #expect(throws: TrainingError.badCheckpoint) {
        try task.train(resuming: TrainingCheckpoint(tensors: tensors))
      }
    }
    for tensor in good.tensors {
      refused(good.tensors.filter { $0.name != tensor.name }, by: task)
    }
    refused(good.tensors, by: try self.task("pcd"))
    refused(good.tensors, by: try self.task("exact"))
    refused([], by: task)
    task.epochs = 1
    refused(good.tensors, by: task)
  }
}
