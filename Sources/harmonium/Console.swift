internal import ArgumentParser
internal import Directives
internal import Foundation
internal import Notebooks
internal import Rendering

/// What the terminal is told.
enum Console {
  /// Prints a sentence that changes nothing about the outcome.
  static func warn(_ sentence: String) {
    FileHandle.standardError.write(Data("warning: \(sentence)\n".utf8))
  }

  /// Prints diagnostics to standard error and the summary to standard output, and ends the command
  /// with the exit code that the diagnostics ask for. Without a summary, standard output belongs to
  /// something else.
  static func finish(_ result: Batch.Result, summary: String?) throws {
    say(result, summary: summary)
    let code = Notebooks.ExitCode(result.diagnostics)
    if code != .clean { throw ArgumentParser.ExitCode(code.rawValue) }
  }

  /// The same without an end.
  static func say(_ result: Batch.Result, summary: String?) {
    let isColoured = TerminalColour.isWanted(
      isTerminal: isatty(FileHandle.standardError.fileDescriptor) == 1,
      environment: ProcessInfo.processInfo.environment)
    for diagnostic in result.diagnostics {
      let text = isColoured ? TerminalColour.coloured(diagnostic) : "\(diagnostic)"
      FileHandle.standardError.write(Data("\(text)\n".utf8))
    }
    if let summary { write(Summary.line(summary, result.diagnostics) + "\n") }
  }

  /// Begins a new page on a terminal; does nothing elsewhere.
  static func clear() {
    guard isatty(FileHandle.standardOutput.fileDescriptor) == 1 else { return }
    write("\u{1b}[2J\u{1b}[H")
  }

  /// At once, also into a pipe: `print` would keep it until there is more.
  private static func write(_ text: String) {
    FileHandle.standardOutput.write(Data(text.utf8))
  }

  /// What reads notebooks without running them.
  static var batch: Batch {
    Batch(
      registry: .harmonium, renderer: MarkdownRenderer(),
      jobs: ProcessInfo.processInfo.activeProcessorCount)
  }

  /// `1 notebook`, `3 notebooks`.
  static func counted(_ notebooks: Int) -> String {
    "\(notebooks) \(notebooks == 1 ? "notebook" : "notebooks")"
  }
}
