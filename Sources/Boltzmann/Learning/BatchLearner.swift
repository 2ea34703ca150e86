/// What learns from one batch after the other: the parameters, and what an update makes of them.
protocol BatchLearner {
  associatedtype Model

  /// The model as it is now; nil where a parameter is not finite.
  var model: Model? { get }

  /// Learns from the samples listed; updates and epochs count from 0.
  mutating func update(_ number: Int, epoch: Int, _ samples: ArraySlice<Int>) throws(TrainingError)

  /// What goes on from update to update besides the random numbers, whose place tells them.
  var stateTensors: [Tensor] { get }

  /// Takes a checkpoint's state over.
  mutating func restore(_ reader: CheckpointReader) throws(TrainingError)
}
