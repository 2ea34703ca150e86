internal import Boltzmann
internal import Notebooks

extension HelmholtzValue: SavableModel {
  static let modelKinds = [HelmholtzMachine.modelKind]

  /// The shape of its images besides what the engine's machine has; not the data it learned from.
  var record: ModelRecord {
    var fields = [
      "distribution":
        "units 0 or 1, layer 0 visible; unit j is on with probability sigmoid(biases[j] "
        + "+ sum_i x[i] weights[i,j]): p draws the top layer from top.biases and each layer k - 1 "
        + "from layer k by generative.k, q each layer k from layer k - 1 by recognition.k"
    ]
    if let imageShape { fields["image-shape"] = imageShape.field }
    return machine(nil).record.adding(fields)
  }

  init(_ record: ModelRecord, named name: String) throws(ModelFileError) {
    try record.checkFields(["layers", "distribution", "image-shape"])
    let machine = try HelmholtzMachine(record)
    self.init(
      name: name, imageShape: try record.imageShape(of: machine.visibleCount)
    ) { _ in machine }
  }

  var summary: String { "A Helmholtz machine of \(machine(nil).sizes)." }
}

extension HelmholtzMachine {
  /// `16 visible and 8 and 1 hidden units, 321 weights and biases of both nets`.
  var sizes: String {
    let hidden = layerSizes.dropFirst().map(String.init).joined(separator: " and ")
    return
      "\(visibleCount) visible and \(hidden) hidden units, \(parameterCount) weights and biases "
      + "of both nets"
  }
}
