internal import Boltzmann
internal import Notebooks
internal import Numerals
internal import Plots

/// A restricted machine by itself, without how it was made: what a file holds of one.
struct RBMModel: RBMSource {
  let name: String
  let machine: RestrictedBoltzmannMachine
  /// The shape of its visible units as an image.
  let imageShape: Dataset.ImageShape?

  var kind: String { "an RBM" }
  var shown: RestrictedBoltzmannMachine { machine }
}

extension RBMModel: SavableModel {
  static let modelKinds = [RestrictedBoltzmannMachine.modelKind]

  /// What the parameters mean, for those who read the file elsewhere.
  private var energy: String {
    let visible =
      machine.visibleUnits == .binary
      ? "- sum_i visible_biases[i] v[i]" : "+ sum_i (v[i] - visible_biases[i])^2 / 2"
    return
      "E(v,h) = - sum_ij weights[i,j] v[i] h[j] \(visible) - sum_j hidden_biases[j] h[j]; "
      + "p(v,h) = exp(-E/T)/Z, learned at T = 1; hidden units are 0 or 1"
  }

  var record: ModelRecord {
    var fields = ["energy": energy]
    if let imageShape { fields["image-shape"] = imageShape.field }
    return machine.record.adding(fields)
  }

  init(_ record: ModelRecord, named name: String) throws(ModelFileError) {
    try record.checkFields(["visible-units", "energy", "image-shape"])
    let machine = try RestrictedBoltzmannMachine(record)
    self.init(
      name: name, machine: machine,
      imageShape: try record.imageShape(of: machine.visibleCount))
  }

  var summary: String {
    let units = machine.visibleUnits == .binary ? "visible" : "Gaussian visible"
    let norm = NumberFormat.significant(4).string(machine.weights.frobeniusNorm)
    return "An RBM of \(machine.visibleCount) \(units) and \(machine.hiddenCount) hidden units. "
      + "The norm of its weights is \(norm)."
  }
}

extension RBMValue: SavableValue {
  /// Those of the machine that the notebook shows.
  var fileBytes: [UInt8] { RBMModel(name: name, machine: shown, imageShape: nil).fileBytes }
}

extension RBMModel: ImageSource {
  var imageKinds: [ImageKind] {
    if imageShape == nil { return [] }
    return [.weights] + (machine.visibleUnits == .binary ? [.samples] : [])
  }

  var sweptWeights: Int { machine.visibleCount * machine.hiddenCount }

  func images(_ kind: ImageKind, _ request: ImageRequest) -> [RasterImage] {
    RBMImages(machine: machine, shape: imageShape, kernels: .standard).images(kind, request)
  }
}

extension RBMModel: LearningModel {
  static var standardColumns: [TrainingColumn] { RBMMonitor.standardColumns }

  /// Goes on from its parameters.
  func learn(
    _ task: TrainingTask, _ options: LearningOptions, in context: Context
  ) throws(Diagnostic) -> Outcome {
    try RBMValue(name: name, given: machine).learn(task, options, in: context)
  }
}
