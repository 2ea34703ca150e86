internal import Boltzmann
internal import Notebooks
internal import Plots

/// A variational autoencoder: as its parameters are drawn, or as it has learned.
struct VAEValue: Value {
  let name: String
  /// What it has learned from.
  var data: Dataset?
  /// The shape of its visible units as an image, if they have one.
  var imageShape: Dataset.ImageShape?
  /// The model with freshly drawn parameters, number `draw` of a study; nil is the one shown.
  let model: @Sendable (_ draw: Int?) -> VariationalAutoencoder

  var kind: String { VariationalAutoencoder.kind }
}

extension VAEValue: LearningModel {
  static var standardColumns: [TrainingColumn] { BoundMonitor.standardColumns }

  func learn(
    _ task: TrainingTask, _ options: LearningOptions, in context: Context
  ) throws(Diagnostic) -> Outcome {
    let learning = try options.training.variationalLearning()
    return try BoundStudy(name, task, learning, drawn: model).run(in: context) { model in
      VAEValue(name: name, data: task.data, imageShape: task.data.imageShape) { _ in model }
    }
  }
}

extension VAEValue: ImageSource {
  var imageKinds: [ImageKind] {
    guard imageShape != nil else { return [] }
    let plane: [ImageKind] = model(nil).latentCount <= 2 ? [.plane] : []
    let own = [.samples] + plane + [.weights]
    return data == nil ? own : [.reconstructions] + own + [.data]
  }

  func images(_ kind: ImageKind, _ request: ImageRequest) -> [RasterImage] {
    guard let imageShape else { return [] }
    let model = model(nil)
    switch kind {
    case .data: return data.map { DatasetValue(name: "", dataset: $0).images(.data, request) } ?? []
    case .weights: return imageShape.images(ofWeights: model[.output], request.limit)
    case .reconstructions:
      return imageShape.images(
        data?.firstRows(request.limit).map { row in
          model.visibleProbabilities(given: model.encoded(row).mean)
        } ?? [])
    case .samples:
      return imageShape.images(
        (0..<request.limit).map { number in
          model.visibleProbabilities(
            given: (0..<model.latentCount).map {
              request.stream.normal(.noise, step: 0, chain: number, unit: $0)
            })
        })
    case .plane: return [LatentPlane(model, imageShape, limit: request.limit).image]
    }
  }
}

/// What is generated all over the latent plane, side by side in one large image.
private struct LatentPlane {
  let image: RasterImage

  /// As many images as fit the limit: a square of them for two latent units, a row for one.
  ///
  /// Their codes cut the normal distribution into equally probable parts, the first unit growing to
  /// the right, the second upwards.
  init(_ model: VariationalAutoencoder, _ shape: Dataset.ImageShape, limit: Int) {
    var side = limit
    if model.latentCount == 2 { while side * side > limit { side -= 1 } }
    let rows = model.latentCount == 2 ? side : 1
    let codes = (0..<side).map { Self.quantile((Double($0) + 0.5) / Double(side)) }
    let width = side * shape.width
    var values = [Double](repeating: 0, count: rows * shape.height * width)
    for row in 0..<rows {
      for column in 0..<side {
        let code =
          model.latentCount == 2 ? [codes[column], codes[rows - 1 - row]] : [codes[column]]
        for (pixel, value) in model.visibleProbabilities(given: code).enumerated() {
          let y = row * shape.height + pixel / shape.width
          values[y * width + column * shape.width + pixel % shape.width] = value
        }
      }
    }
    image = RasterImage(
      label: model.latentCount == 2 ? "z1 to the right, z2 upwards" : "z1 to the right",
      height: rows * shape.height, width: width, values: values)
  }

  /// Φ⁻¹(p).
  private static func quantile(_ p: Double) -> Double {
    p <= 0.5
      ? inverseNormalDistribution(lowerTail: p) : 0 - inverseNormalDistribution(lowerTail: 1 - p)
  }
}
