internal import ArgumentParser
internal import Foundation
internal import Rendering

/// How a command says what it found.
struct ReportOptions: ParsableArguments {
  @ArgumentParser.Option(
    name: .customLong("report"),
    help: ArgumentHelp(
      "Also write what was found as text, github, junit, sarif or json, into a file or, without "
        + "one, to standard output. Can be given several times.", valueName: "format[=path]"),
    transform: { text in
      guard let target = ReportTarget(parsing: text) else {
        throw ValidationError(
          "`--report` takes FORMAT or FORMAT=PATH with one of "
            + "\(ReportFormat.allCases.map(\.rawValue).joined(separator: ", ")), not `\(text)`")
      }
      return target
    })
  var reports: [ReportTarget] = []

  /// Writes the reports, says what was found, and ends the command with the exit code for it.
  func finish(_ result: Batch.Result, summary: String?) throws {
    let result = written(result, summary: summary)
    try Console.finish(result, summary: printsReport ? nil : summary)
  }

  /// The same without an end.
  func say(_ result: Batch.Result, summary: String?) {
    let result = written(result, summary: summary)
    Console.say(result, summary: printsReport ? nil : summary)
  }

  /// Writes the reports; the result with what is wrong with them.
  private func written(_ result: Batch.Result, summary: String?) -> Batch.Result {
    var result = result
    let environment = ProcessInfo.processInfo.environment
    for target in reports {
      result.others += target.write(
        result, summary: summary ?? Console.counted(result.notebooks),
        stepSummary: environment["GITHUB_STEP_SUMMARY"])
    }
    return result
  }

  /// Whether standard output belongs to a report.
  var printsReport: Bool { reports.contains(where: \.isPrinted) }
}
