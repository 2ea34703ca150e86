internal import Notebooks

/// SARIF 2.1.0 (OASIS standard, 2020), which code scanners and editors read.
package enum SARIFReport {
  package static func text(_ result: Batch.Result) -> String {
    let all = result.diagnostics
    let rules = Set(all.map(\.id)).sorted()
    let driver: [(String, JSON)] = [
      ("name", .string("harmonium")),
      (
        "rules",
        .array(
          rules.map { id in
            .object([
              ("id", .string(id)),
              ("shortDescription", .object([("text", .string(words(of: id)))])),
            ])
          })
      ),
    ]
    let run: [(String, JSON)] = [
      ("tool", .object([("driver", .object(driver))])),
      ("columnKind", .string("unicodeCodePoints")),
      ("results", .array(all.map { Self.result($0, rules, in: result) })),
    ]
    return JSON.object([
      ("$schema", .string("https://json.schemastore.org/sarif-2.1.0.json")),
      ("version", .string("2.1.0")),
      ("runs", .array([.object(run)])),
    ]).text + "\n"
  }

  /// `stale-output` reads `Stale output`.
  private static func words(of id: String) -> String {
    let words = id.replacing("-", with: " ")
    return words.prefix(1).uppercased() + words.dropFirst()
  }

  private static func result(
    _ diagnostic: Diagnostic, _ rules: [String], in result: Batch.Result
  ) -> JSON {
    let hint = diagnostic.hint.map { " (hint: \($0))" } ?? ""
    var members: [(String, JSON)] = [
      ("ruleId", .string(diagnostic.id)),
      ("ruleIndex", .integer(rules.firstIndex(of: diagnostic.id) ?? 0)),
      ("level", .string(diagnostic.kind == .stale ? "warning" : "error")),
      ("message", .object([("text", .string(diagnostic.message + hint))])),
      ("locations", .array([location(diagnostic.place, message: nil)])),
    ]
    let related = diagnostic.differences.prefix(100).map {
      location($0.output, message: $0.sentence)
    }
    if !related.isEmpty { members.append(("relatedLocations", .array(Array(related)))) }
    let file = result.files.first { $0.path == diagnostic.place.file }
    let cell = file?.cell(of: diagnostic)?.name ?? ""
    // Lines move; file, rule and cell stay, and tell that this is the finding of the last run.
    members.append(
      (
        "partialFingerprints",
        .object([
          ("cell/v1", .string([diagnostic.place.file, diagnostic.id, cell].joined(separator: " ")))
        ])
      ))
    return .object(members)
  }

  private static func location(_ place: Place, message: String?) -> JSON {
    var physical: [(String, JSON)] = [
      ("artifactLocation", .object([("uri", .string(uri(place.file)))]))
    ]
    if place.line > 0 {
      physical.append(
        (
          "region",
          .object([
            ("startLine", .integer(place.line)), ("startColumn", .integer(max(1, place.column))),
          ])
        ))
    }
    var members: [(String, JSON)] = [("physicalLocation", .object(physical))]
    if let message { members.append(("message", .object([("text", .string(message))]))) }
    return .object(members)
  }

  /// A path as a URI reference: everything but letters, digits and `-._~/` as %XX.
  static func uri(_ path: String) -> String {
    var result = path.hasPrefix("/") ? "file://" : ""
    for byte in path.utf8 {
      if byte < 0x80, byte.isWord || byte.isDigit || "-.~/".utf8.contains(byte) {
        result.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        let digits = String(byte, radix: 16, uppercase: true)
        result += "%" + (digits.count == 1 ? "0" : "") + digits
      }
    }
    return result
  }
}
