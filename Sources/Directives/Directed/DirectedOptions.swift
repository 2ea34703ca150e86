internal import Boltzmann
internal import Notebooks

/// Options that say how models with a recognition net learn.
struct DirectedOptions: Sendable {
  enum Phase: String, CaseIterable, Sendable {
    case wake, sleep
  }

  static let phases = Option<[Phase]>.choices(
    "phases", "Helmholtz machines: which phases learn, wake, sleep or both.",
    default: Phase.allCases)
  static let all: [any AnyOption] = [phases]

  let phases: [Phase]

  init(_ arguments: inout Arguments) {
    phases = arguments.value(of: Self.phases)
  }
}

extension TrainingOptions {
  private static let ofBatches: [any AnyOption] = [batch, order, rate]

  /// How a Helmholtz machine learns.
  func wakeSleep(_ options: DirectedOptions) throws(Diagnostic) -> WakeSleep {
    try check(Self.ofBatches + DirectedOptions.all, to: HelmholtzMachine.kind)
    var learning = WakeSleep()
    learning.phases = []
    for phase in options.phases { learning.phases.insert(phase == .wake ? .wake : .sleep) }
    learning.batchSize = batch
    learning.shuffles = order == .shuffled
    learning.learningRate = rate
    return learning
  }

  /// How a variational autoencoder learns.
  func variationalLearning() throws(Diagnostic) -> VariationalLearning {
    try check(Self.ofBatches, to: VariationalAutoencoder.kind)
    var learning = VariationalLearning()
    learning.batchSize = batch
    learning.shuffles = order == .shuffled
    learning.learningRate = rate
    return learning
  }
}
