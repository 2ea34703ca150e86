/// A position in a file: line and column from 1, columns in characters.
package struct Place: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The file's path as the user gave it.
  package var file: String
  /// From 1; 0 for the file as a whole.
  package var line: Int
  /// From 1.
  package var column: Int

  package init(file: String, line: Int = 0, column: Int = 1) {
    self.file = file
    self.line = line
    self.column = column
  }

  package static func < (a: Place, b: Place) -> Bool {
    (a.file, a.line, a.column) < (b.file, b.line, b.column)
  }

  package var description: String { line == 0 ? file : "\(file):\(line):\(column)" }
}

/// Something that the user should know: where, what kind, which rule, a sentence and a way out.
package struct Diagnostic: Error, Hashable, Sendable {
  /// What a diagnostic means for the outcome of a run.
  package enum Kind: String, Hashable, Sendable, CaseIterable {
    /// The notebook, its data or the way it was called is wrong.
    case error
    /// The notebook is sound, but something it asserts does not hold.
    case failure
    /// The committed output is not what the notebook gives today.
    case stale
  }

  package var kind: Kind
  package var place: Place
  /// The rule's name, in kebab case; stable, so that tools can sort by it.
  package var id: String
  package var message: String
  /// What to do about it.
  package var hint: String?
  /// Further lines that belong to the diagnostic, such as a diff.
  package var detail: [String] = []
  /// For stale output: each spot at which the committed file differs.
  package var differences: [Difference] = []

  /// How many differences the description lists.
  package static let shownDifferences = 10

  package init(
    _ id: String, at place: Place, _ message: String, hint: String? = nil, kind: Kind = .error
  ) {
    self.kind = kind
    self.place = place
    self.id = id
    self.message = message
    self.hint = hint
  }
}

extension Diagnostic: CustomStringConvertible {
  /// `file:line:column: error: sentence [id]`, the first differences, the detail, and the hint, each
  /// on a line of its own.
  package var description: String {
    var lines = ["\(place): \(kind.rawValue): \(message) [\(id)]"]
    lines += differences.prefix(Self.shownDifferences).map { "  \($0)" }
    let more = differences.count - Self.shownDifferences
    if more > 0 { lines.append("  and \(more) more") }
    lines += detail
    if let hint { lines.append("  hint: \(hint)") }
    return lines.joined(separator: "\n")
  }
}

extension Sequence<Diagnostic> {
  /// In reading order, each only once.
  package var sortedForReport: [Diagnostic] {
    var seen: Set<Diagnostic> = []
    return filter { seen.insert($0).inserted }.enumerated()
      .sorted { ($0.element.place, $0.offset) < ($1.element.place, $1.offset) }
      .map(\.element)
  }
}
