/// Why bytes are not a safetensors file that can be accepted.
public enum TensorFileError: Error, Sendable, Hashable {
  /// There are fewer bytes than the file says it has.
  case truncated(bytes: Int, expected: Int)
  /// Bytes follow the last tensor.
  case trailing(bytes: Int, expected: Int)
  /// The header says that it has this many bytes.
  case headerLength(UInt64)
  /// The header is no UTF-8.
  case notText
  /// The header cannot be read at this byte of it; a clause says why.
  case badHeader(offset: Int, String)
  /// A tensor's entry is wrong; its name, then a clause.
  case badTensor(String, String)
  /// The metadata are wrong; a clause says how.
  case badMetadata(String)
}

extension TensorFileError: CustomStringConvertible {
  /// The mistake in one sentence.
  public var description: String {
    switch self {
    case .truncated(let bytes, let expected):
      "The file has \(bytes) bytes, but needs \(expected)."
    case .trailing(let bytes, let expected):
      "The file has \(bytes) bytes, but its tensors end after \(expected)."
    case .headerLength(let length):
      "The header would have \(length) bytes; at most \(TensorFile.largestHeader) are read."
    case .notText: "The header is not UTF-8."
    case .badHeader(let offset, let why): "The header is wrong at byte \(offset): \(why)."
    case .badTensor(let name, let why): "The tensor \(Self.shown(name)) is wrong: \(why)."
    case .badMetadata(let why): "The metadata are wrong: \(why)."
    }
  }

  /// A name from a stranger's file: short, and without control characters.
  static func shown(_ name: String) -> String {
    let scalars = name.unicodeScalars.prefix(40).map { scalar in
      scalar.properties.generalCategory == .control ? "?" : scalar
    }
    return String(String.UnicodeScalarView(scalars))
  }
}
