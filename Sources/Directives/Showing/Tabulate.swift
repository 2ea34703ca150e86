package import Notebooks
internal import Numerals

/// `{tabulate}`: a table of columns computed from others.
package struct Tabulate: Directive {
  static let from = Option<Text?>.text(
    "from", "a table", "Formulas know its columns by their own names.")
  static let rows = Option<Int>.integer(
    "rows", "The most rows that are printed.", in: 1...4096, default: 40)

  package static let manual = Manual(
    "tabulate", "A table of columns computed from others.", argument: "NAME",
    body: "One `heading = formula` a line, or the name of a column of `:from:`",
    options: [from, rows],
    details: """
      A formula gives a list with an entry for each row; a single number fills its column. Columns \
      further up and, with `:from:`, those of a table go by their own names; columns of other tables \
      are `table.column[all]`. Where an entry is empty, what is computed from it is empty too. A \
      format may follow a colon, as in `{eval}`.
      """,
    example: """
      ```{machine} pair
      :visible: a b

      a -- b: 1.5
      ```

      ```{energy-table} pair
      :name: states
      ```

      ```{tabulate} surprise
      :from: states
      a
      b
      bits = -ln(p) / ln(2)
      share = p * bits / sum(p * bits) : .2f
      ```
      """)

  private enum Line {
    /// A column of `:from:` as it is.
    case column(Text)
    case computed(NamedFormula)
  }

  private let lines: [Line]
  private let source: Text?
  private let shownRows: Int
  private let place: Place

  package init(_ arguments: inout Arguments) {
    _ = arguments.definedName()
    let source = arguments.value(of: Self.from)
    self.source = source
    shownRows = arguments.value(of: Self.rows)
    place = arguments.call.place
    if let source { _ = arguments.references([source]) }
    var lines: [Line] = []
    var own: Set<String> = []
    for line in arguments.body("one `heading = formula` a line").map(\.trimmed) where !line.isEmpty
    {
      let read = arguments.attempt { () throws(Diagnostic) -> Line in
        if source != nil, line.string.isName { return .column(line) }
        return .computed(try NamedFormula(line))
      }
      guard let read else { continue }
      let name: Text
      switch read {
      case .column(let column): name = column
      case .computed(let column):
        name = column.name
        let reads = column.formula.expression.reads.filter { !own.contains($0.string) }
        if source == nil {
          _ = arguments.references(reads)
        } else {
          arguments.possibleReferences(reads)
        }
      }
      if !own.insert(name.string).inserted {
        arguments.report(
          Diagnostic(
            "duplicate-name", at: name.place,
            "two columns are called \(name.string.quoted)"))
      }
      lines.append(read)
      if lines.count == Self.columnLimit + 1 {
        arguments.report(
          Diagnostic(
            "limit-exceeded", at: name.place, "a table has at most \(Self.columnLimit) columns"))
      }
    }
    self.lines = lines
  }

  private static let columnLimit = 64

  package func run(in context: Context) throws(Diagnostic) -> Outcome {
    let table = try source.map { (name) throws(Diagnostic) in
      try context.value(name, as: (any TableValue).self, "a table").table
    }
    var known = try table?.namedNumbers(at: place) ?? [:]
    var found: [(line: Line, quantity: Quantity?)] = []
    var count = table?.rowCount
    for line in lines {
      guard case .computed(let column) = line else {
        found.append((line, nil))
        continue
      }
      let quantity = try context.quantity(of: column.formula.expression, where: known)
      if let length = quantity.entryCount {
        if let count, length != count {
          throw Diagnostic(
            "wrong-size", at: column.name.place,
            "\(column.name.string.quoted) has \(length) entries, but the table has \(count) rows")
        }
        count = length
      }
      known[column.name.string] = quantity
      found.append((line, quantity))
    }
    let rows = count ?? 1
    var columns: [Table.Column] = []
    for (line, quantity) in found {
      columns.append(try column(line, quantity, from: table, rows: rows))
    }
    let result = Table(columns, shownRows: shownRows)
    return Outcome([.table(result)], value: TableResult(result))
  }

  private func column(
    _ line: Line, _ quantity: Quantity?, from table: Table?, rows: Int
  ) throws(Diagnostic) -> Table.Column {
    switch line {
    case .column(let name):
      guard let column = table?[name.string] else {
        throw Diagnostic(
          "unknown-column", at: name.place,
          "\((source?.string ?? "").quoted) has no column \(name.string.quoted)",
          hint: Suggestion.hint(
            for: name.string, among: table?.columns.map(\.key) ?? [], called: "columns"))
      }
      return column
    case .computed(let column):
      let cells = quantity?.cells(rows: rows, format: column.formula.format)
      return Table.Column(column.name.string, cells ?? .text([]))
    }
  }
}

extension Table {
  /// The columns of numbers by their keys; empty cells are NaN.
  func namedNumbers(at place: Place) throws(Diagnostic) -> [String: Quantity] {
    guard rowCount <= Quantity.sizeLimit else {
      throw Diagnostic(
        "limit-exceeded", at: place,
        "a table of \(rowCount) rows is too large for formulas; the limit is \(Quantity.sizeLimit)")
    }
    var named: [String: Quantity] = [:]
    for column in columns {
      guard case .numbers(let cells, _) = column.cells else { continue }
      named[column.key] = .numbers(cells.map { $0 ?? .nan })
    }
    return named
  }
}

extension Quantity {
  fileprivate func cells(rows: Int, format: NumberFormat?) -> Table.Cells {
    func numbers(_ values: [Double]) -> Table.Cells {
      let known = values.filter { !$0.isNaN }
      return .numbers(
        values.map { $0.isNaN ? nil : $0 }, format ?? .column(known, decimals: 4))
    }
    switch self {
    case .number(let value): return numbers(Array(repeating: value, count: rows))
    case .numbers(let values): return numbers(values)
    case .truth(let value): return .text(Array(repeating: value ? "yes" : "no", count: rows))
    case .truths(let values): return .text(values.map { $0 ? "yes" : "no" })
    case .text(let text): return .text(Array(repeating: text, count: rows))
    }
  }
}
