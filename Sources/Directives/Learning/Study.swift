internal import Boltzmann
internal import Notebooks
internal import Numerals

/// A study of learning: a model that learns, once or from many seeds at once.
///
/// Every kind of model says how it learns; that seeds run side by side, that interrupted ones go on
/// from their last checkpoints, and what their mistakes are called, is the same for all.
protocol Study: Sendable {
  associatedtype Model: Sendable

  var task: TrainingTask { get }
  /// The updates of one epoch.
  var updatesPerEpoch: Int { get }

  /// The model that a seed begins with: number `draw` of many; nil is the one shown.
  func start(draw: Int?, _ stream: RandomStream) throws(TrainingError) -> Model

  /// Learns to the end, from the run's checkpoint on where it has one.
  func learn(_ model: inout Model, _ run: inout StudyRun) throws(TrainingError)
}

/// What has become of one seed.
struct Learned<Model: Sendable>: Sendable {
  let model: Model
  let trace: TrainingTrace
}

extension Study {
  /// The updates of a seed.
  var updates: Int { updatesPerEpoch * task.epochs }

  /// All seeds, to the end.
  func learned(in context: Context) throws(Diagnostic) -> [Learned<Model>] {
    let kernels = try context.kernels()
    let stream = RandomStream(seed: context.seed, name: context.identity)
    let isSingle = task.seeds == 1
    let progress = StudyProgress(task, in: context)
    let results = mapConcurrently(task.seeds, threads: context.threads) { seed in
      defer { progress.finishSeed() }
      let keeper = CheckpointKeeper(ofSeed: seed, keepsEnd: !isSingle, in: context)
      let run = StudyRun(
        stream: isSingle ? stream : stream.substream(UInt64(seed)),
        threads: isSingle ? context.threads : 1, kernels: kernels, updatesPerEpoch: updatesPerEpoch,
        updates: updates, progress: progress
      ) { isEnd, tensors in keeper?.offer(isEnd: isEnd, tensors) }
      let learned = Result { () throws(TrainingError) in
        try self.learned(draw: isSingle ? nil : seed, run, from: keeper?.resume())
      }
      return (learned: learned, keeper: keeper)
    }
    var seeds: [Learned<Model>] = []
    for result in results {
      do throws(TrainingError) { seeds.append(try result.learned.get()) } catch {
        throw task.diagnostic(for: error)
      }
    }
    // Not before all have learned: until then whoever is interrupted needs them.
    for result in results { result.keeper?.finish() }
    return seeds
  }

  /// A seed to the end, from a checkpoint on; what does not fit as one is as good as none.
  func learned(
    draw: Int?, _ run: StudyRun, from checkpoint: [Tensor]?
  ) throws(TrainingError) -> Learned<Model> {
    let start = try start(draw: draw, run.stream)
    func learned(_ run: StudyRun) throws(TrainingError) -> Learned<Model> {
      var (model, run) = (start, run)
      try learn(&model, &run)
      return Learned(model: model, trace: run.trace)
    }
    let rowWidth = task.columns.flatMap(\.parts).count
    if let checkpoint, let resumed = run.resumed(from: checkpoint, rowWidth: rowWidth) {
      do throws(TrainingError) { return try learned(resumed) } catch {
        if error != .badCheckpoint { throw error }
      }
    }
    return try learned(run)
  }

  /// `CD-1, 400 updates at rate 0.1, from 3 different seeds.`
  func sentence(_ title: String, rate: Double) -> String {
    let many = task.seeds > 1 ? ", from \(task.seeds) different seeds" : ""
    return "\(title), \(updates) \(updates == 1 ? "update" : "updates") at rate "
      + "\(NumberFormat.significant(4).string(rate))\(many)."
  }
}

extension TrainingTask {
  /// What a mistake of the engine is called in a notebook.
  fileprivate func diagnostic(for error: TrainingError) -> Diagnostic {
    guard case .diverged(let update) = error else {
      return Diagnostic("bad-training", at: place, "\(error)")
    }
    return Diagnostic(
      "diverged", at: place,
      "learning diverged: after update \(update) a parameter is not finite",
      hint: "a smaller `:rate:`")
  }
}
