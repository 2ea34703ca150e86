internal import ArgumentParser
internal import Directives
internal import Foundation
internal import Notebooks
internal import Rendering

/// What the terminal is told.
enum Console {
  /// Prints a sentence that changes nothing about the outcome.
  static func warn(_ sentence: String) {
    StandardStream.say("warning: \(sentence)\n")
  }

  /// Prints diagnostics to standard error and the summary to standard output, and ends the command
  /// with the exit code that the diagnostics ask for. Without a summary, standard output belongs to
  /// something else.
  static func finish(_ result: Batch.Result, summary: String?) throws {
    let code = Notebooks.ExitCode(result.diagnostics + say(result, summary: summary))
    if code != .clean { throw ArgumentParser.ExitCode(code.rawValue) }
  }

  /// The same without an end: what is wrong with standard output.
  @discardableResult
  static func say(_ result: Batch.Result, summary: String?) -> [Diagnostic] {
    say(result.diagnostics)
    guard let summary else { return [] }
    let unprinted = StandardStream.print(Summary.line(summary, result.diagnostics) + "\n")
    say(unprinted)
    return unprinted
  }

  private static func say(_ diagnostics: [Diagnostic]) {
    let isColoured = TerminalColour.isWanted(
      isTerminal: isatty(FileHandle.standardError.fileDescriptor) == 1,
      environment: ProcessInfo.processInfo.environment)
    for diagnostic in diagnostics {
      let text = isColoured ? TerminalColour.coloured(diagnostic) : "\(diagnostic)"
      StandardStream.say("\(text)\n")
    }
  }

  /// Prints what the command was asked for, and ends it if that fails.
  static func print(_ text: String) throws {
    try finish(Batch.Result(others: StandardStream.print(text + "\n")), summary: nil)
  }

  /// Begins a new page on a terminal; does nothing elsewhere.
  static func clear() {
    guard isatty(FileHandle.standardOutput.fileDescriptor) == 1 else { return }
    _ = StandardStream.print("\u{1b}[2J\u{1b}[H")
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
