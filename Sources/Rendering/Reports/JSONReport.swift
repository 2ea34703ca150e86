internal import Notebooks

/// Everything that was found, for programs. `report-1.schema.json` beside this file describes it; a
/// change that a reader could stumble over gets a new version.
package enum JSONReport {
  package static let version = 1

  package static func text(_ result: Batch.Result, summary: String) -> String {
    let counts = Diagnostic.Kind.allCases.map { kind in
      (kind.rawValue, JSON.integer(result.diagnostics.count { $0.kind == kind }))
    }
    return JSON.object([
      ("format", .string("harmonium-report")),
      ("version", .integer(version)),
      ("summary", .string(summary)),
      ("exitCode", .integer(Int(ExitCode(result.diagnostics).rawValue))),
      ("counts", .object(counts)),
      ("notebooks", .array(result.files.map(notebook))),
      ("diagnostics", .array(result.others.map(diagnostic))),
    ]).text + "\n"
  }

  private static func notebook(_ file: Batch.Result.File) -> JSON {
    .object([
      ("file", .string(file.path)),
      ("cells", .array(file.cells.map { cell($0, in: file) })),
      ("diagnostics", .array(file.diagnostics.map(diagnostic))),
    ])
  }

  static func cell(_ cell: CellOutline, in file: Batch.Result.File) -> JSON {
    .object([
      ("name", .string(cell.name)), ("label", .string(cell.label)), ("kind", .string(cell.kind)),
      ("line", .integer(cell.place.line)), ("column", .integer(cell.place.column)),
      ("lastLine", .integer(cell.lastLine)), ("reads", .array(cell.reads.map(JSON.string))),
      ("status", .string(file.worst(in: cell)?.kind.rawValue ?? "passed")),
    ])
  }

  private static func diagnostic(_ diagnostic: Diagnostic) -> JSON {
    .object([
      ("id", .string(diagnostic.id)), ("kind", .string(diagnostic.kind.rawValue)),
      ("place", place(diagnostic.place)), ("message", .string(diagnostic.message)),
      ("hint", .optional(diagnostic.hint)),
      ("detail", .array(diagnostic.detail.map(JSON.string))),
      ("differences", .array(diagnostic.differences.map(difference))),
    ])
  }

  private static func difference(_ difference: Difference) -> JSON {
    .object([
      ("source", place(difference.source)), ("output", place(difference.output)),
      ("spot", .string(difference.spot)),
      ("row", difference.row.map(JSON.integer) ?? .null),
      ("column", .optional(difference.column)), ("stored", .optional(difference.stored)),
      ("computed", .optional(difference.computed)), ("distance", .optional(difference.distance)),
    ])
  }

  /// Lines count from 1; 0 is the file as a whole.
  private static func place(_ place: Place) -> JSON {
    .object([
      ("file", .string(place.file)), ("line", .integer(place.line)),
      ("column", .integer(place.column)),
    ])
  }
}

extension Batch.Result.File {
  /// What is said about a cell: what stands inside it and inside no later one.
  func diagnostics(in cell: CellOutline) -> [Diagnostic] {
    diagnostics.filter { self.cell(of: $0) == cell }
  }

  /// The cell that a diagnostic is about: the last that begins before its place and holds it.
  func cell(of diagnostic: Diagnostic) -> CellOutline? {
    cells.last { $0.contains(diagnostic.place) }
  }

  /// The gravest of what is said about a cell.
  func worst(in cell: CellOutline) -> Diagnostic? { diagnostics(in: cell).gravestFirst.first }
}

extension [Diagnostic] {
  /// The gravest kind first, each in the order in which they were found.
  var gravestFirst: [Diagnostic] {
    [Diagnostic.Kind.error, .failure, .stale].flatMap { kind in filter { $0.kind == kind } }
  }
}
