extension HelmholtzMachine: StorableModel {
  /// `helmholtz-machine`.
  public static let modelKind = "helmholtz-machine"

  /// Tensors in doubles. Between the layers k − 1 and k, the visible one being 0:
  /// `generative.k.weights` [k, k − 1], `generative.k.biases`, `recognition.k.weights` [k − 1, k],
  /// `recognition.k.biases`; of the top layer `top.biases`. The field `layers` counts the hidden
  /// layers.
  public var record: ModelRecord {
    let between = zip(1..., zip(generative, recognition)).flatMap { number, pair in
      pair.0.tensors("generative.\(number).") + pair.1.tensors("recognition.\(number).")
    }
    let top = generative[generative.count - 1]
    return ModelRecord(
      kind: Self.modelKind, fields: ["layers": "\(recognition.count)"],
      tensors: between + [Tensor("top.biases", shape: [top.outputCount], top.biases)])
  }

  /// The machine of a record, whose other fields are the caller's.
  public init(_ record: ModelRecord) throws(ModelFileError) {
    try record.check(kind: Self.modelKind)
    let count = try record.layerCount("layers")
    guard count >= 1 else { throw .field("layers", "\(count)") }
    let between = (1...count).flatMap { number in
      ["generative.\(number).", "recognition.\(number)."].flatMap { AffineLayer.tensorNames($0) }
    }
    try record.check(
      kind: Self.modelKind, tensors: Set(between + ["top.biases"]),
      fields: Set(record.fields.keys))
    var (generative, recognition): ([AffineLayer], [AffineLayer]) = ([], [])
    for number in 1...count {
      let up = try AffineLayer(
        record, "recognition.\(number).", inputs: recognition.last?.outputCount)
      generative.append(
        try AffineLayer(
          record, "generative.\(number).", inputs: up.outputCount, outputs: up.inputCount))
      recognition.append(up)
    }
    let top = recognition[count - 1].outputCount
    let biases = try record.doubles("top.biases", shape: [top])
    do throws(ModelError) {
      generative.append(try AffineLayer(inputCount: 0, weights: [], biases: biases))
    } catch { throw .model(error) }
    self.init(generative: generative, recognition: recognition)
  }
}
