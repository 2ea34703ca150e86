extension VariationalAutoencoder: StorableModel {
  /// `variational-autoencoder`.
  public static let modelKind = "variational-autoencoder"

  /// Tensors in doubles: `weights` [input, output] and `biases` of each part, `encoder.weights` and
  /// so on for `encoder`, `mean`, `log_variance`, `decoder`, `output`.
  public var record: ModelRecord {
    ModelRecord(
      kind: Self.modelKind, fields: [:],
      tensors: Part.allCases.flatMap { self[$0].tensors($0.prefix) })
  }

  /// The autoencoder of a record, whose fields are the caller's.
  public init(_ record: ModelRecord) throws(ModelFileError) {
    try record.check(
      kind: Self.modelKind,
      tensors: Set(Part.allCases.flatMap { AffineLayer.tensorNames($0.prefix) }),
      fields: Set(record.fields.keys))
    func layer(_ part: Part, _ inputs: Int?, _ outputs: Int?) throws(ModelFileError) -> AffineLayer
    {
      try AffineLayer(record, part.prefix, inputs: inputs, outputs: outputs)
    }
    let encoder = try layer(.encoder, nil, nil)
    let (visible, hidden) = (encoder.inputCount, encoder.outputCount)
    let mean = try layer(.mean, hidden, nil)
    let latent = mean.outputCount
    self.init(layers: [
      encoder, mean, try layer(.logVariance, hidden, latent), try layer(.decoder, latent, hidden),
      try layer(.output, hidden, visible),
    ])
  }
}

extension VariationalAutoencoder.Part {
  /// What the names of its tensors begin with.
  fileprivate var prefix: String {
    switch self {
    case .encoder: "encoder."
    case .mean: "mean."
    case .logVariance: "log_variance."
    case .decoder: "decoder."
    case .output: "output."
    }
  }
}
