import Foundation
import Notebooks
import Testing

@testable import Rendering

@Suite struct ReportTests {
  /// Names and words that break formats which do not escape them.
  private static let hostile = [
    "a\nb.md", "a\r\nb.md", "<![CDATA[x]]>.md", "a&b<c>\"d'.md", "::error::x.md", "a%0Ab,c:d.md",
    "\u{1b}[31mred.md", "\u{0}\u{7}\u{FFFE}.md", "é 能 \u{1F600}\u{2028}.md", "a b\\c.md", "-->.md",
    String(decoding: [0x61, 0xFF, 0xC3, 0x2E, 0x6D, 0x64] as [UInt8], as: UTF8.self),
  ]

  private static func result(_ names: [String] = hostile) -> Batch.Result {
    let files = names.map { name in
      let place = Place(file: name, line: 3, column: 5)
      var stale = Diagnostic(
        "stale-output", at: place, "\(name) is stale: 50% of it, \u{1b}", hint: "a\nb", kind: .stale
      )
      stale.differences = [
        Difference(
          source: place, output: Place(file: "out/" + name, line: 9, column: 2),
          spot: "row 1, column p", row: 1, column: "p", stored: "0.5", computed: "0.6",
          distance: "0.1")
      ]
      return Batch.Result.File(
        path: name,
        cells: [cell("one", name, 3, 6), cell("\"two\"", name, 8, 8)],
        diagnostics: [
          stale, Diagnostic("false-claim", at: Place(file: name, line: 4), "no", kind: .failure),
          Diagnostic("unreadable", at: Place(file: name), "gone"),
        ])
    }
    return Batch.Result(
      files: files, others: [Diagnostic("no-notebook", at: Place(file: "x"), "none")])
  }

  private static func cell(_ name: String, _ file: String, _ first: Int, _ last: Int) -> CellOutline
  {
    CellOutline(
      name: name, label: "{probe} \(name)", kind: "probe", place: Place(file: file, line: first),
      lastLine: last, reads: ["a", "b"])
  }

  private func text(_ format: String, _ result: Batch.Result = result()) throws -> String {
    try #require(ReportTarget(parsing: format)).text(result, summary: "checked")
  }

  private func object(_ text: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  @Test func jsonFollowsItsSchema() throws {
    let schema = try Schema(committed: "Sources/Rendering/Reports/report-1.schema.json")
    let report = try object(try text("json"))
    #expect(schema.mistakes(in: report) == [])
    #expect(report["exitCode"] as? Int == 2)
    let notebooks = try #require(report["notebooks"] as? [[String: Any]])
    #expect(notebooks.map { $0["file"] as? String } == Self.hostile)
    let cells = try #require(notebooks[0]["cells"] as? [[String: Any]])
    #expect(cells.map { $0["status"] as? String } == ["failure", "passed"])
    #expect(schema.mistakes(in: try object(try text("json", Batch.Result(files: [])))) == [])
  }

  /// As many findings as cells: each is sought once, not once for every pair of both.
  @Test(.timeLimit(.minutes(1)), arguments: ["json", "junit", "sarif"])
  func manyFindings(format: String) throws {
    let lines = 1...2000
    var file = Batch.Result.File(path: "a.md")
    file.cells = lines.map { Self.cell("c\($0)", "a.md", $0, $0) }
    file.diagnostics = lines.map {
      Diagnostic("false-claim", at: Place(file: "a.md", line: $0), "no", kind: .failure)
    }
    let report = try text(format, Batch.Result(files: [file]))
    #expect(report.contains("c2000"))
  }

  /// The check of the schema can fail.
  @Test func aSchemaFindsMistakes() throws {
    let schema = try Schema(committed: "Sources/Rendering/Reports/report-1.schema.json")
    var report = try object(try text("json"))
    report["version"] = 2
    report["more"] = "x"
    report["counts"] = ["error": "1", "failure": 0]
    #expect(
      schema.mistakes(in: report).sorted() == [
        "$.counts.error: type", "$.counts: no stale", "$.version: constant", "$: more is unknown",
      ])
  }

  @Test func sarif() throws {
    let log = try object(try text("sarif"))
    #expect(log["version"] as? String == "2.1.0")
    let run = try #require((log["runs"] as? [[String: Any]])?.first)
    let results = try #require(run["results"] as? [[String: Any]])
    #expect(results.count == 3 * Self.hostile.count + 1)
    let driver = try #require((run["tool"] as? [String: [String: Any]])?["driver"])
    let rules = try #require(driver["rules"] as? [[String: Any]]).compactMap { $0["id"] as? String }
    for result in results {
      let index = try #require(result["ruleIndex"] as? Int)
      #expect(result["ruleId"] as? String == rules[index])
      let location = try #require((result["locations"] as? [[String: Any]])?.first)
      let physical = try #require(location["physicalLocation"] as? [String: Any])
      let artifact = try #require(physical["artifactLocation"] as? [String: String])
      let uri = try #require(artifact["uri"])
      #expect(uri.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F })
      #expect(URL(string: uri) != nil)
    }
    #expect(SARIFReport.uri("a b/é:%.md") == "a%20b/%C3%A9%3A%25.md")
    #expect(SARIFReport.uri("/x/y.md") == "file:///x/y.md")
  }

