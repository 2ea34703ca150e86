/// A value that comes back from the store, so that a cell that reads it does not make the cell run
/// that gave it. The registry lists the types.
package protocol StorableValue: Value, Storable {
  /// Whether this very value can be kept.
  var isStorable: Bool { get }
}

extension StorableValue {
  package var isStorable: Bool { true }
}

/// What the store keeps of a cell that succeeded: what it shows, and as what its value is kept.
struct StoredOutcome: Storable {
  var outputs: [Output]

  init(outputs: [Output]) { self.outputs = outputs }

  func write(to writer: inout StoreWriter) { writer.write(outputs) }

  init(from reader: inout StoreReader) throws(StoreFormatError) {
    outputs = try reader.read()
  }
}

extension Registry {
  /// The bytes of values with their names and types; nil if one of them is not kept, or there is
  /// none.
  func bytes(of values: [String: any Value]) -> [UInt8]? {
    guard !values.isEmpty else { return nil }
    var writer = StoreWriter()
    writer.write(values.count)
    for (name, value) in values.sorted(by: { $0.key < $1.key }) {
      guard let value = value as? any StorableValue, value.isStorable,
        self.values.contains(where: { $0 == type(of: value) })
      else { return nil }
      writer.write(name)
      writer.write("\(type(of: value))")
      value.write(to: &writer)
    }
    return writer.bytes
  }

  /// The values that were kept as `bytes`; nil if they are not those of any.
  func values(from bytes: [UInt8]) -> [String: any Value]? {
    var reader = StoreReader(bytes)
    do throws(StoreFormatError) {
      var values: [String: any Value] = [:]
      for _ in 0..<(try reader.count()) {
        let (name, typeName) = (try reader.read(String.self), try reader.read(String.self))
        guard let type = self.values.first(where: { "\($0)" == typeName }) else { return nil }
        values[name] = try type.init(from: &reader)
      }
      return values
    } catch {
      return nil
    }
  }
}
