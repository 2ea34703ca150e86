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

  var kind: String { "an RBM" }

  /// The machine with freshly drawn parameters, number `draw` of a study; nil is the one that the
  /// notebook shows.
  func machine(draw: Int? = nil) -> RestrictedBoltzmannMachine {
    RestrictedBoltzmannMachine(
      visibleCount: visibleCount, hiddenCount: hiddenCount, weights: weights,
      visibleBiases: visibleBiases, hiddenBiases: hiddenBiases, visibleUnits: units,
      stream: draw.map { stream.substream(UInt64($0)) } ?? stream)
  }
}

/// A value with one restricted machine to look at.
protocol RBMSource: Value {
  /// The machine: as drawn, or as learned.
  var shown: RestrictedBoltzmannMachine { get }
}

extension RBMValue: RBMSource {
  var shown: RestrictedBoltzmannMachine { machine() }
}

extension TrainedValue: RBMSource {
  var shown: RestrictedBoltzmannMachine { machine }
}

/// A machine that has learned, with the record of how.
struct TrainedValue: TableValue, FigureValue {
  let machine: RestrictedBoltzmannMachine
  let data: Dataset
  let table: Table
  let figures: [(name: String, value: Double)]
  let kernels: Kernels

  var kind: String { "a trained RBM" }
}
