internal import Synchronization

/// The runs of notebooks that others take definitions from: each of their cells runs once, however
/// often it is taken.
final class LibraryRuns: Sendable {
  private let runs = Mutex<[StoreKey: LibraryRun]>([:])

  /// Settles the cells of `plan` that `names` need, in order.
  func settled(
    _ names: Set<String>, of plan: Plan, for reader: NotebookRun
  ) -> (run: NotebookRun, cells: [(index: Int, settled: Settled)]) {
    let library = runs.withLock { runs in
      let key = plan.key
      if let known = runs[key] { return known }
      let new = LibraryRun(NotebookRun(plan, by: reader.run, libraries: self))
      runs[key] = new
      return new
    }
    return (library.run, library.settled(names))
  }

  /// Lets go of all runs, which hold what they share.
  func forget() { runs.withLock { $0 = [:] } }
}

private final class LibraryRun: Sendable {
  let run: NotebookRun
  /// The cells that are settled. Held while others are: who takes from a notebook waits for who
  /// took first, and since notebooks do not take in a circle, nobody waits for ever.
  private let done = Mutex<Set<Int>>([])

  init(_ run: NotebookRun) { self.run = run }

  func settled(_ names: Set<String>) -> [(index: Int, settled: Settled)] {
    let selection = Selection(names, in: run.plan)
    let cells = run.plan.steps.indices.filter { selection.contains($0) }
    done.withLock { done in
      for index in cells where done.insert(index).inserted { run.settle(index) }
    }
    return cells.map { ($0, run.settled($0)) }
  }
}

extension Plan {
  /// Tells a notebook from all others, and from itself when its file has changed.
  fileprivate var key: StoreKey {
    let files = libraryFiles.flatMap { [$0.name, $0.hash] }
    return StoreKey(of: [notebook.file, StoreKey(of: notebook.source.original).hex] + files)
  }
}
