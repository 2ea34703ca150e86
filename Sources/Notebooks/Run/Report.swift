/// What a run gave: one result per cell, in order, and everything that was wrong.
package struct Report: Sendable {
  package let notebook: Notebook
  package let results: [CellResult]
  package let diagnostics: [Diagnostic]
  /// What cells save, in order.
  package let saves: [SavedFile]
  /// The files that its cells have read, or tried to; known only with a store.
  package let files: [FileState]
  /// How many directives and formulas ran, as against being found in the store.
  package let cellsRun: Int

  /// Whether every cell has its result, so that the document can be written.
  package var isComplete: Bool {
    !diagnostics.contains { $0.kind == .error }
      && results.allSatisfy { if case .failed = $0 { false } else { true } }
  }
}

/// What became of a cell.
package enum CellResult: Sendable {
  /// Bytes that are carried over.
  case prose(Range<Int>)
  /// A directive's outputs.
  case outputs([Output], of: Call, showsSource: Bool)
  /// What stands in the sentence in place of a role.
  case inline(String, of: RoleCall)
  /// The cell was not asked for: the bytes that it stands at.
  case skipped(Range<Int>)
  /// The cell has no result; why is among the diagnostics.
  case failed
}
