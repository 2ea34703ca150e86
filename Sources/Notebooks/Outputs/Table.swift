package import Numerals

/// A table of computed values: columns of equal length.
package struct Table: Sendable, Equatable {
  package struct Column: Sendable, Equatable {
    /// What expressions call the column: a plain word.
    package var key: String
    /// The heading as Markdown.
    package var heading: String
    package var cells: Cells
    /// Whether the column tells the rows apart, such as the states of the units.
    package var isKey: Bool

    package init(_ key: String, heading: String? = nil, _ cells: Cells, isKey: Bool = false) {
      self.key = key
      self.heading = heading ?? key
      self.cells = cells
      self.isKey = isKey
    }
  }

  package enum Cells: Sendable, Equatable {
    /// Numbers in one format; nil leaves the cell empty.
    case numbers([Double?], NumberFormat)
    /// Text as Markdown.
    case text([String])

    package var count: Int {
      switch self {
      case .numbers(let values, _): values.count
      case .text(let values): values.count
      }
    }
  }

  package let columns: [Column]
  /// How many rows are shown; the rest is there for other cells and is counted below the table.
  package var shownRows: Int

  /// All columns must have the same number of rows. A column that tells the rows apart gets an
  /// underscore behind its key where another column is called so: units can have any name.
  package init(_ columns: [Column], shownRows: Int = .max) {
    precondition(
      Set(columns.map(\.cells.count)).count <= 1, "All columns of a table have as many rows.")
    var columns = columns
    for index in columns.indices where columns[index].isKey {
      while columns.count(where: { $0.key == columns[index].key }) > 1 {
        columns[index].key += "_"
      }
    }
    self.columns = columns
    self.shownRows = min(shownRows, columns.first?.cells.count ?? 0)
  }

  package var rowCount: Int { columns.first?.cells.count ?? 0 }

  /// The column that expressions call `key`.
  package subscript(key: String) -> Column? { columns.first { $0.key == key } }

  /// The keys of the columns that hold numbers.
  package var numberKeys: [String] {
    columns.filter { if case .numbers = $0.cells { true } else { false } }.map(\.key)
  }

  /// A cell as it is printed.
  package func text(row: Int, column: Int) -> String {
    switch columns[column].cells {
    case .numbers(let values, let format): values[row].map(format.string) ?? ""
    case .text(let values): values[row]
    }
  }
}

/// A table as a value, with named figures beside it.
package struct TableResult: TableValue {
  package let table: Table
  /// Figures that expressions read as `name.figure`.
  package let figures: [(name: String, value: Double)]

  package init(_ table: Table, figures: [(name: String, value: Double)] = []) {
    self.table = table
    self.figures = figures
  }

  package var kind: String { "a table" }
}

/// A value with figures that expressions read as `name.figure`.
package protocol FigureValue: Value {
  var figures: [(name: String, value: Double)] { get }
}

extension TableResult: FigureValue {}
