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
      ("cells", .array(zip(file.cells, file.diagnosticsByCell.cells).map(cell))),
      ("diagnostics", .array(file.diagnostics.map(diagnostic))),
    ])
  }

  private static func cell(_ cell: CellOutline, _ diagnostics: [Diagnostic]) -> JSON {
    .object([
      ("name", .string(cell.name)), ("label", .string(cell.label)), ("kind", .string(cell.kind)),
      ("line", .integer(cell.place.line)), ("column", .integer(cell.place.column)),
      ("lastLine", .integer(cell.lastLine)), ("reads", .array(cell.reads.map(JSON.string))),
      ("status", .string(diagnostics.gravestFirst.first?.kind.rawValue ?? "passed")),
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
  /// What is said about each cell, and what about none of them.
  var diagnosticsByCell: (cells: [[Diagnostic]], rest: [Diagnostic]) {
    var found = (cells: cells.map { _ in [Diagnostic]() }, rest: [Diagnostic]())
    for diagnostic in diagnostics {
      if let index = index(of: diagnostic) {
        found.cells[index].append(diagnostic)
      } else {
        found.rest.append(diagnostic)
      }
    }
    return found
  }

  /// The cell that a diagnostic is about: the last that begins before its place and holds it.
  func cell(of diagnostic: Diagnostic) -> CellOutline? { index(of: diagnostic).map { cells[$0] } }

  /// Cells stand in the order of their places, and none inside another.
  private func index(of diagnostic: Diagnostic) -> Int? {
    var (low, high) = (0, cells.count)
    while low < high {
      let middle = (low + high) / 2
      if cells[middle].place <= diagnostic.place { low = middle + 1 } else { high = middle }
    }
    return low > 0 && cells[low - 1].contains(diagnostic.place) ? low - 1 : nil
  }
}

extension [Diagnostic] {
  /// The gravest kind first, each in the order in which they were found.
  var gravestFirst: [Diagnostic] {
    [Diagnostic.Kind.error, .failure, .stale].flatMap { kind in filter { $0.kind == kind } }
  }
}
