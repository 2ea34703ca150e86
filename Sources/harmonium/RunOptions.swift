internal import ArgumentParser
internal import Directives
internal import Foundation
internal import Notebooks
internal import Rendering

/// Which cells run.
struct CellOptions: ParsableArguments {
  @ArgumentParser.Option(
    help: ArgumentHelp(
      "Run only the cell of this name and what it needs, see `harmonium list`.",
      valueName: "name"))
  var only: String?

  func choose(_ batch: inout Batch) { batch.only = only }
}

/// How a command runs notebooks and says what it found.
struct RunOptions: ParsableArguments {
  @ArgumentParser.Option(
    help: ArgumentHelp(
      "How many threads may run at once; results never depend on it. (default: "
        + "HARMONIUM_THREADS, or all cores)",
      valueName: "n"))
  var jobs: Int?

  @ArgumentParser.Option(
    help: ArgumentHelp(
      "Give a cell up that takes longer. Its work goes on unseen until the command ends.",
      valueName: "seconds"))
  var cellTimeout: Double?

  @Flag(help: "Stop at the first notebook with an error, a failure or stale output.")
  var failFast = false

  @Flag(help: "Take warnings as errors: results kept in the store that are damaged, or cannot be.")
  var strict = false

  @OptionGroup var parameters: ParameterOption
  @OptionGroup var store: StoreOption
  @OptionGroup var reports: ReportOptions

  /// What the environment asks for.
  private var requested: Int?

  mutating func validate() throws {
    if let jobs, !(1...1024).contains(jobs) {
      throw ValidationError("`--jobs` goes from 1 to 1024, not \(jobs)")
    }
    if let cellTimeout, !(cellTimeout > 0 && cellTimeout <= 1e6) {
      throw ValidationError("`--cell-timeout` goes from above 0 to 1000000 seconds")
    }
    do { requested = try Environment.threads() } catch { throw ValidationError("\(error)") }
  }

  /// What `body` gives with a batch that says on a terminal how far it is.
  func result(_ body: (inout Batch) -> Batch.Result) -> Batch.Result {
    let line = ProgressLine.onTerminal()
    defer { line?.clear() }
    let warnings = Warnings(isStrict: strict)
    let store = store.opened(warn: warnings.add)
    var batch = Batch(
      registry: .harmonium, renderer: MarkdownRenderer(),
      jobs: jobs ?? requested ?? ProcessInfo.processInfo.activeProcessorCount,
      store: store, listener: { line?.show($0) })
    batch.cellTimeout = cellTimeout
    batch.stopsEarly = failFast
    batch.listsCells = !reports.reports.isEmpty
    batch.settings = parameters.settings
    var result = body(&batch)
    result.others += warnings.errors(about: store?.folder ?? "")
    return result
  }

  /// Writes the reports, says what was found, and ends the command with the exit code for it.
  func finish(_ result: Batch.Result, summary: String?) throws {
    try reports.finish(result, summary: summary)
  }
}
