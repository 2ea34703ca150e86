/// Where training stands between two updates: all that decides how it goes on.
///
/// Random numbers are a function of the update, so that its number is all of their state. Training
/// that goes on from a checkpoint gives the bits that it would have given without a break, on any
/// number of threads and with any kernels.
public struct TrainingCheckpoint: Sendable, Hashable {
  /// Its content by name, for a file.
  public let tensors: [Tensor]

  /// A checkpoint from its content, or from that and more; whether it fits is seen when training
  /// begins.
  public init(tensors: [Tensor]) { self.tensors = tensors }

  /// The state after so many updates.
  init(updates: Int, _ state: [Tensor]) {
    tensors = [Tensor("updates", shape: [1], [updates])] + state
  }

  /// The updates done; nil if the content is no checkpoint.
  public var updates: Int? {
    guard let updates = self["updates"]?.integers, updates.count == 1, updates[0] >= 0 else {
      return nil
    }
    return updates[0]
  }

  subscript(name: String) -> Tensor? { tensors.first { $0.name == name } }
}

/// Reads the tensors of a checkpoint; throws where one does not fit the run that it should.
struct CheckpointReader {
  let checkpoint: TrainingCheckpoint

  /// The updates done, of so many.
  func updates(of total: Int) throws(TrainingError) -> Int {
    guard let updates = checkpoint.updates, updates <= total else { throw .badCheckpoint }
    return updates
  }

  func floats(_ name: String, _ shape: [Int]) throws(TrainingError) -> [Float] {
    try values(name, shape) { $0.floats }
  }

  func doubles(_ name: String, _ shape: [Int]) throws(TrainingError) -> [Double] {
    try values(name, shape) { $0.doubles }
  }

  func integers(_ name: String, _ shape: [Int]) throws(TrainingError) -> [Int] {
    try values(name, shape) { $0.integers }
  }

  func bytes(_ name: String, _ shape: [Int]) throws(TrainingError) -> [UInt8] {
    try values(name, shape) { $0.element == .uint8 ? Array($0.bytes) : nil }
  }

  private func values<Value>(
    _ name: String, _ shape: [Int], _ stored: (Tensor) -> [Value]?
  ) throws(TrainingError) -> [Value] {
    guard let tensor = checkpoint[name], tensor.shape == shape, let values = stored(tensor) else {
      throw .badCheckpoint
    }
    return values
  }

  /// Fills layers of Doubles, which are finite.
  func fill(_ layers: inout [AffineLayer], _ name: String) throws(TrainingError) {
    var left = try doubles(name, [layers.reduce(0) { $0 + $1.parameterCount }])[...]
    guard left.allSatisfy(\.isFinite) else { throw .badCheckpoint }
    for layer in layers.indices {
      let count = layers[layer].parameterCount
      layers[layer].parameters = Array(left.prefix(count))
      left = left.dropFirst(count)
    }
  }

  /// Fills rows, without their padding.
  func fill(_ rows: FloatRows, _ name: String) throws(TrainingError) {
    let values = try floats(name, [rows.rows, rows.columns])
    for row in 0..<rows.rows {
      rows.setRow(row, to: values[row * rows.columns..<(row + 1) * rows.columns])
    }
  }

  /// Fills packed rows; bits beyond the last column are refused.
  func fill(_ rows: BitRows, _ name: String) throws(TrainingError) {
    let bytes = try bytes(name, [rows.rows, 8 * rows.stride])
    for row in 0..<rows.rows {
      let first = row * 8 * rows.stride
      for column in 0..<rows.columns {
        rows[row, column] = bytes[first + column / 8] >> UInt8(column % 8) & 1 == 1
      }
      let extra = (rows.columns..<64 * rows.stride).contains {
        bytes[first + $0 / 8] >> UInt8($0 % 8) & 1 == 1
      }
      if extra { throw .badCheckpoint }
    }
  }
}

extension Tensor {
  /// All parameters of some layers.
  init(_ name: String, _ layers: [AffineLayer]) {
    let values = layers.flatMap(\.parameters)
    self.init(name, shape: [values.count], values)
  }

  /// Rows without their padding.
  init(_ name: String, _ rows: FloatRows) {
    self.init(
      name, shape: [rows.rows, rows.columns], (0..<rows.rows).flatMap { rows.row($0) })
  }

  /// Packed rows, each in whole words.
  init(_ name: String, _ rows: BitRows) {
    let bytes = (0..<rows.rows).flatMap { row in
      rows.words(row).flatMap { word in
        (0..<8).map { UInt8(truncatingIfNeeded: word >> UInt64(8 * $0)) }
      }
    }
    self.init(name, shape: [rows.rows, 8 * rows.stride], bytes)
  }
}
