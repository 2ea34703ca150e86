internal import Boltzmann
internal import Notebooks
internal import Plots

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

extension TrainedValue: ImageSource {
  var imageKinds: [ImageKind] { data.imageShape == nil ? [] : [.weights, .reconstructions, .data] }

  func images(_ kind: ImageKind, limit: Int) -> [RasterImage] {
    guard let shape = data.imageShape else { return [] }
    func image(_ label: String, _ values: [Double]) -> RasterImage {
      RasterImage(label: label, height: shape.height, width: shape.width, values: values)
    }
    switch kind {
    case .data: return DatasetValue(name: "", dataset: data).images(.data, limit: limit)
    case .weights:
      return (0..<min(limit, machine.hiddenCount)).map { unit in
        image(
          "h\(unit + 1)", (0..<machine.visibleCount).map { Double(machine.weights[$0, unit]) })
      }
    case .reconstructions:
      let rows = data.first(limit)
      let hidden = machine.hiddenProbabilities(given: VisibleData(rows), kernels: kernels)
      let visible = machine.visibleMeans(given: hidden, kernels: kernels)
      return (0..<rows.count).map { image("\($0 + 1)", visible.row($0).map(Double.init)) }
    }
  }
}
