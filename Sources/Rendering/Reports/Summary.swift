package import Notebooks

/// What was found, in one line.
package enum Summary {
  /// `checked 3 notebooks against output; 1 error; 2 stale`.
  package static func line(_ what: String, _ diagnostics: [Diagnostic]) -> String {
    let counts = Diagnostic.Kind.allCases.compactMap { kind -> String? in
      let count = diagnostics.count { $0.kind == kind }
      return count == 0 ? nil : kind.counted(count)
    }
    return ([what] + counts).joined(separator: "; ")
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
