internal import Boltzmann
internal import Plots

extension DBNValue: ImageSource {
  var imageKinds: [ImageKind] {
    guard let shape = imageShape, shape.height * shape.width == net.visibleCount else { return [] }
    return [.samples, .weights]
  }

  var sweptWeights: Int { net.top.visibleCount * net.top.hiddenCount }
  var labelCount: Int { net.labelCount }
  var layerCount: Int { net.layers.count + 1 }

  func images(_ kind: ImageKind, _ request: ImageRequest) -> [RasterImage] {
    switch kind {
    case .samples:
      if request.labels.isEmpty { return samples(request, label: nil, request.stream) }
      return request.labels.flatMap { label in
        samples(request, label: label, request.stream.substream(UInt64(label)))
      }
    case .weights:
      let features = net.features(ofLayer: request.layer ?? layerCount)
      return (0..<min(request.limit, features.rowCount)).compactMap { unit in
        image("h\(unit + 1)", features.row(unit))
      }
    case .data, .reconstructions, .plane: return []
    }
  }

  private func samples(
    _ request: ImageRequest, label: Int?, _ stream: RandomStream
  ) -> [RasterImage] {
    let fantasies = net.fantasies(
      request.limit, sweeps: request.sweeps, label: label, stream: stream,
      threads: request.threads, kernels: kernels)
    return (0..<request.limit).compactMap { row in
      let label = fantasies.labels.isEmpty ? "" : " (\(fantasies.labels[row]))"
      return image("\(row + 1)\(label)", fantasies.visible.row(row))
    }
  }

  private func image(_ label: String, _ values: [Float]) -> RasterImage? {
    imageShape.map {
      RasterImage(
        label: label, height: $0.height, width: $0.width, values: values.map(Double.init))
    }
  }
}
