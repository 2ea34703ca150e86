internal import Boltzmann
internal import Plots

/// What a restricted machine looks for, and what it makes up, as images.
struct RBMImages {
  let machine: RestrictedBoltzmannMachine
  /// The shape of the visible units; without one there are no images.
  let shape: Dataset.ImageShape?
  let kernels: Kernels

  /// Its weights or samples; of other kinds it knows nothing.
  func images(_ kind: ImageKind, _ request: ImageRequest) -> [RasterImage] {
    switch kind {
    case .weights:
      (0..<min(request.limit, machine.hiddenCount)).compactMap { unit in
        image("h\(unit + 1)", (0..<machine.visibleCount).map { machine.weights[$0, unit] })
      }
    case .samples: images(given: samples(request))
    case .data, .reconstructions, .plane: []
    }
  }

  /// The visible units' means given hidden ones, an image for each row.
  func images(given hidden: Matrix) -> [RasterImage] {
    let visible = machine.visibleMeans(given: hidden, kernels: kernels)
    return (0..<visible.rowCount).compactMap { image("\($0 + 1)", Array(visible.row($0))) }
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

  private func image(_ label: String, _ values: [Float]) -> RasterImage? {
    shape.map {
      RasterImage(
        label: label, height: $0.height, width: $0.width, values: values.map(Double.init))
    }
  }
}
