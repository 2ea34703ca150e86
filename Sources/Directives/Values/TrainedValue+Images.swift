internal import Boltzmann
internal import Plots

extension TrainedValue: ImageSource {
  var imageKinds: [ImageKind] {
    guard data.imageShape != nil else { return [] }
    let samples: [ImageKind] = machine.visibleUnits == .binary ? [.samples] : []
    return [.weights, .reconstructions] + samples + [.data]
  }

  var sweptWeights: Int { machine.visibleCount * machine.hiddenCount }

  func images(_ kind: ImageKind, _ request: ImageRequest) -> [RasterImage] {
    let own = RBMImages(machine: machine, shape: data.imageShape, kernels: kernels)
    switch kind {
    case .data: return DatasetValue(name: "", dataset: data).images(.data, request)
    case .reconstructions:
      let rows = VisibleData(data.first(request.limit))
      return own.images(given: machine.hiddenProbabilities(given: rows, kernels: kernels))
    case .weights, .samples, .plane: return own.images(kind, request)
    }
  }
}
