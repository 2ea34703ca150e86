internal import Boltzmann
internal import Notebooks
internal import Plots

/// A Helmholtz machine: as its parameters are drawn, or as it has learned.
struct HelmholtzValue: Value {
  let name: String
  /// What it has learned from.
  var data: Dataset?
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
      HelmholtzValue(name: name, data: task.data) { _ in machine }
    }
  }
}

extension HelmholtzValue: ImageSource {
  var imageKinds: [ImageKind] {
    data?.imageShape == nil ? [] : [.weights, .reconstructions, .samples, .data]
  }

  func images(_ kind: ImageKind, _ request: ImageRequest) -> [RasterImage] {
    guard let data else { return [] }
    let machine = machine(nil)
    switch kind {
    case .data: return DatasetValue(name: "", dataset: data).images(.data, request)
    case .weights:
      let layer = machine.generative[0]
      return data.images(
        (0..<min(request.limit, layer.inputCount)).map { unit in
          (
            "h\(unit + 1)",
            Array(layer.weights[unit * layer.outputCount..<(unit + 1) * layer.outputCount])
          )
        })
    case .reconstructions:
      return data.images(
        (0..<min(request.limit, data.count)).map { row in
          let hidden = machine.recognisedProbabilities(given: Array(data[row]))
          return ("\(row + 1)", machine.visibleProbabilities(given: hidden))
        })
    case .samples:
      return data.images(
        machine.fantasies(request.limit, stream: request.stream).enumerated().map {
          ("\($0 + 1)", $1)
        })
    case .plane: return []
    }
  }
}

extension Dataset {
  /// Values as images of this shape, each with its label; none where the data have no shape.
  func images(_ images: [(label: String, values: [Double])]) -> [RasterImage] {
    guard let shape = imageShape else { return [] }
    return images.map {
      RasterImage(label: $0.label, height: shape.height, width: shape.width, values: $0.values)
    }
  }
}
