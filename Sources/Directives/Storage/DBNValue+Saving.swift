internal import Boltzmann
internal import Notebooks

extension DBNValue: SavableModel {
  static let modelKinds = [DeepBeliefNet.modelKind]

  /// The shape of its images besides what the engine's net has.
  var record: ModelRecord {
    var fields = [
      "distribution":
        "p(v,x1,...,xL) = p(v|x1) ... p(x[L-2]|x[L-1]) p(x[L-1],xL), units 0 or 1: below "
        + "the top, unit j is on with probability sigmoid(biases[j] + sum_i x[i] weights[i,j]); at the "
        + "top exp(-E)/Z of an RBM, of whose last visible units, the label units, exactly one is on"
    ]
    if !imageKinds.isEmpty { fields["image-shape"] = imageShape?.field }
    return net.record.adding(fields)
  }

  init(_ record: ModelRecord, named name: String) throws(ModelFileError) {
    try record.checkFields(["layers", "label-units", "distribution", "image-shape"])
    let net = try DeepBeliefNet(record)
    guard net.labelCount <= LabelUnits.largestCount else {
      throw .tooMany("label units", net.labelCount, LabelUnits.largestCount)
    }
    self.init(
      name: name, net: net, imageShape: try record.imageShape(of: net.visibleCount),
      kernels: .standard)
  }

  var summary: String { "A deep belief net of \(net.sizes)." }
}

extension DeepBeliefNet {
  /// `64 visible units, layers of 40 and 30 hidden units, 10 label units at the top`.
  var sizes: String {
    let hidden = unitCounts.dropFirst().map(String.init)
    let labels = labelCount > 0 ? ", \(labelCount) label units at the top" : ""
    let layers =
      hidden.count == 1
      ? "\(hidden[0]) hidden units"
      : "layers of \(hidden.dropLast().joined(separator: ", ")) and \(hidden[hidden.count - 1]) "
        + "hidden units"
    return "\(visibleCount) visible units, \(layers)\(labels)"
  }
}
