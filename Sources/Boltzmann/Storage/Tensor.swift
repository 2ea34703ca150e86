/// A named array of numbers as a file holds it: little-endian, the last axis running fastest.
public struct Tensor: Sendable, Hashable {
  /// How one value is stored. Values of types without a Swift counterpart are carried along and not
  /// read.
  public enum Element: String, Sendable, Hashable, CaseIterable {
    /// True or false, one byte.
    case bool = "BOOL"
    /// Whole numbers without a sign.
    case uint8 = "U8"
    /// Whole numbers with a sign.
    case int8 = "I8"
    /// Floating point, 5 bits of exponent, 2 of mantissa.
    case float8e5m2 = "F8_E5M2"
    /// Floating point, 4 bits of exponent, 3 of mantissa.
    case float8e4m3 = "F8_E4M3"
    /// Whole numbers with a sign, two bytes.
    case int16 = "I16"
    /// Whole numbers without a sign, two bytes.
    case uint16 = "U16"
    /// IEEE half precision.
    case float16 = "F16"
    /// The upper half of IEEE single precision.
    case bfloat16 = "BF16"
    /// Whole numbers with a sign, four bytes.
    case int32 = "I32"
    /// Whole numbers without a sign, four bytes.
    case uint32 = "U32"
    /// IEEE single precision.
    case float32 = "F32"
    /// IEEE double precision.
    case float64 = "F64"
    /// Whole numbers with a sign, eight bytes.
    case int64 = "I64"
    /// Whole numbers without a sign, eight bytes.
    case uint64 = "U64"

    /// The bytes of one value.
    public var size: Int {
      switch self {
      case .bool, .uint8, .int8, .float8e5m2, .float8e4m3: 1
      case .int16, .uint16, .float16, .bfloat16: 2
      case .int32, .uint32, .float32: 4
      case .float64, .int64, .uint64: 8
      }
    }
  }

  /// What it is called.
  public let name: String
  /// How its values are stored.
  public let element: Element
  /// The lengths of its axes; none for a single number.
  public let shape: [Int]
  /// Its values, in order.
  public let bytes: ArraySlice<UInt8>

  /// The caller has checked that the bytes are as many as the shape asks for.
  init(_ name: String, _ element: Element, shape: [Int], bytes: ArraySlice<UInt8>) {
    (self.name, self.element, self.shape, self.bytes) = (name, element, shape, bytes)
  }

  /// Singles; there are as many as the shape asks for.
  public init(_ name: String, shape: [Int], _ values: some Collection<Float>) {
    self.init(name, .float32, shape: shape, words: values.lazy.map(\.bitPattern))
  }

  /// Doubles; there are as many as the shape asks for.
  public init(_ name: String, shape: [Int], _ values: some Collection<Double>) {
    self.init(name, .float64, shape: shape, words: values.lazy.map(\.bitPattern))
  }

  /// Whole numbers; there are as many as the shape asks for.
  public init(_ name: String, shape: [Int], _ values: some Collection<Int>) {
    self.init(
      name, .int64, shape: shape, words: values.lazy.map { UInt64(bitPattern: Int64($0)) })
  }

  /// Bytes; there are as many as the shape asks for.
  public init(_ name: String, shape: [Int], _ values: some Collection<UInt8>) {
    self.init(name, .uint8, shape: shape, words: values)
  }

  /// Whole numbers from −128 to 127; there are as many as the shape asks for.
  public init(_ name: String, shape: [Int], _ values: some Collection<Int8>) {
    self.init(name, .int8, shape: shape, words: values)
  }

  private init<Word: FixedWidthInteger>(
    _ name: String, _ element: Element, shape: [Int], words: some Collection<Word>
  ) {
    precondition(
      shape.allSatisfy { $0 >= 0 } && words.count == shape.reduce(1, *),
      "There are as many values as the shape asks for.")
    var bytes: [UInt8] = []
    bytes.reserveCapacity(words.count * element.size)
    for word in words {
      for shift in stride(from: 0, to: Word.bitWidth, by: 8) {
        bytes.append(UInt8(truncatingIfNeeded: word >> Word(shift)))
      }
    }
    self.init(name, element, shape: shape, bytes: bytes[...])
  }
}

extension Tensor {
  /// The number of values.
  public var count: Int { bytes.count / element.size }

  /// The values as singles; nil if they are stored as anything else.
  public var floats: [Float]? {
    element == .float32 ? words(UInt32.self).map(Float.init(bitPattern:)) : nil
  }

  /// The values as doubles; nil if they are stored as anything else.
  public var doubles: [Double]? {
    element == .float64 ? words(UInt64.self).map(Double.init(bitPattern:)) : nil
  }

  /// The values as whole numbers; nil if they are stored as anything else than `I64`.
  public var integers: [Int]? {
    element == .int64 ? words(UInt64.self).map { Int(Int64(bitPattern: $0)) } : nil
  }

  /// The values as whole numbers; nil if they are stored as anything else than `I8`.
  public var smallIntegers: [Int8]? {
    element == .int8 ? bytes.map { Int8(bitPattern: $0) } : nil
  }

  private func words<Word: FixedWidthInteger>(_ type: Word.Type) -> [Word] {
    let size = element.size
    return (0..<count).map { index in
      let first = bytes.startIndex + index * size
      return (0..<size).reduce(0) { $0 | Word(bytes[first + $1]) << Word(8 * $1) }
    }
  }
}
