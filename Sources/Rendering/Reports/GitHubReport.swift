internal import Notebooks

/// Workflow commands that GitHub shows at the lines they are about, and a summary page of the step.
///
/// GitHub shows ten annotations of a step and drops the rest in silence: nine of the gravest are
/// given, and one that says how many there are.
package enum GitHubReport {
  static let shown = 9

  package static func annotations(_ result: Batch.Result, summary: String) -> String {
    let all = result.diagnostics.gravestFirst
    var lines = all.prefix(shown).map(annotation)
    if all.count > shown {
      lines.append(
        "::error title=harmonium::"
          + data("\(summary); \(all.count - shown) more are in the summary of this step"))
    } else {
      lines.append("::notice title=harmonium::\(data(summary))")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func annotation(_ diagnostic: Diagnostic) -> String {
    let place = diagnostic.place
    var properties = ["file=\(property(place.file))"]
    if place.line > 0 { properties += ["line=\(place.line)", "col=\(place.column)"] }
    properties.append("title=\(property(diagnostic.id))")
    var lines = [diagnostic.message] + diagnostic.differences.prefix(3).map(\.description)
    if let hint = diagnostic.hint { lines.append("hint: \(hint)") }
    let level = diagnostic.kind == .stale ? "warning" : "error"
    return "::\(level) \(properties.joined(separator: ","))::\(data(lines.joined(separator: "\n")))"
  }

  private static func data(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "%": result += "%25"
      case "\r": result += "%0D"
      case "\n": result += "%0A"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result.withoutControls
  }

  private static func property(_ text: String) -> String {
    data(text).replacing(":", with: "%3A").replacing(",", with: "%2C")
  }

  /// The most bytes of a summary page; GitHub takes one mebibyte.
  static let pageLimit = 900_000

  /// The summary page: what was found, all of it.
  package static func page(_ result: Batch.Result, summary: String) -> String {
    let all = result.diagnostics.gravestFirst
    var page = "### harmonium\n\n\(summary.withoutControls)\n"
    guard !all.isEmpty else { return page + "\n" }
    var lines: [String] = []
    var size = 0
    for (index, diagnostic) in all.enumerated() {
      let text = diagnostic.description.components.map(\.withoutControls)
      size += text.reduce(0) { $0 + $1.utf8.count + 1 }
      if size > pageLimit {
        lines.append("and \(all.count - index) more")
        break
      }
      lines += text
    }
    page += "\n" + Markdown.fence(lines, info: "text").joined(separator: "\n") + "\n\n"
    return page
  }
}

extension String {
  fileprivate var components: [String] {
    split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map(String.init)
  }

  /// The text with U+FFFD in place of control characters other than line ends and tabs.
  var withoutControls: String {
    var result = ""
    for scalar in unicodeScalars {
      let isControl = scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
      result.unicodeScalars.append(
        isControl && scalar != "\n" && scalar != "\t" ? "\u{FFFD}" : scalar)
    }
    return result
  }
}
