package import Notebooks

extension RenderedDocument {
  /// Says how the committed `stored` differs from this document: one diagnostic for each cell whose
  /// output is stale, with every spot that differs; none if nothing does.
  ///
  /// `output` and `notebook` are the paths of the two for messages.
  package func staleness(
    against stored: [UInt8], at output: String, of notebook: String,
    tolerance: Tolerance = .exact, hint: String = "render the notebook and commit the result"
  ) -> [Diagnostic] {
    guard stored != bytes else { return [] }
    let comparison = PageComparison(
      of: stored, with: self, output: output, tolerance: tolerance)
    let found = comparison.found()
    if found.isEmpty {
      guard tolerance == .exact else { return [] }
      var diagnostic = Diagnostic(
        "stale-output", at: Place(file: notebook, line: 1),
        "\(output) is not what the notebook gives today", hint: hint, kind: .stale)
      diagnostic.detail = unifiedDiff(against: stored, at: output, of: notebook)
      return [diagnostic]
    }
    return cells(of: found).map { diagnostic(for: $0, at: output, hint: hint) }
  }

  /// The differences of one cell each, in the order of the page.
  private func cells(of found: [PageComparison.Found]) -> [[PageComparison.Found]] {
    var cells: [[PageComparison.Found]] = []
    var numbers: [Place: Int] = [:]
    for one in found {
      let isProse = parts[one.part].content == .prose
      let place = isProse ? one.difference.source : parts[one.part].place
      if let number = numbers[place] {
        cells[number].append(one)
      } else {
        numbers[place] = cells.count
        cells.append([one])
      }
    }
    return cells
  }

  private func diagnostic(
    for found: [PageComparison.Found], at output: String, hint: String
  ) -> Diagnostic {
    let part = parts[found[0].part]
    let isProse = part.content == .prose
    let count = found.count == 1 ? "one difference" : "\(found.count) differences"
    var diagnostic = Diagnostic(
      "stale-output", at: isProse ? found[0].difference.source : part.place,
      isProse
        ? "\(output) does not have this prose as it stands here: \(count)"
        : "\(output) is not what \(part.label) gives today: \(count)",
      hint: hint, kind: .stale)
    diagnostic.differences = found.map(\.difference)
    return diagnostic
  }

  /// The whole difference as text, `-` what is stored and `+` what the notebook gives.
  package func unifiedDiff(
    against stored: [UInt8], at output: String, of notebook: String
  ) -> [String] {
    let old = PageLine.all(of: stored)
    let new = PageLine.all(of: bytes)
    let diff = UnifiedDiff(
      old: old.map(\.whole), new: new.map(\.whole), text: PageLine.visible)
    return ["--- \(output)", "+++ \(notebook), rendered"]
      + diff.hunks.flatMap { hunk in
        let first = hunk.changes.first?.new ?? 0
        let place = first < new.count ? source(at: new[first].whole.startIndex) : nil
        let label = place.map { " (\($0))" } ?? ""
        return ["@@ -\(Self.span(hunk.old)) +\(Self.span(hunk.new)) @@\(label)"] + hunk.lines
      }
  }

  private static func span(_ range: Range<Int>) -> String {
    "\(range.isEmpty ? range.lowerBound : range.lowerBound + 1),\(range.count)"
  }
}
