/// Tensors and a few words about them in one file, in the format of safetensors: what Python's
/// package of that name reads and writes, bit for bit.
///
/// Eight bytes with the header's length, low byte first; the header, JSON that gives the type, shape
/// and place of each tensor and under `__metadata__` strings by name; the tensors' bytes, one after
/// the other without holes. Source: github.com/huggingface/safetensors, README, "Format".
public struct TensorFile: Sendable, Hashable {
  /// Strings by name.
  public var metadata: [String: String]
  /// The tensors, each with a name of its own, in no order that means anything.
  public var tensors: [Tensor]

  /// The longest header that is read: room for the names of a million units.
  public static let largestHeader = 1 << 24
  /// The most bytes that tensors of one file may have.
  static let largestSize = 1 << 40
  static let metadataName = "__metadata__"

  /// Tensors of different names, none of them `__metadata__`.
  public init(metadata: [String: String] = [:], tensors: [Tensor]) {
    let names = Set(tensors.map(\.name))
    precondition(
      names.count == tensors.count && !names.contains(Self.metadataName),
      "Each tensor has a name of its own.")
    (self.metadata, self.tensors) = (metadata, tensors)
  }

  /// The tensor of that name.
  public subscript(name: String) -> Tensor? { tensors.first { $0.name == name } }

  /// The file's bytes: the same for the same content, in whatever order the tensors are.
  public var bytes: [UInt8] {
    // Larger elements first, so that each lies where its size wants it.
    let sorted = tensors.sorted {
      $0.element.size == $1.element.size
        ? $0.name.utf8.lexicographicallyPrecedes($1.name.utf8)
        : $0.element.size > $1.element.size
    }
    var entries: [String] = []
    if !metadata.isEmpty {
      let words = sortedMetadata.map { "\($0.key.quotedForHeader):\($0.value.quotedForHeader)" }
      entries.append("\(Self.metadataName.quotedForHeader):{\(words.joined(separator: ","))}")
    }
    var offset = 0
    for tensor in sorted {
      let shape = tensor.shape.map(String.init).joined(separator: ",")
      let end = offset + tensor.bytes.count
      entries.append(
        "\(tensor.name.quotedForHeader):{\"dtype\":\"\(tensor.element.rawValue)\","
          + "\"shape\":[\(shape)],\"data_offsets\":[\(offset),\(end)]}")
      offset = end
    }
    var header = Array("{\(entries.joined(separator: ","))}".utf8)
    while !header.count.isMultiple(of: 8) { header.append(UInt8(ascii: " ")) }
    let length = (0..<8).map { UInt8(truncatingIfNeeded: header.count >> (8 * $0)) }
    return sorted.reduce(into: length + header) { $0 += $1.bytes }
  }

  /// Metadata in the order of their names' bytes.
  var sortedMetadata: [(key: String, value: String)] {
    metadata.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
      .map { (key: $0.key, value: $0.value) }
  }
}

extension String {
  /// As a JSON string.
  fileprivate var quotedForHeader: String {
    var text = "\""
    for scalar in unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case ..<" ":
        let digits = String(scalar.value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text + "\""
  }
}
