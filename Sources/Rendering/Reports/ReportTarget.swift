internal import Foundation
package import Notebooks

/// How a report is written.
package enum ReportFormat: String, Sendable, CaseIterable {
  case text, github, junit, sarif, json
}

/// A report that somebody asked for.
package struct ReportTarget: Sendable, Hashable {
  package let format: ReportFormat
  /// Where it goes; nil is standard output.
  package let path: String?

  /// `junit=report.xml`, or `github` alone for standard output; nil for anything else.
  package init?(parsing text: String) {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard let format = ReportFormat(rawValue: String(parts[0])) else { return nil }
    if parts.count == 2, parts[1].isEmpty { return nil }
    self.format = format
    path = parts.count == 2 && parts[1] != "-" ? String(parts[1]) : nil
  }

  /// Whether the report is what standard output shows, `/dev/stdout` being another name for it.
  package var isPrinted: Bool { path.map(Sink.isStandardOutput) ?? true }

  /// The report itself.
  package func text(_ result: Batch.Result, summary: String) -> String {
    let line = Summary.line(summary, result.diagnostics)
    switch format {
    case .text:
      let lines = result.diagnostics.map { $0.description.withoutControls + "\n" }
      return lines.joined() + line + "\n"
    case .github: return GitHubReport.annotations(result, summary: line)
    case .junit: return JUnitReport.text(result)
    case .sarif: return SARIFReport.text(result)
    case .json: return JSONReport.text(result, summary: line)
    }
  }

  /// Writes the report; says so if it cannot be written. `stepSummary` is the file to which GitHub
  /// wants the summary page of a step appended.
  package func write(
    _ result: Batch.Result, summary: String, stepSummary: String? = nil
  ) -> [Diagnostic] {
    var found: [Diagnostic] = []
    let text = text(result, summary: summary)
    if let path {
      do throws(Diagnostic) {
        _ = try OutputFile(path: path).replace(with: Array(text.utf8))
      } catch {
        found.append(error)
      }
    } else {
      found += StandardStream.print(text)
    }
    if format == .github, let stepSummary, !stepSummary.isEmpty {
      let page = GitHubReport.page(result, summary: Summary.line(summary, result.diagnostics))
      if !Self.append(page, to: stepSummary) {
        found.append(
          Diagnostic(
            "unwritable", at: Place(file: stepSummary), "the step's summary cannot be written",
            hint: "check GITHUB_STEP_SUMMARY"))
      }
    }
    return found
  }

  private static func append(_ text: String, to path: String) -> Bool {
    if !FileManager.default.fileExists(atPath: path) {
      return FileManager.default.createFile(atPath: path, contents: Data(text.utf8))
    }
    guard let file = FileHandle(forWritingAtPath: path) else { return false }
    defer { try? file.close() }
    do {
      try file.seekToEnd()
      try file.write(contentsOf: Data(text.utf8))
      return true
    } catch {
      return false
    }
  }
}
