import Testing

@testable import Boltzmann

/// Learning of every kind but the RBM's that is stopped after each update and goes on from there: the
/// bits and records of learning that never stopped.
@Suite struct StoppedLearningTests {
  private static let stream = RandomStream(seed: 5, name: "checkpoints")

  /// A way of training from the start or from a checkpoint.
  private struct Training<Model: Equatable> {
    typealias Offer = (Int, () -> TrainingCheckpoint) -> Void

    let updates: Int
    let train: (TrainingCheckpoint?, (Int, Model) -> Void, Offer) throws -> Model

    func expectTheSameBits() throws {
      var (seen, checkpoints) = ([Int: Model](), [TrainingCheckpoint]())
      let whole = try train(nil) {
        seen[$0] = $1
      } _: { updates, make in
        checkpoints.append(make())
        #expect(updates == checkpoints.count)
        #expect(checkpoints.last?.updates == updates)
      }
      try #require(checkpoints.count == updates)
      for (index, checkpoint) in checkpoints.enumerated() {
        let file = TensorFile(tensors: checkpoint.tensors).bytes
        let read = TrainingCheckpoint(tensors: try TensorFile(parsing: file).tensors)
        var (new, later) = ([Int: Model](), [TrainingCheckpoint]())
        let resumed = try train(read) {
          new[$0] = $1
        } _: {
          later.append($1())
        }
        #expect(resumed == whole)
        #expect(new == seen.filter { $0.key > index + 1 })
        // Byte for byte, where == would take 0 for −0.
        #expect(later == Array(checkpoints[(index + 1)...]))
      }
      try expectRefusals(checkpoints[updates / 2])
    }

