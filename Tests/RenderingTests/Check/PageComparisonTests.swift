import Notebooks
import Testing

@testable import Rendering

@Suite struct PageComparisonTests {
  private let page = Pages.rendered("# A\n\n```{probe} a\n```\n\nEnd {eval}`1/3`.\n")

  private var text: String { String(decoding: page.bytes, as: UTF8.self) }

  private func differences(_ stored: String, _ tolerance: Tolerance = .exact) -> [String] {
    page.staleness(against: Array(stored.utf8), at: "o", of: "n.md", tolerance: tolerance)
      .flatMap(\.differences).map(\.description)
  }

  private func replaced(_ old: String, _ new: String) throws -> String {
    try #require(text.contains(old))
    return text.replacing(old, with: new, maxReplacements: 1)
  }

  @Test(arguments: [
    (
      "0.5000 |", "0.5001 |",
      "o:11:17: row 2, column p(s): stored 0.5001, computed 0.5000, distance 0.0001"
    ),
    ("| 1 0   |", "| 1 1   |", "o:12:3: row 3, column state: stored 1 1, computed 1 0, distance 1"),
    ("p(s)", "q(s)", "o:8:19: heading, column p(s): stored q(s), computed p(s)"),
    ("Z = 1.0000", "Z = 1.0010", "o:16:5: stored 1.0010, computed 1.0000, distance 0.001"),
    ("3.2e-5", "3.2e-4", "o:16:38: stored 3.2e-4, computed 3.2e-5, distance 0.000288"),
    ("of v1", "of v2", "o:16:30: stored v2, computed v1"),
    ("0.3333", "0.3334", "stored 0.3334, computed 0.3333, distance 0.0001"),
    ("# A", "# B", "o:1:3: stored B, computed A"),
  ])
  func whatDiffersIsNamed(old: String, new: String, difference: String) throws {
    let found = differences(try replaced(old, new))
    #expect(found.count == 1)
    #expect(found.first?.hasSuffix(difference) == true, "\(found)")
  }

  /// A wider number makes its column wider: the other rows say the same as before.
  @Test func widerColumnsAreNoDifference() {
    let wide = Pages.rendered("```{probe} a\n:value: 10\n:show: table\n:echo: false\n```\n")
    let narrow = Pages.rendered("```{probe} a\n:value: 9\n:show: table\n:echo: false\n```\n")
    let found = wide.staleness(against: narrow.bytes, at: "o", of: "n")
    #expect(found.flatMap(\.differences).map(\.row) == [1, 2, 3, 4, 5])
    let near = Tolerance(absolute: 1)
    #expect(wide.staleness(against: narrow.bytes, at: "o", of: "n", tolerance: near).isEmpty)
  }

  @Test func rowsThatAreGoneOrNew() throws {
    let row = try #require(text.split(separator: "\n").first { $0.hasPrefix("| 0 1") })
    #expect(
      differences(text.replacing("\(row)\n", with: "")) == [
        "o:11:1: row 2: row 2: nothing stored, computed \(row)".replacing(
          "row 2: row 2", with: "row 2")
      ])
    #expect(
      differences(text.replacing("\(row)\n", with: "\(row)\n\(row)\n")).count == 1)
  }

  /// Lines that look alike are compared in their order where their number is the same.
  @Test func rowsThatBecomeTheSame() {
    let text = "| a |\n|---|\n| 1 |\n| 2 |\n| 3 |\n| 4 |\n\nx\n"
    let page = Pages.rendered(text)
    let stored = "| a |\n|---|\n| 1 |\n| 3 |\n| 3 |\n| 5 |\n\nx\n"
    let found = page.staleness(against: Array(stored.utf8), at: "o", of: "n")
    #expect(found.flatMap(\.differences).map(\.row) == [2, 4])
  }

  @Test func curvesAreReadBack() {
    let other = Pages.rendered("# A\n\n```{probe} a\n:value: 1.2\n```\n\nEnd {eval}`1/3`.\n")
    let stored = String(decoding: other.bytes, as: UTF8.self).replacing(":value: 1.2\n", with: "")
    let curve = differences(stored).filter { $0.contains("x = ") }
    #expect(curve.contains { $0.contains("x = 10: stored `*` at y = ") })
    #expect(curve.allSatisfy { $0.contains("distance about ") })
    let wide = differences(stored, Tolerance(absolute: 16)).filter { $0.contains("x = ") }
    #expect(wide == [])
    let narrow = differences(stored, Tolerance(absolute: 1)).filter { $0.contains("x = ") }
    #expect(!narrow.isEmpty && narrow.count < curve.count)
  }

  @Test func barsFollowTheirNumbers() {
    let other = Pages.rendered("# A\n\n```{probe} a\n:value: 2\n:show: bars\n:echo: false\n```\n")
    let page = Pages.rendered("# A\n\n```{probe} a\n:value: 1\n:show: bars\n:echo: false\n```\n")
    let found = page.staleness(against: other.bytes, at: "o", of: "n").flatMap(\.differences)
    #expect(found.map(\.stored) == ["0.5000"])
    #expect(found.map(\.distance) == ["0.25"])
  }

  @Test func proseSaysItsOwnLine() throws {
    let found = page.staleness(
      against: Array(try replaced("End", "end").utf8), at: "o", of: "n.md")
    #expect(found.map(\.place) == [Place(file: "n.md", line: 6, column: 1)])
  }
}
