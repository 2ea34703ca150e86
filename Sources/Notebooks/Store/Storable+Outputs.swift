package import Numerals

extension Output: Storable {
  package func write(to writer: inout StoreWriter) {
    switch self {
    case .table(let table): writer.write(0, table)
    case .plot(let plot): writer.write(1, plot)
    case .images(let strip): writer.write(2, strip)
    case .derivation(let derivation): writer.write(3, derivation)
    case .sentence(let text): writer.write(4, text)
    }
  }

  package init(from reader: inout StoreReader) throws(StoreFormatError) {
    switch try reader.read(Int.self) {
    case 0: self = .table(try reader.read())
    case 1: self = .plot(try reader.read())
    case 2: self = .images(try reader.read())
    case 3: self = .derivation(try reader.read())
    case 4: self = .sentence(try reader.read())
    default: throw StoreFormatError()
    }
  }
}

extension StoreWriter {
  /// A case of an enumeration and what belongs to it.
  package mutating func write(_ number: Int, _ value: some Storable) {
    write(number)
    write(value)
  }

  package mutating func write(figures: [(name: String, value: Double)]) {
    write(figures.map(\.name))
    write(figures.map(\.value))
  }
}

extension StoreReader {
  package mutating func figures() throws(StoreFormatError) -> [(name: String, value: Double)] {
    let (names, values) = (try read([String].self), try read([Double].self))
    guard names.count == values.count else { throw StoreFormatError() }
    return zip(names, values).map { (name: $0, value: $1) }
  }
}

extension Table: Storable {
  package func write(to writer: inout StoreWriter) {
    writer.write(columns)
    writer.write(shownRows)
  }

  package init(from reader: inout StoreReader) throws(StoreFormatError) {
    let columns: [Column] = try reader.read()
    guard Set(columns.map(\.cells.count)).count <= 1 else { throw StoreFormatError() }
    self.init(columns, shownRows: try reader.read())
  }
}

extension Table.Column: Storable {
  package func write(to writer: inout StoreWriter) {
    writer.write(key)
    writer.write(heading)
    writer.write(cells)
    writer.write(isKey)
  }

  package init(from reader: inout StoreReader) throws(StoreFormatError) {
    self.init(
      try reader.read(), heading: try reader.read(String.self), try reader.read(),
      isKey: try reader.read())
  }
}

extension Table.Cells: Storable {
  package func write(to writer: inout StoreWriter) {
    switch self {
    case .numbers(let values, let format):
      writer.write(0, values)
      writer.write(format)
    case .text(let values): writer.write(1, values)
    }
  }

  package init(from reader: inout StoreReader) throws(StoreFormatError) {
    switch try reader.read(Int.self) {
    case 0: self = .numbers(try reader.read(), try reader.read())
    case 1: self = .text(try reader.read())
    default: throw StoreFormatError()
    }
  }
}

extension NumberFormat: Storable {
  package func write(to writer: inout StoreWriter) {
    switch self {
    case .fixed(let digits): writer.write(0, digits)
    case .scientific(let digits): writer.write(1, digits)
    case .significant(let digits): writer.write(2, digits)
    case .pValue: writer.write(3)
    }
  }

  package init(from reader: inout StoreReader) throws(StoreFormatError) {
    switch try reader.read(Int.self) {
    case 0: self = .fixed(try reader.read())
    case 1: self = .scientific(try reader.read())
    case 2: self = .significant(try reader.read())
    case 3: self = .pValue
    default: throw StoreFormatError()
    }
  }
}

extension Derivation: Storable {
  package func write(to writer: inout StoreWriter) {
    writer.write(steps)
    writer.write(notation)
  }

  package init(from reader: inout StoreReader) throws(StoreFormatError) {
    self.init(try reader.read(), notation: try reader.read())
  }
}

extension Derivation.Notation: Storable {}

extension Derivation.Step: Storable {
  package func write(to writer: inout StoreWriter) {
    for text in [reason, latex, text] { writer.write(text) }
  }

  package init(from reader: inout StoreReader) throws(StoreFormatError) {
    self.init(try reader.read(), latex: try reader.read(), text: try reader.read())
  }
}

extension TableResult: StorableValue {
  package func write(to writer: inout StoreWriter) {
    writer.write(table)
    writer.write(figures: figures)
  }

  package init(from reader: inout StoreReader) throws(StoreFormatError) {
    self.init(try reader.read(), figures: try reader.figures())
  }
}
