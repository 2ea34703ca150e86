internal import Notebooks
internal import Synchronization

/// Sentences that change nothing about the results. They are said at once, or where warnings count
/// as errors, kept for the end.
final class Warnings: Sendable {
  private let isStrict: Bool
  private let kept = Mutex<[String]>([])

  init(isStrict: Bool) { self.isStrict = isStrict }

  func add(_ sentence: String) {
    if isStrict { kept.withLock { $0.append(sentence) } } else { Console.warn(sentence) }
  }

  /// Those that count as errors, about the folder `store`.
  func errors(about store: String) -> [Diagnostic] {
    kept.withLock(\.self).sorted().map {
      Diagnostic(
        "warning", at: Place(file: store), $0, hint: "without `--strict` this is only a warning")
    }
  }
}
