internal import Crypto

/// A model as a file holds it: of what kind it is, its tensors, and words about it.
///
/// In the file's metadata each field has the prefix `harmonium.`, and `harmonium.checksum` is the
/// SHA-256 of everything else, so that no changed byte that means anything is taken for the model.
/// Nothing in a record changes by itself: the same model gives the same bytes.
public struct ModelRecord: Sendable, Hashable {
  /// The kind of model: `restricted-boltzmann-machine`, …
  public let kind: String
  /// Words by name: the names of units, the shape of images.
  public let fields: [String: String]
  /// The parameters.
  public let tensors: [Tensor]

  /// The version of what the fields and tensors of all kinds mean.
  static let format = "1"
  private static let prefix = "harmonium."
  private static let reserved = ["format", "model", "checksum"]

  /// Fields with names other than `format`, `model` and `checksum`.
  public init(kind: String, fields: [String: String], tensors: [Tensor]) {
    precondition(
      Self.reserved.allSatisfy { fields[$0] == nil }, "A field has a name of its own.")
    (self.kind, self.fields, self.tensors) = (kind, fields, tensors)
  }

  /// The bytes of its file.
  public var bytes: [UInt8] {
    var metadata = [Self.prefix + "format": Self.format, Self.prefix + "model": kind]
    for (name, value) in fields { metadata[Self.prefix + name] = value }
    var file = TensorFile(metadata: metadata, tensors: tensors)
    file.metadata[Self.prefix + "checksum"] = Self.checksum(of: file)
    return file.bytes
  }

  /// Reads a file: one of ours, whole, or one from another program with the parameters of a
  /// restricted machine under names that leave no doubt.
  ///
  /// Of other programs these are taken: `weights`, `visible_biases`, `hidden_biases` with weights
  /// [visible, hidden]; `W`, `v_bias`, `h_bias` where the biases tell which axis of W is which; and
  /// scikit-learn's `components_` [hidden, visible], `intercept_visible_`, `intercept_hidden_`. All
  /// are `F32`, or all `F64` and then rounded; the visible units are taken as binary.
  public init(parsing bytes: [UInt8]) throws(ModelFileError) {
    let file: TensorFile
    do throws(TensorFileError) { file = try TensorFile(parsing: bytes) } catch {
      throw .file(error)
    }
    guard file.metadata.keys.contains(where: { $0.hasPrefix(Self.prefix) }) else {
      self = try ModelRecord(foreign: file)
      return
    }
    var fields: [String: String] = [:]
    for (key, value) in file.metadata where key.hasPrefix(Self.prefix) {
      fields[String(key.dropFirst(Self.prefix.count))] = value
    }
    var values: [String] = []
    for name in Self.reserved {
      guard let value = fields.removeValue(forKey: name) else { throw .missingField(name) }
      values.append(value)
    }
    guard values[0] == Self.format else { throw .format(values[0]) }
    guard values[2] == Self.checksum(of: file) else { throw .checksum }
    (kind, self.fields, tensors) = (values[1], fields, file.tensors)
  }

  /// SHA-256 over the metadata, without the checksum, and the tensors, each in the order of their
  /// names; every part has its length before it.
  private static func checksum(of file: TensorFile) -> String {
    var hash = SHA256()
    func add(_ bytes: ArraySlice<UInt8>) {
      hash.update(data: Array("\(bytes.count):".utf8))
      hash.update(data: bytes)
    }
    func add(_ text: String) { add(Array(text.utf8)[...]) }
    for (key, value) in file.sortedMetadata where key != prefix + "checksum" {
      add(key)
      add(value)
    }
    hash.update(data: Array("tensors".utf8))
    let sorted = file.tensors.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    for tensor in sorted {
      add(tensor.name)
      add("\(tensor.element.rawValue) \(tensor.shape)")
      add(tensor.bytes)
    }
    let digits = Array("0123456789abcdef".utf8)
    return String(
      decoding: hash.finalize().flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] },
      as: UTF8.self)
  }
}

/// A model that a file can hold.
public protocol StorableModel: Sendable {
  /// What its records are called: `restricted-boltzmann-machine`.
  static var modelKind: String { get }
  /// The model as a record.
  var record: ModelRecord { get }
  /// The model of a record of its kind; throws if that is not one in every part.
  init(_ record: ModelRecord) throws(ModelFileError)
}
