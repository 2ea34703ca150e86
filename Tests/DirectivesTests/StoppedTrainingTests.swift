import Boltzmann
import Synchronization
import Testing

@testable import Directives
@testable import Notebooks

/// What `{train}` gives when it is stopped after any update and goes on: the same models and tables.
@Suite struct StoppedTrainingTests {
  private static let bars = """
    ```{dataset} bars
    :bars-and-stripes: 2
    ```


    """

  /// A model, and options of `{stopped}` for it.
  static let cases = [
    """
    ```{rbm} model
    :visible: 4
    :hidden: 3
    ```

    ```{stopped} model
    :data: bars
    :epochs: 6
    :record: 3
    :algorithm: pt
    :rungs: 3
    :to: 2
    :batch: 4
    :momentum: 0.5
    :columns: norm drop likelihood
    ```
    """,
    """
    ```{machine} model
    :visible: a b c d
    :hidden: h

    a -- h: 1
    b -- h: 0.5
    c -- h: -0.5
    d -- h: -1
    ```

    ```{stopped} model
    :data: bars
    :epochs: 12
    :record: 3
    :algorithm: sampling
    :persistent: true
    :momentum: 0.5
    :columns: norm drop kl
    :weights: normal 0 1
    ```
    """,
    """
    ```{machine} model
    :visible: a b c d
    :hidden: h

    a -- h: 1
    b -- h: 0.5
    c -- h: -0.5
    d -- h: -1
    ```

    ```{stopped} model
    :data: bars
    :epochs: 40
    :rate: 0.5
    :seeds: 2
    :weights: normal 0 1
    :columns: kl drop
    :until: kl < 0.78
    :until: kl < 0.75
    ```
    """,
    """
    ```{rbm} low
    :visible: 4
    :hidden: 4
    :weights: normal 0 1
    ```

    ```{rbm} high
    :visible: 4
    :hidden: 2
    :weights: normal 0 1
    ```

    ```{dbn} model
    :layers: low high
    ```

    ```{stopped} model
    :data: bars
    :epochs: 5
    :record: 2
    :batch: 4
    :rate: 0.3
    :columns: epochs error bound
    ```
    """,
    """
    ```{helmholtz} model
    :layers: 4 3 1
    ```

    ```{stopped} model
    :data: bars
    :epochs: 3
    :batch: 4
    :seeds: 2
    :columns: norm drop bound elbo
    ```
    """,
    """
    ```{vae} model
    :visible: 4
    :hidden: 3
    :latent: 1
    ```

    ```{stopped} model
    :data: bars
    :epochs: 4
    :record: 3
    :batch: 4
    :columns: epochs elbo
    ```
    """,
  ]

  @Test(arguments: cases) func goesOnAsIfNothingHadHappened(_ cells: String) {
    let registry = Registry(
      directives: Registry.harmonium.directives + [Stopped.self],
      functions: Registry.harmonium.functions)
    let notebook = Notebook(
      Array((Self.bars + cells).utf8), file: "n.md", directives: registry.names)
    let report = Run(threads: 2).report(on: Plan(notebook, registry: registry))
    #expect(report.diagnostics.map(\.message) == [])
    #expect(report.results.count >= 4)
  }
}

/// `{stopped}`: takes what `{train}` takes, and compares learning that goes on from each of its
/// checkpoints with learning that was never stopped.
private struct Stopped: Directive {
  static let manual = Manual(
    "stopped", "A test.", argument: "MODEL", options: Train.manual.options, example: "")

  private let model: Text
  private let data: Text?
  private let options: LearningOptions
  private let epochs: Int
  private let record: Int?
  private let seeds: Int
  private let columns: [TrainingColumn]

  init(_ arguments: inout Arguments) {
    model = arguments.reference("a model")
    data = arguments.required(Train.data)
    _ = arguments.references([data].compactMap(\.self))
    options = LearningOptions(&arguments)
    epochs = arguments.value(of: Train.epochs)
    record = arguments.value(of: Train.record)
    seeds = arguments.value(of: Train.seeds)
    columns = arguments.value(of: Train.columns)
  }

  func run(in context: Context) throws(Diagnostic) -> Outcome {
    guard let data else { return Outcome() }
    let task = TrainingTask(
      data: try context.value(data, as: DatasetValue.self, "a dataset").dataset, validation: nil,
      epochs: epochs, record: record, seeds: seeds, columns: columns, rows: 0, plotted: [],
      place: context.place)
    let value = try context.value(model, as: (any LearningModel).self, "a model")
    switch value {
    case let value as RBMValue: try compare(RBMStudy(value, task, options.training), context)
    case let value as MachineValue:
      try compare(MachineStudy(value, task, options.training, options.phases, in: context), context)
    case let value as DBNValue: try compare(DBNStudy(value, task, options.training), context)
    case let value as HelmholtzValue:
      let learning = try options.training.wakeSleep(options.directed)
      try compare(BoundStudy(value.name, task, learning, drawn: value.machine), context)
    case let value as VAEValue:
      let learning = try options.training.variationalLearning()
      try compare(BoundStudy(value.name, task, learning, drawn: value.model), context)
    default: Issue.record("no study of \(value.kind)")
    }
    return Outcome()
  }

  /// What an interrupted run left behind.
  private final class Kept: Sendable {
    let offers = Mutex<[(isEnd: Bool, tensors: [Tensor])]>([])
  }

  private func compare<S: Study>(_ study: S, _ context: Context) throws(Diagnostic)
  where S.Model: Equatable {
    do {
      for seed in 0..<study.task.seeds { try compare(study, seed, context) }
    } catch { throw Diagnostic("test", at: context.place, "\(error)") }
  }

  private func compare<S: Study>(_ study: S, _ seed: Int, _ context: Context) throws
  where S.Model: Equatable {
    func learned(
      from checkpoint: [Tensor]?, threads: Int
    ) throws -> (learned: Learned<S.Model>, offers: [(isEnd: Bool, tensors: [Tensor])]) {
      let kept = Kept()
      let run = StudyRun(
        stream: RandomStream(seed: 1, name: "stopped").substream(UInt64(seed)), threads: threads,
        kernels: .standard, updatesPerEpoch: study.updatesPerEpoch, updates: study.updates,
        progress: StudyProgress(study.task, in: context)
      ) { isEnd, tensors in
        let tensors = tensors()
        kept.offers.withLock { $0.append((isEnd, tensors)) }
      }
      let learned = try study.learned(draw: seed, run, from: checkpoint)
      return (learned, kept.offers.withLock { $0 })
    }
    let whole = try learned(from: nil, threads: 1)
    #expect(whole.offers.count >= 1 && whole.learned.trace.rows.count >= 1)
    #expect(whole.offers.map(\.isEnd) == whole.offers.indices.map { $0 == whole.offers.count - 1 })
    for (number, offer) in whole.offers.enumerated() {
      let file = TensorFile(tensors: offer.tensors).bytes
      let resumed = try learned(from: TensorFile(parsing: file).tensors, threads: 2)
      #expect(resumed.learned.model == whole.learned.model)
      #expect(resumed.learned.trace == whole.learned.trace)
      #expect(resumed.offers.map(\.tensors) == whole.offers[(number + 1)...].map(\.tensors))
    }
    // What is none, or of another kind, is as good as none.
    for tensors in [[], whole.offers[0].tensors.filter { $0.name != "updates" }] {
      let again = try learned(from: tensors, threads: 1)
      #expect(again.learned.trace == whole.learned.trace)
      #expect(again.offers.map(\.tensors) == whole.offers.map(\.tensors))
    }
  }
}
