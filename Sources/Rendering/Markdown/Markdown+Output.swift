internal import Notebooks
internal import Plots

/// Pieces of Markdown.
enum Markdown {
  /// A fenced block around `lines`, its fence longer than any run of backticks in them.
  static func fence(_ lines: [String], info: String) -> [String] {
    var longest = 2
    for line in lines {
      var run = 0
      for character in line {
        run = character == "`" ? run + 1 : 0
        longest = max(longest, run)
      }
    }
    let fence = String(repeating: "`", count: longest + 1)
    return [fence + info] + lines + [fence]
  }
}

extension Output {
  /// The lines of Markdown that show this output.
  var markdownLines: [String] {
    switch self {
    case .table(let table): table.markdownLines
    case .plot(let plot): Markdown.fence(ASCIIPlotter().draw(plot), info: "text")
    case .images(let strip): Markdown.fence(ASCIIImages().draw(strip), info: "text")
    case .derivation(let derivation): derivation.markdownLines
    case .sentence(let text): [text]
    }
  }
}

extension Table {
  /// A GFM table with aligned columns, and a line that counts the rows left out.
  var markdownLines: [String] {
    guard !columns.isEmpty else { return [] }
    let rows = (0..<shownRows).map { row in
      columns.indices.map { text(row: row, column: $0).escapedForTable }
    }
    let headings = columns.map(\.heading.escapedForTable)
    let widths = columns.indices.map { column in
      max(3, headings[column].count, rows.map { $0[column].count }.max() ?? 0)
    }
    let numeric = columns.map { if case .numbers = $0.cells { true } else { false } }
    func line(_ cells: [String]) -> String {
      let padded = cells.enumerated().map { column, cell in
        let blanks = String(repeating: " ", count: widths[column] - cell.count)
        return numeric[column] ? blanks + cell : cell + blanks
      }
      return "| \(padded.joined(separator: " | ")) |"
    }
    let rules = columns.indices.map { column in
      let dashes = String(repeating: "-", count: widths[column] - 1)
      return numeric[column] ? dashes + ":" : ":" + dashes
    }
    var lines = [line(headings), line(rules)] + rows.map(line)
    if shownRows < rowCount {
      lines += ["", "*The first \(shownRows) of \(rowCount) rows.*"]
    }
    return lines
  }
}

extension Derivation {
  /// The steps, each with its reason: display math, or one block of plain text.
  var markdownLines: [String] {
    switch notation {
    case .latex:
      return Array(
        steps.map { [$0.reason, "", "$$", $0.latex, "$$"] }.joined(separator: [""]))
    case .text:
      let lines = steps.map { ["\($0.reason)", "    \($0.text)"] }.joined(separator: [""])
      return Markdown.fence(Array(lines), info: "text")
    }
  }
}

extension String {
  /// The text as a cell of a GFM table.
  fileprivate var escapedForTable: String {
    contains("|") ? replacing("|", with: "\\|") : self
  }
}
