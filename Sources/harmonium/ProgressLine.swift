internal import Foundation
internal import Notebooks
internal import Rendering
internal import Synchronization

/// One line on a terminal that says how far the slowest cells are; nothing anywhere else.
final class ProgressLine: Sendable {
  private struct State {
    var starts: [String: (time: ContinuousClock.Instant, done: Int)] = [:]
    var lastShown: ContinuousClock.Instant?
    var isShown = false
  }

  private let state = Mutex(State())
  /// Shorter runs show nothing, and the line changes no faster than this.
  private static let pause = Duration.milliseconds(200)
  /// What a terminal has at least; longer lines would wrap and stay.
  private static let width = 79

  /// Nil if standard error is no terminal.
  static func onTerminal() -> ProgressLine? {
    isatty(FileHandle.standardError.fileDescriptor) == 1 ? ProgressLine() : nil
  }

  func show(_ progress: CellProgress) {
    let now = ContinuousClock.now
    state.withLock { state in
      let key = "\(progress.file)\n\(progress.cell)"
      guard let start = state.starts[key] else {
        state.starts[key] = (now, progress.done)
        return
      }
      let quietSince = state.lastShown ?? start.time
      guard now - quietSince >= Self.pause, progress.done < progress.total else { return }
      let elapsed =
        Double((now - start.time).components.attoseconds) * 1e-18
        + Double((now - start.time).components.seconds)
      let text = progress.text(elapsed: elapsed, since: start.done)
      state.lastShown = now
      state.isShown = true
      StandardStream.say("\r\(text.prefix(Self.width))\u{1b}[K")
    }
  }

  /// Takes the line away, before anything else is printed.
  func clear() {
    state.withLock { state in
      if state.isShown { StandardStream.say("\r\u{1b}[K") }
      state.isShown = false
    }
  }
}
