package import Notebooks

/// Colour for people; never in files, and nowhere where it is not wanted.
package enum TerminalColour {
  /// On terminals only, and not where `NO_COLOR` is set to anything (no-color.org) or the terminal
  /// says that it is dumb.
  package static func isWanted(isTerminal: Bool, environment: [String: String]) -> Bool {
    isTerminal && (environment["NO_COLOR"] ?? "").isEmpty && environment["TERM"] != "dumb"
  }

  /// The diagnostic with its kind in red (error), yellow (failure) or cyan (stale).
  package static func coloured(_ diagnostic: Diagnostic) -> String {
    let colour =
      switch diagnostic.kind {
      case .error: "31"
      case .failure: "33"
      case .stale: "36"
      }
    let kind = "\(diagnostic.kind.rawValue):"
    return "\(diagnostic)".replacing(
      " \(kind) ", with: " \u{1b}[1;\(colour)m\(kind)\u{1b}[0m ", maxReplacements: 1)
  }
}
