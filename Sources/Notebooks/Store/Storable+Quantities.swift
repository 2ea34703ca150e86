extension QuantityValue: StorableValue {
  package func write(to writer: inout StoreWriter) { writer.write(quantity) }

  package init(from reader: inout StoreReader) throws(StoreFormatError) {
    self.init(try reader.read())
  }
}

extension Quantity: Storable {
  package func write(to writer: inout StoreWriter) {
    switch self {
    case .number(let value):
      writer.write(0)
      writer.write(value)
    case .numbers(let values):
      writer.write(1)
      writer.write(values)
    case .truth(let value):
      writer.write(2)
      writer.write(value)
    case .truths(let values):
      writer.write(3)
      writer.write(values)
    case .text(let text):
      writer.write(4)
      writer.write(text)
    }
  }

  package init(from reader: inout StoreReader) throws(StoreFormatError) {
    switch try reader.read(Int.self) {
    case 0: self = .number(try reader.read())
    case 1: self = .numbers(try reader.read())
    case 2: self = .truth(try reader.read())
    case 3: self = .truths(try reader.read())
    case 4: self = .text(try reader.read())
    default: throw StoreFormatError()
    }
  }
}
