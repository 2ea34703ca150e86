internal import Foundation
internal import Notebooks

extension Batch {
  /// The cells of the notebooks. Runs nothing; mistakes of reading are reported all the same.
  package func list(_ inputs: [String]) -> Result {
    let (files, found) = NotebookSearch.files(inputs, into: nil)
    guard found.isEmpty else { return Result(files: [], others: found) }
    return Result(
      files: map(files) { file, _ in
        guard let data = FileManager.default.contents(atPath: file.path) else {
          return Self.unreadable(file)
        }
        let notebook = Notebook(Array(data), file: file.path, directives: registry.names)
        let plan = Plan(notebook, registry: registry)
        return Result.File(
          path: file.path, cells: plan.outline, diagnostics: plan.diagnostics)
      })
  }
}

extension Batch.Result {
  /// The cells, one a line: place, name, directive, and what it reads.
  package var cellLines: [String] {
    let rows = files.flatMap(\.cells).map { cell in
      let isRole = cell.label == cell.name
      return [
        "\(cell.place.file):\(cell.place.line)", cell.name, isRole ? "" : "{\(cell.kind)}",
        cell.reads.isEmpty ? "" : "reads \(cell.reads.joined(separator: ", "))",
      ]
    }
    let widths = (0..<3).map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      let cells = row.enumerated().map { column, text in
        column < 3 ? text + String(repeating: " ", count: widths[column] - text.count) : text
      }
      return cells.joined(separator: "  ").trimmingTrailingBlanks.withoutControls
    }
  }
}
