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
  /// with the exit code that the diagnostics ask for.
  static func finish(_ result: Batch.Result, summary: String) throws {
    for diagnostic in result.diagnostics {
      FileHandle.standardError.write(Data("\(diagnostic)\n".utf8))
    }
    let counts = Diagnostic.Kind.allCases.compactMap { kind -> String? in
      let count = result.diagnostics.count { $0.kind == kind }
      return count == 0 ? nil : kind.counted(count)
    }
    print(([summary] + counts).joined(separator: "; "))
    let code = Notebooks.ExitCode(result.diagnostics)
    if code != .clean { throw ArgumentParser.ExitCode(code.rawValue) }
  }
}

extension Diagnostic.Kind {
  fileprivate func counted(_ count: Int) -> String {
    switch self {
    case .error: "\(count) \(count == 1 ? "error" : "errors")"
    case .failure: "\(count) \(count == 1 ? "failure" : "failures")"
    case .stale: "\(count) stale"
    }
  }
}

/// How many things may run at once.
struct JobsOption: ParsableArguments {
  @ArgumentParser.Option(
    help: ArgumentHelp(
      "How many threads may run at once; results never depend on it. (default: "
        + "HARMONIUM_THREADS, or all cores)",
      valueName: "n"))
  var jobs: Int?

  /// What the environment asks for.
  private var requested: Int?

  mutating func validate() throws {
    if let jobs, !(1...1024).contains(jobs) {
      throw ValidationError("`--jobs` goes from 1 to 1024, not \(jobs)")
    }
    do { requested = try Environment.threads() } catch { throw ValidationError("\(error)") }
  }

  /// What `body` gives with a batch that says on a terminal how far it is.
  func run(store: Store?, _ body: (Batch) -> Batch.Result) -> Batch.Result {
    let line = ProgressLine.onTerminal()
    defer { line?.clear() }
    return body(
      Batch(
        registry: .harmonium, renderer: MarkdownRenderer(),
        jobs: jobs ?? requested ?? ProcessInfo.processInfo.activeProcessorCount,
        store: store,
        listener: { line?.show($0) }))
  }
}
