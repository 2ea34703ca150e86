internal import Boltzmann
internal import Notebooks
internal import Plots

/// A Helmholtz machine: as its parameters are drawn, or as it has learned.
struct HelmholtzValue: Value {
  let name: String
  /// What it has learned from.
  var data: Dataset?
  /// The shape of its visible units as an image, if they have one.
  var imageShape: Dataset.ImageShape?
  /// The machine with freshly drawn parameters, number `draw` of a study; nil is the one shown.
  let machine: @Sendable (_ draw: Int?) -> HelmholtzMachine

  var kind: String { HelmholtzMachine.kind }
}

extension HelmholtzValue: LearningModel {
  static var standardColumns: [TrainingColumn] { BoundMonitor.standardColumns }

  func learn(
    _ task: TrainingTask, _ options: LearningOptions, in context: Context
  ) throws(Diagnostic) -> Outcome {
    let learning = try options.training.wakeSleep(options.directed)
    return try BoundStudy(name, task, learning, drawn: machine).run(in: context) { machine in
      HelmholtzValue(name: name, data: task.data, imageShape: task.data.imageShape) { _ in
        machine
      }
    }
  }
}

extension HelmholtzValue: ImageSource {
  var imageKinds: [ImageKind] {
    if imageShape == nil { return [] }
    return data == nil ? [.weights, .samples] : [.weights, .reconstructions, .samples, .data]
  }

  func images(_ kind: ImageKind, _ request: ImageRequest) -> [RasterImage] {
    guard let imageShape else { return [] }
    let machine = machine(nil)
    switch kind {
    case .data: return data.map { DatasetValue(name: "", dataset: $0).images(.data, request) } ?? []
    case .weights: return imageShape.images(ofWeights: machine.generative[0], request.limit)
    case .reconstructions:
      return imageShape.images(
        data?.firstRows(request.limit).map { row in
          machine.visibleProbabilities(given: machine.recognisedProbabilities(given: row))
        } ?? [])
    case .samples:
      return imageShape.images(machine.fantasies(request.limit, stream: request.stream))
    case .plane: return []
    }
  }
}

extension Dataset {
  /// The rows, at most so many.
  func firstRows(_ limit: Int) -> [[Double]] {
    (0..<min(limit, count)).map { Array(self[$0]) }
  }
}

extension Dataset.ImageShape {
  /// Values as images of this shape, numbered from 1 on.
  func images(_ rows: [[Double]]) -> [RasterImage] {
    rows.enumerated().map { image("\($0 + 1)", $1) }
  }

  /// What the units of a layer switch on in the units below, of at most so many.
  func images(ofWeights layer: AffineLayer, _ limit: Int) -> [RasterImage] {
    let count = layer.outputCount
    return (0..<min(limit, layer.inputCount)).map { unit in
      image("h\(unit + 1)", Array(layer.weights[unit * count..<(unit + 1) * count]))
    }
  }

  private func image(_ label: String, _ values: [Double]) -> RasterImage {
    RasterImage(label: label, height: height, width: width, values: values)
  }
}
