internal import Notebooks

/// A model that `{train}` can teach.
protocol LearningModel: Value {
  /// What is recorded unless something else is asked for.
  static var standardColumns: [TrainingColumn] { get }

  /// Learns what `task` says; options that belong to other models are mistakes.
  func learn(
    _ task: TrainingTask, _ options: LearningOptions, in context: Context
  ) throws(Diagnostic) -> Outcome
}

/// All options that say how a model learns, a group for each kind of model beside those of many.
struct LearningOptions: Sendable {
  static let all = TrainingOptions.all + PhaseOptions.all + DirectedOptions.all

  let training: TrainingOptions
  let phases: PhaseOptions
  let directed: DirectedOptions

  init(_ arguments: inout Arguments) {
    training = TrainingOptions(&arguments)
    phases = PhaseOptions(&arguments)
    directed = DirectedOptions(&arguments)
  }
}
