internal import Boltzmann
internal import Notebooks

extension VAEValue: SavableModel {
  static let modelKinds = [VariationalAutoencoder.modelKind]

  /// The shape of its images besides what the engine's model has; not the data it learned from.
  var record: ModelRecord {
    var fields = [
      "distribution": "z is N(0, 1); v[i] is 1 with probability sigmoid(f[i]), f = output(tanh( "
        + "decoder(z))); q(z|v) is N(m, exp(l)), m = mean(h), l = log_variance(h), h = "
        + "tanh(encoder(v)); each layer is x -> biases + x weights"
    ]
    if let imageShape { fields["image-shape"] = imageShape.field }
    return model(nil).record.adding(fields)
  }

  init(_ record: ModelRecord, named name: String) throws(ModelFileError) {
    try record.checkFields(["distribution", "image-shape"])
    let model = try VariationalAutoencoder(record)
    self.init(name: name, imageShape: try record.imageShape(of: model.visibleCount)) { _ in model }
  }

  var summary: String { "A variational autoencoder of \(model(nil).sizes)." }
}

extension VariationalAutoencoder {
  /// `16 visible units, 2 latent ones, 8 hidden ones each way: 332 weights and biases`.
  var sizes: String {
    "\(visibleCount) visible units, \(latentCount) latent \(latentCount == 1 ? "one" : "ones"), "
      + "\(hiddenCount) hidden ones each way: \(parameterCount) weights and biases"
  }
}
