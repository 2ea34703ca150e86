internal import Foundation

/// What the last run of a notebook found: what each cell depended on, for explanations, and what
/// its formulas gave, for the next run.
struct NotebookRecord: Equatable, Sendable {
  struct Cell: Equatable, Sendable {
    var identity: String
    var inputs: CellInputs
    /// Whether the result could be kept: failures are not.
    var isKept: Bool
  }

  /// A formula's text by the key of the formula and the cells that it reads.
  struct Formula: Equatable, Sendable {
    var key: String
    var text: String
  }

  var cells: [Cell] = []
  var formulas: [Formula] = []

  init(cells: [Cell] = [], formulas: [Formula] = []) {
    (self.cells, self.formulas) = (cells, formulas)
  }
}

extension Store {
  /// What the last run of the notebook found; nil if it never ran.
  func record(of notebook: Notebook) -> NotebookRecord? {
    get(Self.recordKey(of: notebook)).flatMap {
      try? StoreReader.value(NotebookRecord.self, from: $0)
    }
  }

  func keep(_ record: NotebookRecord, of notebook: Notebook) {
    put(StoreWriter.bytes(of: record), for: Self.recordKey(of: notebook))
  }

  /// A record belongs to the file, not to its content.
  private static func recordKey(of notebook: Notebook) -> StoreKey {
    StoreKey(of: ["record", URL(fileURLWithPath: notebook.file).standardizedFileURL.path])
  }
}

extension NotebookRecord: Storable {
  func write(to writer: inout StoreWriter) {
    writer.write(cells)
    writer.write(formulas)
  }

  init(from reader: inout StoreReader) throws(StoreFormatError) {
    self.init(cells: try reader.read(), formulas: try reader.read())
  }
}

extension NotebookRecord.Cell: Storable {
  func write(to writer: inout StoreWriter) {
    writer.write(identity)
    writer.write(inputs)
    writer.write(isKept)
  }

  init(from reader: inout StoreReader) throws(StoreFormatError) {
    self.init(identity: try reader.read(), inputs: try reader.read(), isKept: try reader.read())
  }
}

extension NotebookRecord.Formula: Storable {
  func write(to writer: inout StoreWriter) {
    writer.write(key)
    writer.write(text)
  }

  init(from reader: inout StoreReader) throws(StoreFormatError) {
    self.init(key: try reader.read(), text: try reader.read())
  }
}
