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
    switch kind {
    case .data: return DatasetValue(name: "", dataset: data).images(.data, request)
    case .weights:
      return (0..<min(request.limit, machine.hiddenCount)).compactMap { unit in
        image("h\(unit + 1)", (0..<machine.visibleCount).map { machine.weights[$0, unit] })
      }
    case .reconstructions:
      let rows = VisibleData(data.first(request.limit))
      return images(given: machine.hiddenProbabilities(given: rows, kernels: kernels))
    case .samples: return images(given: samples(request))
    case .plane: return []
    }
  }

  /// The hidden units at the end of chains that start at random.
  private func samples(_ request: ImageRequest) -> Matrix {
    let record = BlockGibbs(machine).run(
      chains: request.limit, schedule: Schedule(warmUp: request.sweeps, sweeps: 0),
      stream: request.stream, threads: request.threads, kernels: kernels)
    return Matrix(rows: request.limit, columns: machine.hiddenCount) { chain, unit in
      record.lastStates[chain][machine.visibleCount + unit] ? 1 : 0
    }
  }

  private func images(given hidden: Matrix) -> [RasterImage] {
    let visible = machine.visibleMeans(given: hidden, kernels: kernels)
    return (0..<visible.rowCount).compactMap { image("\($0 + 1)", Array(visible.row($0))) }
  }

  private func image(_ label: String, _ values: [Float]) -> RasterImage? {
    data.imageShape.map {
      RasterImage(
        label: label, height: $0.height, width: $0.width, values: values.map(Double.init))
    }
  }
}