    private func expectRefusals(_ checkpoint: TrainingCheckpoint) throws {
      func expectRefusal(_ tensors: [Tensor]) {
        #expect(throws: TrainingError.badCheckpoint) {
          try train(TrainingCheckpoint(tensors: tensors)) { _, _ in
          } _: { _, _ in
          }
        }
      }
      for tensor in checkpoint.tensors {
        let others = checkpoint.tensors.filter { $0.name != tensor.name }
        expectRefusal(others)
        expectRefusal(others + [Tensor(tensor.name, shape: [1, 1], [0.5])])
      }
      let others = checkpoint.tensors.filter { $0.name != "updates" }
      expectRefusal(others + [Tensor("updates", shape: [1], [updates + 1])])
      expectRefusal(others + [Tensor("updates", shape: [1], [-1])])
    }
  }

  // MARK: General machines

  static let machineLearning: [String: BoltzmannLearning] = [
    "exact": BoltzmannLearning(rule: .gradient(rate: 0.3, momentum: 0.7, weightDecay: 0.01)),
    "chains": BoltzmannLearning(
      phases: .chains(PhaseChains(chainsPerRow: 3, warmUp: nil, sweeps: 4)),
      rule: .gradient(rate: 0.2)),
    "persistent chains": BoltzmannLearning(
      phases: .chains(PhaseChains(chainsPerRow: 5, isPersistent: true, warmUp: nil, sweeps: 2)),
      rule: .gradient(rate: 0.2, momentum: 0.5)),
    "1985": .ackleyHintonSejnowski,
  ]

  private func machine() throws -> BoltzmannMachine {
    let edges = (0..<6).flatMap { i in
      (0..<i).map { j in
        Couplings.Edge(i, j, Self.stream.normal(.weights, step: 0, chain: i, unit: j))
      }
    }
    return try BoltzmannMachine(unitCount: 6, edges: edges, visibleCount: 4)
  }

  @Test(arguments: machineLearning.keys.sorted()) func machines(_ name: String) throws {
    let learning = try #require(Self.machineLearning[name])
    let rows = try ClampedRows(Dataset.encoder(size: 2))
    let start = try machine()
    let training = Training<BoltzmannMachine>(updates: 9) { checkpoint, observe, offer in
      var machine = start
      try learning.train(
        &machine, on: rows, updates: 9, stream: Self.stream, threads: checkpoint == nil ? 1 : 2,
        resuming: checkpoint,
        observe: { updates, machine in
          observe(updates, machine)
          return true
        }, offer: offer)
      return machine
    }
    try training.expectTheSameBits()
  }

  /// The last update is offered too, and nothing follows it.
  @Test func aMachineThatHasReachedItsAim() throws {
    let learning = BoltzmannLearning(rule: .gradient(rate: 0.3))
    let rows = try ClampedRows(Dataset.encoder(size: 2))
    var (machine, offered) = (try machine(), [Int]())
    try learning.train(&machine, on: rows, updates: 9, stream: Self.stream) { updates, _ in
      updates < 4
    } offer: { updates, _ in
      offered.append(updates)
    }
    #expect(offered == [1, 2, 3, 4])
  }

  // MARK: What learns from batches

  /// 13 rows, so that the last batch is smaller.
  private let data = BitMatrix(rows: 13, columns: 6) { ($0 * 5 + $1 * $1 + $0 * $1) % 3 == 0 }

  @Test(arguments: [[.wake, .sleep], .wake, .sleep] as [WakeSleep.Phases])
  func wakeSleep(_ phases: WakeSleep.Phases) throws {
    var learning = WakeSleep()
    (learning.phases, learning.batchSize) = (phases, 5)
    let start = HelmholtzMachine(
      layerSizes: [6, 4, 2], weights: .normal(mean: 0, standardDeviation: 1),
      recognition: .normal(mean: 0, standardDeviation: 1), stream: Self.stream)
    let training = Training<HelmholtzMachine>(updates: 12) { checkpoint, observe, offer in
      var machine = start
      try learning.train(
        &machine, on: data, epochs: 4, stream: Self.stream, recording: .everyUpdates(2),
        resuming: checkpoint, observe: { observe($0.updates, $1) }, offer: offer)
      return machine
    }
    try training.expectTheSameBits()
  }

  @Test(arguments: [true, false]) func autoencoders(_ shuffles: Bool) throws {
    var learning = VariationalLearning()
    (learning.shuffles, learning.batchSize) = (shuffles, 5)
    let start = VariationalAutoencoder(
      visibleCount: 6, hiddenCount: 5, latentCount: 2, stream: Self.stream)
    let training = Training<VariationalAutoencoder>(updates: 12) { checkpoint, observe, offer in
      var model = start
      try learning.train(
        &model, on: data, epochs: 4, stream: Self.stream, recording: .everyEpoch,
        resuming: checkpoint, observe: { observe($0.updates, $1) }, offer: offer)
      return model
    }
    try training.expectTheSameBits()
  }

  @Test(arguments: [([6], 0), ([6, 4, 3], 0), ([6, 4, 5, 3], 3), ([6, 4], 2)])
  func upDown(_ counts: [Int], labelCount: Int) throws {
    var learning = UpDown()
    (learning.batchSize, learning.learningRate) = (5, 0.3)
    learning.steps = StepSchedule([
      .init(fromEpoch: 0, steps: 1), .init(fromEpoch: 1, steps: 3), .init(fromEpoch: 3, steps: 2),
    ])
    let start = try PlainDeepBeliefNet.drawn(
      counts.count == 1 ? counts + [3] : counts, labels: labelCount)
    let labels = labelCount > 0 ? (0..<13).map { $0 % labelCount } : nil
    let training = Training<DeepBeliefNet>(updates: 12) { checkpoint, observe, offer in
      var net = start
      try learning.train(
        &net, on: data, labels: labels, epochs: 4, stream: Self.stream, recording: .everyUpdates(2),
        resuming: checkpoint, observe: { observe($0.updates, $1) }, offer: offer)
      return net
    }
    try training.expectTheSameBits()
  }
}
