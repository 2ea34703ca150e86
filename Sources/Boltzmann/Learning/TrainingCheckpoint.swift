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

  func floats(_ name: String, _ shape: [Int]) throws(TrainingError) -> [Float] {
    guard let tensor = checkpoint[name], tensor.shape == shape, let values = tensor.floats else {
      throw .badCheckpoint
    }
    return values
  }

  func doubles(_ name: String, _ shape: [Int]) throws(TrainingError) -> [Double] {
    guard let tensor = checkpoint[name], tensor.shape == shape, let values = tensor.doubles else {
      throw .badCheckpoint
    }
    return values
  }

  func bytes(_ name: String, _ shape: [Int]) throws(TrainingError) -> [UInt8] {
    guard let tensor = checkpoint[name], tensor.shape == shape, tensor.element == .uint8 else {
      throw .badCheckpoint
    }
    return Array(tensor.bytes)
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
