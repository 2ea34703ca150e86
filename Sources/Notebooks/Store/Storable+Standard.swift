extension Int: Storable {
  package func write(to writer: inout StoreWriter) { writer.write(integer: self) }
  package init(from reader: inout StoreReader) throws(StoreFormatError) {
    self = try reader.integer()
  }
}

extension UInt64: Storable {
  package func write(to writer: inout StoreWriter) { writer.write(integer: self) }
  package init(from reader: inout StoreReader) throws(StoreFormatError) {
    self = try reader.integer()
  }
}

extension Double: Storable {
  package func write(to writer: inout StoreWriter) { writer.write(integer: bitPattern) }
  package init(from reader: inout StoreReader) throws(StoreFormatError) {
    self.init(bitPattern: try reader.integer())
  }
}

extension Float: Storable {
  package func write(to writer: inout StoreWriter) { writer.write(integer: bitPattern) }
  package init(from reader: inout StoreReader) throws(StoreFormatError) {
    self.init(bitPattern: try reader.integer())
  }
}

extension Bool: Storable {
  package func write(to writer: inout StoreWriter) { writer.write(integer: UInt8(self ? 1 : 0)) }
  package init(from reader: inout StoreReader) throws(StoreFormatError) {
    self = try reader.integer(UInt8.self) != 0
  }
}

extension String: Storable {
  package func write(to writer: inout StoreWriter) {
    writer.write(utf8.count)
    writer.write(raw: utf8)
  }
  package init(from reader: inout StoreReader) throws(StoreFormatError) {
    self.init(decoding: try reader.raw(try reader.count()), as: UTF8.self)
  }
}

extension Array: Storable where Element: Storable {
  package func write(to writer: inout StoreWriter) {
    writer.write(count)
    for element in self { writer.write(element) }
  }
  package init(from reader: inout StoreReader) throws(StoreFormatError) {
    let count = try reader.count()
    self.init()
    reserveCapacity(count)
    for _ in 0..<count { append(try reader.read()) }
  }
}

extension Optional: Storable where Wrapped: Storable {
  package func write(to writer: inout StoreWriter) {
    writer.write(self != nil)
    if let self { writer.write(self) }
  }
  package init(from reader: inout StoreReader) throws(StoreFormatError) {
    self = try reader.read(Bool.self) ? try reader.read(Wrapped.self) : nil
  }
}

extension ClosedRange: Storable where Bound == Double {
  package func write(to writer: inout StoreWriter) {
    writer.write(lowerBound)
    writer.write(upperBound)
  }
  package init(from reader: inout StoreReader) throws(StoreFormatError) {
    let (low, high) = (try reader.read(Double.self), try reader.read(Double.self))
    guard low <= high else { throw StoreFormatError() }
    self = low...high
  }
}

/// A value of fixed words is written as its word.
extension Storable where Self: RawRepresentable, RawValue == String {
  package func write(to writer: inout StoreWriter) { writer.write(rawValue) }
  package init(from reader: inout StoreReader) throws(StoreFormatError) {
    guard let value = Self(rawValue: try reader.read()) else { throw StoreFormatError() }
    self = value
  }
}
