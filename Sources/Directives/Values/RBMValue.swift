internal import Boltzmann
internal import Notebooks

/// A restricted Boltzmann machine before learning: its size and how its parameters are drawn.
struct RBMValue: Value {
  let name: String
  let visibleCount: Int
  let hiddenCount: Int
  let units: VisibleUnits
  let weights: ParameterDistribution
  let visibleBiases: ParameterDistribution
  let hiddenBiases: ParameterDistribution
  /// What the parameters are drawn from.
  let stream: RandomStream
  /// Parameters that are given and not drawn.
  var given: RestrictedBoltzmannMachine?

  var kind: String { "an RBM" }

  /// The machine with freshly drawn parameters, number `draw` of a study; nil is the one that the
  /// notebook shows.
  func machine(draw: Int? = nil) -> RestrictedBoltzmannMachine {
    given
      ?? RestrictedBoltzmannMachine(
        visibleCount: visibleCount, hiddenCount: hiddenCount, weights: weights,
        visibleBiases: visibleBiases, hiddenBiases: hiddenBiases, visibleUnits: units,
        stream: draw.map { stream.substream(UInt64($0)) } ?? stream)
  }
}

extension RBMValue {
  /// An RBM that starts as a machine is.
  init(name: String, given machine: RestrictedBoltzmannMachine) {
    self.init(
      name: name, visibleCount: machine.visibleCount, hiddenCount: machine.hiddenCount,
      units: machine.visibleUnits, weights: .constant(0), visibleBiases: .constant(0),
      hiddenBiases: .constant(0), stream: RandomStream(key: 0), given: machine)
  }
}

/// A value with one restricted machine to look at.
protocol RBMSource: QueryableValue {
  /// The machine: as drawn, or as learned.
  var shown: RestrictedBoltzmannMachine { get }
  /// The shape of its visible units as an image, if they have one.
  var imageShape: Dataset.ImageShape? { get }
}

extension RBMValue: RBMSource {
  var shown: RestrictedBoltzmannMachine { machine() }
  var imageShape: Dataset.ImageShape? { nil }
}

extension TrainedValue: RBMSource {
  var shown: RestrictedBoltzmannMachine { machine }
  var imageShape: Dataset.ImageShape? { data.imageShape }
}

/// A machine that has learned, with the record of how.
struct TrainedValue: TableValue, FigureValue, CompositeValue {
  let machine: RestrictedBoltzmannMachine
  let data: Dataset
  let table: Table
  let figures: [(name: String, value: Double)]
  let kernels: Kernels

  var kind: String { "a trained RBM" }
  var core: any Value { RBMModel(name: "", machine: machine, imageShape: imageShape) }
}
