/// Something that can be written as bytes and read back, equal in every bit.
///
/// The form has no names and no versions: only the program that wrote an entry reads it, since its
/// own bytes are part of every key.
package protocol Storable {
  func write(to writer: inout StoreWriter)
  init(from reader: inout StoreReader) throws(StoreFormatError)
}

/// The bytes are not what a value was written as.
package struct StoreFormatError: Error {
  package init() {}
}

/// Bytes of values, one after the other.
package struct StoreWriter {
  package private(set) var bytes: [UInt8] = []

  package init() {}

  /// The bytes of one value.
  package static func bytes(of value: some Storable) -> [UInt8] {
    var writer = StoreWriter()
    writer.write(value)
    return writer.bytes
  }

  package mutating func write(_ value: some Storable) { value.write(to: &self) }

  /// Little-endian.
  package mutating func write<Number: FixedWidthInteger>(integer value: Number) {
    var rest = value
    for _ in 0..<Number.bitWidth / 8 {
      bytes.append(UInt8(truncatingIfNeeded: rest))
      rest >>= 8
    }
  }

  mutating func write(raw added: some Sequence<UInt8>) { bytes.append(contentsOf: added) }
}

/// Takes values from bytes in the order in which they were written.
package struct StoreReader {
  private let bytes: [UInt8]
  private var position = 0

  package init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// The value that all of `bytes` stand for.
  package static func value<Value: Storable>(
    _ type: Value.Type, from bytes: [UInt8]
  ) throws(StoreFormatError) -> Value {
    var reader = StoreReader(bytes)
    let value = try Value(from: &reader)
    guard reader.position == bytes.count else { throw StoreFormatError() }
    return value
  }

  package mutating func read<Value: Storable>(
    _ type: Value.Type = Value.self
  ) throws(StoreFormatError) -> Value { try Value(from: &self) }

  package mutating func integer<Number: FixedWidthInteger>(
    _ type: Number.Type = Number.self
  ) throws(StoreFormatError) -> Number {
    var value: Number = 0
    for (index, byte) in try raw(Number.bitWidth / 8).enumerated() {
      value |= Number(truncatingIfNeeded: byte) << (8 * index)
    }
    return value
  }

  mutating func raw(_ count: Int) throws(StoreFormatError) -> ArraySlice<UInt8> {
    guard count >= 0, count <= bytes.count - position else { throw StoreFormatError() }
    defer { position += count }
    return bytes[position..<position + count]
  }

  /// All bytes that are left.
  mutating func rest() -> [UInt8] {
    defer { position = bytes.count }
    return Array(bytes[position...])
  }

  /// A number of elements, each of at least one byte.
  mutating func count() throws(StoreFormatError) -> Int {
    let count = try integer(Int.self)
    guard count >= 0, count <= bytes.count - position else { throw StoreFormatError() }
    return count
  }
}
