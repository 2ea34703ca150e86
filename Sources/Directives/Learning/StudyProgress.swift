internal import Notebooks
internal import Numerals
internal import Synchronization

/// Tells how far a study is: one seed by its epochs, many seeds by how many are done.
final class StudyProgress: Sendable {
  private let context: Context
  private let epochs: Int
  private let seeds: Int
  private let column: TrainingColumn?
  private let finished = Atomic(0)

  init(_ task: TrainingTask, in context: Context) {
    (self.context, epochs, seeds) = (context, task.epochs, task.seeds)
    column = task.columns.last
  }

  /// So many epochs of a seed are done; `last` has the values recorded last.
  func finish(epochs done: Int, _ last: [Double?]?) {
    guard seeds == 1 else { return }
    context.tell(done, of: epochs, "epoch", figure: figure(last))
  }

  /// A seed is done.
  func finishSeed() {
    guard seeds > 1 else { return }
    let done = finished.add(1, ordering: .relaxed).newValue
    context.tell(done, of: seeds, "seed")
  }

  private func figure(_ last: [Double?]?) -> String? {
    // The first part of the last column is its value.
    guard let column, let last, last.count >= column.parts.count,
      let value = last[last.count - column.parts.count]
    else { return nil }
    return "\(column.heading) \(NumberFormat.significant(4).string(value))"
  }
}
