import Foundation
import Testing

@Suite struct ReadmeTests {
  /// The notebook in the README gives the very lines that the README quotes as its result.
  @Test func itsExampleGivesWhatItShows() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let readme = try String(contentsOf: root.appendingPathComponent("README.md"), encoding: .utf8)
    let lines = readme.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let start = try #require(lines.firstIndex(of: "`````markdown"))
    let end = try #require(lines[start...].firstIndex(of: "`````"))
    let page = Page(lines[(start + 1)..<end].joined(separator: "\n") + "\n")
    #expect(page.diagnostics.map(\.description) == [])

    let quoted = lines[end...].filter { $0.hasPrefix(">") }
      .map { String($0.dropFirst(2)) }
    #expect(quoted.count > 5)
    let shown = try #require(page.text)
    #expect(shown.contains(quoted.joined(separator: "\n")))
  }
}
