/// How a command ends, for scripts. The worst kind of diagnostic decides.
package enum ExitCode: Int32, Sendable, Comparable {
  case clean = 0
  /// Only committed output is out of date.
  case stale = 3
  /// A claim, a published number or another assertion does not hold.
  case failure = 1
  /// A notebook is wrong or cannot be read or written.
  case error = 2

  /// The worst of what was found: errors before failures before stale output.
  package init(_ diagnostics: [Diagnostic]) {
    self = diagnostics.map { Self($0.kind) }.max() ?? .clean
  }

  private init(_ kind: Diagnostic.Kind) {
    switch kind {
    case .error: self = .error
    case .failure: self = .failure
    case .stale: self = .stale
    }
  }

  private var severity: Int {
    switch self {
    case .clean: 0
    case .stale: 1
    case .failure: 2
    case .error: 3
    }
  }

  package static func < (a: ExitCode, b: ExitCode) -> Bool { a.severity < b.severity }
}
