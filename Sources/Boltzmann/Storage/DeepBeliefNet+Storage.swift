extension DeepBeliefNet: StorableModel {
  /// `deep-belief-net`.
  public static let modelKind = "deep-belief-net"

  /// Tensors in singles. Of layer k = 1, 2, … below the top machine, between x^{k−1} and x^k:
  /// `recognition.k.weights` [k − 1, k], `recognition.k.biases`, `generative.k.weights` [k, k − 1],
  /// `generative.k.biases`; of the top machine `top.weights` [visible, hidden],
  /// `top.visible_biases`, `top.hidden_biases`. The field `layers` counts the layers below the top
  /// machine, `label-units` the label units.
  public var record: ModelRecord {
    let below = zip(1..., layers).flatMap { number, layer in
      layer.up.tensors("recognition.\(number).") + layer.down.tensors("generative.\(number).")
    }
    return ModelRecord(
      kind: Self.modelKind, fields: ["layers": "\(layers.count)", "label-units": "\(labelCount)"],
      tensors: below + top.tensors("top."))
  }

  /// The net of a record, whose other fields are the caller's.
  public init(_ record: ModelRecord) throws(ModelFileError) {
    try record.check(kind: Self.modelKind)
    let numbers = Array(1..<(try record.layerCount("layers")) + 1)
    let below = numbers.flatMap { number in
      ["recognition.\(number).", "generative.\(number)."].flatMap { SigmoidLayer.tensorNames($0) }
    }
    try record.check(
      kind: Self.modelKind,
      tensors: Set(below + RestrictedBoltzmannMachine.tensorNames("top.")),
      fields: Set(record.fields.keys))
    var layers: [Layer] = []
    for number in numbers {
      let up = try SigmoidLayer(
        record, "recognition.\(number).", inputs: layers.last?.up.outputCount)
      let down = try SigmoidLayer(
        record, "generative.\(number).", inputs: up.outputCount, outputs: up.inputCount)
      layers.append(Layer(up: up, down: down))
    }
    let labelCount = try record.count("label-units")
    guard labelCount < (try record.shape(of: "top.weights", axes: 2)[0]) else {
      throw .field("label-units", "\(labelCount)")
    }
    top = try RestrictedBoltzmannMachine(
      record, "top.", visibleCount: layers.last.map { $0.up.outputCount + labelCount },
      visibleUnits: .binary)
    (self.layers, self.labelCount) = (layers, labelCount)
  }
}

extension SigmoidLayer {
  fileprivate func tensors(_ prefix: String) -> [Tensor] {
    [
      Tensor(prefix + "weights", weights),
      Tensor(prefix + "biases", shape: [outputCount], biases),
    ]
  }

  fileprivate static func tensorNames(_ prefix: String) -> [String] {
    [prefix + "weights", prefix + "biases"]
  }

  /// The layer of the tensors with a prefix, of so many units where that is known.
  fileprivate init(
    _ record: ModelRecord, _ prefix: String, inputs: Int?, outputs: Int? = nil
  ) throws(ModelFileError) {
    let shape = try record.shape(of: prefix + "weights", axes: 2)
    let (rows, columns) = (inputs ?? shape[0], outputs ?? shape[1])
    self.init(
      weights: try record.matrix(prefix + "weights", rows: rows, columns: columns),
      biases: try record.floats(prefix + "biases", shape: [columns]))
  }
}