  /// Foundation's parser is the judge.
  @Test func junitIsWellFormed() throws {
    let text = try text("junit")
    let reader = JUnitReader(text)
    #expect(reader.error == nil)
    #expect(reader.names("testsuite").count == Self.hostile.count + 1)
    let clean = Self.hostile.map { $0.replacing("\u{1b}", with: "\u{FFFD}") }
    for name in clean where !name.contains("\u{0}") {
      #expect(reader.names("testsuite").contains(name), "\(name.debugDescription)")
    }
    #expect(reader.counts["testcase"] == 3 * Self.hostile.count + 1)
    #expect(reader.counts["failure"] == Self.hostile.count)
    #expect(reader.counts["error"] == Self.hostile.count + 1)
    #expect(
      text.contains(
        "<testsuites tests=\"37\" failures=\"12\" errors=\"13\">"))
  }

  @Test func gitHubShowsNineAndCountsTheRest() throws {
    let lines = try text("github").split(separator: "\n")
    #expect(lines.count == 10)
    #expect(lines[..<9].allSatisfy { $0.hasPrefix("::error file=") })
    #expect(lines[9].hasSuffix("28 more are in the summary of this step"))
    #expect(lines[0].contains("file=a%0Ab.md,title=unreadable::gone"))
    let few = try text("github", Self.result(["a,b:c%.md"])).split(separator: "\n")
    #expect(few.count == 5)
    #expect(
      few[3].hasPrefix(
        "::warning file=a%2Cb%3Ac%25.md,line=3,col=5,title=stale-output::a,b:c%25.md "))
    #expect(few[4].hasPrefix("::notice title=harmonium::checked"))
    #expect(try !text("github").unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
  }

  @Test func theSummaryPageHasEverything() {
    let page = GitHubReport.page(Self.result(), summary: "checked")
    #expect(page.hasPrefix("### harmonium\n\nchecked\n\n```text\n"))
    #expect(page.components(separatedBy: "[stale-output]").count == Self.hostile.count + 1)
    #expect(!page.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
  }

  @Test func longSummaryPagesAreCut() {
    let long = String(repeating: "x", count: 300_000)
    let found = (0..<5).map { Diagnostic("long", at: Place(file: "\($0)"), long) }
    let page = GitHubReport.page(Batch.Result(files: [], others: found), summary: "checked")
    #expect(page.utf8.count < 1 << 20)
    #expect(page.contains("and 3 more"))
  }

  @Test func targets() {
    #expect(ReportTarget(parsing: "junit=a=b.xml")?.path == "a=b.xml")
    #expect(ReportTarget(parsing: "github")?.path == nil)
    #expect(ReportTarget(parsing: "json=-")?.path == nil)
    for wrong in ["", "xml", "junit=", "=a"] { #expect(ReportTarget(parsing: wrong) == nil) }
  }

  @Test func aReportThatCannotBeWritten() throws {
    let folder = FileManager.default.temporaryDirectory.path
    let found = try #require(ReportTarget(parsing: "json=\(folder)")).write(
      Self.result(), summary: "checked")
    #expect(found.map(\.id) == ["unwritable"])
  }

  @Test func summariesAreAppended() throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("harmonium-report-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let page = folder.appendingPathComponent("summary.md")
    let target = try #require(
      ReportTarget(parsing: "github=\(folder.appendingPathComponent("log").path)"))
    for _ in 0..<2 {
      #expect(target.write(Self.result(["a.md"]), summary: "checked", stepSummary: page.path) == [])
    }
    let text = try String(contentsOf: page, encoding: .utf8)
    #expect(text.components(separatedBy: "### harmonium").count == 3)
    try FileManager.default.removeItem(at: folder)
  }

  @Test func colourIsForTerminals() {
    #expect(TerminalColour.isWanted(isTerminal: true, environment: ["TERM": "xterm"]))
    #expect(TerminalColour.isWanted(isTerminal: true, environment: ["NO_COLOR": ""]))
    #expect(!TerminalColour.isWanted(isTerminal: true, environment: ["NO_COLOR": "1"]))
    #expect(!TerminalColour.isWanted(isTerminal: true, environment: ["TERM": "dumb"]))
    #expect(!TerminalColour.isWanted(isTerminal: false, environment: [:]))
    let error = Diagnostic("x", at: Place(file: "a.md"), "error: no")
    #expect(TerminalColour.coloured(error) == "a.md: \u{1b}[1;31merror:\u{1b}[0m error: no [x]")
  }
}
