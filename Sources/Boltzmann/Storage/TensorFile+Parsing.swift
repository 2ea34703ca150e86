extension TensorFile {
  /// Reads a file, strictly: whatever is damaged, left out or left over is an error.
  ///
  /// Cost: the header's length; tensors share the bytes given. Nothing is allocated that the bytes
  /// do not back.
  public init(parsing bytes: [UInt8]) throws(TensorFileError) {
    guard bytes.count >= 8 else { throw .truncated(bytes: bytes.count, expected: 8) }
    let length = (0..<8).reduce(UInt64(0)) { $0 | UInt64(bytes[$1]) << UInt64(8 * $1) }
    guard length <= UInt64(Self.largestHeader) else { throw .headerLength(length) }
    let start = 8 + Int(length)
    guard bytes.count >= start else { throw .truncated(bytes: bytes.count, expected: start) }
    let header = Array(bytes[8..<start])
    guard String(validating: header, as: UTF8.self) != nil else { throw .notText }
    guard header.first == UInt8(ascii: "{") else {
      throw .badHeader(offset: 0, "it does not begin with a brace")
    }
    var reader = HeaderReader(header)
    guard case .object(let members) = try reader.value() else {
      throw .badHeader(offset: 0, "it is no object")
    }
    metadata = [:]
    var entries: [Entry] = []
    for (name, value) in members {
      if name == Self.metadataName {
        metadata = try Self.metadata(value)
      } else {
        entries.append(try Entry(name, value))
      }
    }
    try Self.check(entries, in: bytes.count - start, of: bytes.count)
    tensors = entries.map {
      Tensor(
        $0.name, $0.element, shape: $0.shape,
        bytes: bytes[start + $0.range.lowerBound..<start + $0.range.upperBound])
    }
  }

  private static func metadata(_ value: HeaderValue) throws(TensorFileError) -> [String: String] {
    guard case .object(let members) = value else { throw .badMetadata("they are no object") }
    var metadata: [String: String] = [:]
    for (key, value) in members {
      guard case .string(let text) = value else {
        throw .badMetadata("\(TensorFileError.shown(key)) is no string")
      }
      // Swift takes differently composed letters as equal; as names of values they are not.
      guard metadata.updateValue(text, forKey: key) == nil else {
        throw .badMetadata("\(TensorFileError.shown(key)) stands twice")
      }
    }
    return metadata
  }

  /// Whether the tensors lie one after the other and fill `room`.
  private static func check(
    _ entries: [Entry], in room: Int, of count: Int
  ) throws(TensorFileError) {
    let start = count - room
    var end = 0
    let sorted = entries.sorted {
      ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound)
    }
    for entry in sorted {
      if entry.range.lowerBound < end {
        throw .badTensor(entry.name, "its bytes overlap those of another")
      }
      if entry.range.lowerBound > end {
        throw .badTensor(entry.name, "bytes before it belong to no tensor")
      }
      end = entry.range.upperBound
    }
    if end > room { throw .truncated(bytes: count, expected: start + end) }
    if end < room { throw .trailing(bytes: count, expected: start + end) }
    let names = Set(entries.map(\.name))
    if names.count < entries.count { throw .badHeader(offset: 0, "two names look the same") }
  }
}

/// What the header says of a tensor.
private struct Entry {
  let name: String
  let element: Tensor.Element
  let shape: [Int]
  let range: Range<Int>

  init(_ name: String, _ value: HeaderValue) throws(TensorFileError) {
    self.name = name
    guard case .object(let members) = value else {
      throw .badTensor(name, "its entry is no object")
    }
    let known = ["dtype", "shape", "data_offsets"]
    for (key, _) in members where !known.contains(key) {
      throw .badTensor(name, "it has \(TensorFileError.shown(key))")
    }
    let fields = Dictionary(members.map { ($0.key, $0.value) }) { first, _ in first }
    guard case .string(let type)? = fields["dtype"] else {
      throw .badTensor(name, "it has no type")
    }
    guard let element = Tensor.Element(rawValue: type) else {
      throw .badTensor(name, "values of the type \(TensorFileError.shown(type)) are not known")
    }
    self.element = element
    shape = try Self.integers(fields["shape"], name, "shape")
    let offsets = try Self.integers(fields["data_offsets"], name, "place")
    guard offsets.count == 2, offsets[0] <= offsets[1], offsets[1] <= TensorFile.largestSize else {
      throw .badTensor(name, "its place is none")
    }
    range = offsets[0]..<offsets[1]
    guard let size = Self.size(shape, element) else {
      throw .badTensor(name, "its shape is too large")
    }
    guard size == range.count else {
      throw .badTensor(name, "its shape needs \(size) bytes, but it has \(range.count)")
    }
  }

  private static func integers(
    _ value: HeaderValue?, _ name: String, _ what: String
  ) throws(TensorFileError) -> [Int] {
    guard case .array(let values)? = value else { throw .badTensor(name, "it has no \(what)") }
    var integers: [Int] = []
    for value in values {
      guard case .integer(let integer) = value else {
        throw .badTensor(name, "its \(what) is not made of whole numbers")
      }
      integers.append(integer)
    }
    return integers
  }

  /// The bytes of all values; nil if they are more than any file has.
  private static func size(_ shape: [Int], _ element: Tensor.Element) -> Int? {
    var size = element.size
    for length in shape {
      let (product, overflows) = size.multipliedReportingOverflow(by: length)
      guard !overflows, product <= TensorFile.largestSize else { return nil }
      size = product
    }
    return size
  }
}
