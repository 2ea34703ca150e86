/// Runs the steps of a plan; a cell reads only what stands above it.
///
/// Cells that do not read each other run at the same time. A failed cell never stops the run: what
/// depends on it is left out, everything else is computed, so that one run reports every mistake.
/// With a store, a cell runs only if something that its result depends on has changed.
package struct Run: Sendable {
  /// The most threads that one cell may use.
  package let threads: Int
  /// Where results are kept; nil keeps none.
  package let store: Store?
  /// How many seconds one cell may take; nil lets it take as long as it does.
  package let cellTimeout: Double?
  let permits: Permits
  private(set) var listener: CellProgress.Listener
  /// The files that this run has met, each as it was when it was first met.
  let hashes = FileHashes()

  /// Long cells tell `listener` how far they are. `permits` bounds the cells that run at once besides
  /// one for each report; nil has one for each thread.
  package init(
    threads: Int = 1, store: Store? = nil, permits: Permits? = nil, cellTimeout: Double? = nil,
    listener: @escaping CellProgress.Listener = { _ in }
  ) {
    (self.threads, self.store) = (max(1, threads), store)
    (self.cellTimeout, self.listener) = (cellTimeout, listener)
    self.permits = permits ?? Permits(threads - 1)
  }

  /// The same without anybody who is told how far it is.
  var unwatched: Run {
    var result = self
    result.listener = { _ in }
    return result
  }

  /// Runs the plan, or only the cells called `name` and what they need. Cost: that of those of its
  /// directives whose results are not in the store.
  package func report(on plan: Plan, only name: String? = nil) -> Report {
    NotebookRun(plan, by: self, only: name).report()
  }

  /// What the store knows of work with the files of this folder; nil without a store.
  package func entries(in folder: Folder) -> FiledEntries? {
    store.map { FiledEntries(store: $0, folder: folder, hashes: hashes) }
  }
}
