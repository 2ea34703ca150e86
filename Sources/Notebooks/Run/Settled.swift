/// A cell that is done with: what became of it, and all that its readers' keys need.
struct Settled: Sendable {
  var result: CellResult
  var diagnostics: [Diagnostic] = []
  /// What the result depends on; nil for cells without a key: prose, and what could not be run.
  var inputs: CellInputs?
  /// The key of `inputs`.
  var key: StoreKey?
  var files: [FileState] = []
  /// What the cell saves.
  var saved: SavedFile?
  /// Whether the store has the result.
  var isKept = false
  /// Whether the cell ran, as against being found in the store.
  var hasRun = false
  /// What a formula gave, for the next run.
  var formula: NotebookRecord.Formula?

  static func failed(_ diagnostics: [Diagnostic] = []) -> Settled {
    Settled(result: .failed, diagnostics: diagnostics)
  }

  var isFailed: Bool { if case .failed = result { true } else { false } }
}
