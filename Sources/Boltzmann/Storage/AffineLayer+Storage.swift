extension AffineLayer {
  /// `weights` [input, output] and `biases`, in doubles.
  func tensors(_ prefix: String) -> [Tensor] {
    [
      Tensor(prefix + "weights", shape: [inputCount, outputCount], weights),
      Tensor(prefix + "biases", shape: [outputCount], biases),
    ]
  }

  /// What the tensors of a layer are called.
  static func tensorNames(_ prefix: String) -> [String] { [prefix + "weights", prefix + "biases"] }

  /// The layer of the tensors with a prefix, of so many units where that is known.
  init(
    _ record: ModelRecord, _ prefix: String, inputs: Int? = nil, outputs: Int? = nil
  ) throws(ModelFileError) {
    let shape = try record.shape(of: prefix + "weights", axes: 2)
    let (rows, columns) = (inputs ?? shape[0], outputs ?? shape[1])
    let weights = try record.doubles(prefix + "weights", shape: [rows, columns])
    let biases = try record.doubles(prefix + "biases", shape: [columns])
    do throws(ModelError) {
      try self.init(inputCount: rows, weights: weights, biases: biases)
    } catch { throw .model(error) }
  }
}
