internal import Notebooks

/// A test suite for each notebook, a test case for each cell, as Jenkins' junit-10.xsd has them.
/// Without times: the same run gives the same bytes.
package enum JUnitReport {
  package static func text(_ result: Batch.Result) -> String {
    var suites = result.files.map(suite)
    if !result.others.isEmpty {
      suites.append(
        suite("harmonium", result.others.map { testCase($0.place.file, "harmonium", [$0]) }))
    }
    let total = suites.reduce(Counts()) { $0 + $1.counts }
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites\(total.attributes)>\n"
      + suites.map(\.text).joined() + "</testsuites>\n"
  }

  private struct Counts {
    var tests = 0
    var failures = 0
    var errors = 0

    static func + (a: Counts, b: Counts) -> Counts {
      Counts(
        tests: a.tests + b.tests, failures: a.failures + b.failures, errors: a.errors + b.errors)
    }

    var attributes: String { " tests=\"\(tests)\" failures=\"\(failures)\" errors=\"\(errors)\"" }
  }

  private typealias Piece = (text: String, counts: Counts)

  private static func suite(_ file: Batch.Result.File) -> Piece {
    let (found, rest) = file.diagnosticsByCell
    var cases = zip(file.cells, found).map { testCase($0.name, file.path, $1) }
    if cases.isEmpty || !rest.isEmpty { cases.insert(testCase("notebook", file.path, rest), at: 0) }
    return suite(file.path, cases)
  }

  private static func suite(_ name: String, _ cases: [Piece]) -> Piece {
    let counts = cases.reduce(Counts()) { $0 + $1.counts }
    let text =
      "  <testsuite name=\"\(XML.escaped(name))\"\(counts.attributes)>\n"
      + cases.map(\.text).joined() + "  </testsuite>\n"
    return (text, counts)
  }

  /// One element at most stands inside a test case: the gravest, with the text of all.
  private static func testCase(
    _ name: String, _ file: String, _ diagnostics: [Diagnostic]
  ) -> Piece {
    let head =
      "    <testcase name=\"\(XML.escaped(name))\" classname=\"\(XML.escaped(file))\""
    guard let worst = diagnostics.gravestFirst.first else {
      return (head + "/>\n", Counts(tests: 1))
    }
    let isError = worst.kind == .error
    let element = isError ? "error" : "failure"
    let all = diagnostics.map(\.description).joined(separator: "\n")
    let text =
      head + ">\n      <\(element) type=\"\(XML.escaped(worst.id))\" "
      + "message=\"\(XML.escaped(worst.message))\">\(XML.escaped(all))</\(element)>\n"
      + "    </testcase>\n"
    return (text, Counts(tests: 1, failures: isError ? 0 : 1, errors: isError ? 1 : 0))
  }
}

/// Text inside XML 1.0.
enum XML {
  /// The text for an attribute or an element; what XML has no place for becomes U+FFFD.
  static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&apos;"
      case "\n", "\r", "\t": result += "&#\(scalar.value);"
      case _ where scalar.value < 0x20 || scalar.value & 0xFFFE == 0xFFFE:
        result += "\u{FFFD}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
