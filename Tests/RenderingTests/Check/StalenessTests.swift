import Notebooks
import Testing

@testable import Rendering

@Suite struct StalenessTests {
  /// Three cells: `abc` and a line end, `12` in the middle of a line, the rest.
  private let document = RenderedDocument(
    bytes: Array("abc\nx 12 y\nz\n".utf8),
    parts: [
      .init(start: 0, label: "{one} m", place: Place(file: "n.md", line: 1), content: .frame),
      .init(start: 6, label: "{eval} f", place: Place(file: "n.md", line: 5), content: .inline),
      .init(
        start: 8, label: "prose", place: Place(file: "n.md", line: 5, column: 9), content: .prose),
    ])

  private func stale(_ stored: String, _ tolerance: Tolerance = .exact) -> [String] {
    document.staleness(
      against: Array(stored.utf8), at: "out/n.md", of: "n.md", tolerance: tolerance
    ).map(\.description)
  }

  @Test func theSameBytesAreNotStale() { #expect(stale("abc\nx 12 y\nz\n") == []) }

  @Test func aDiagnosticInFull() {
    #expect(
      stale("abc\nx 13 y\nz\n") == [
        """
        n.md:5:1: stale: out/n.md is not what {eval} f gives today: one difference [stale-output]
          out/n.md:2:3: stored 13, computed 12, distance 1
          hint: render the notebook and commit the result
        """
      ])
  }

  @Test func everyCellHasItsOwn() {
    let all = stale("abd\nx 13 y\nzz\n")
    #expect(
      all.map { $0.split(separator: "\n")[1] } == [
        "  out/n.md:1:1: stored abd, computed abc",
        "  out/n.md:2:3: stored 13, computed 12, distance 1",
        "  out/n.md:3:1: stored zz, computed z",
      ])
    #expect(all[2].hasPrefix("n.md:6:1: stale: out/n.md does not have this prose"))
  }

  @Test(arguments: [
    ("abc\nx 12 y\n", "out/n.md:3:1: line: nothing stored, computed z"),
    ("abc\nx 12 y\nz\nmore\n", "out/n.md:4:1: line: stored more, nothing computed"),
    (
      "abc\nx 12 y\nz",
      "out/n.md:3:1: blanks or line end: stored `z (no newline at the end)`, computed `z`"
    ),
    ("abc\r\nx 12 y\nz\n", "out/n.md:1:1: blanks or line end: stored `abc\\r`, computed `abc`"),
    ("abc\nx 12  y\nz\n", "out/n.md:2:1: blanks or line end: stored `x 12  y`, computed `x 12 y`"),
    ("abc\nx -12 y\nz\n", "out/n.md:2:3: stored -12, computed 12, distance 24"),
    ("abc\nx 12.5 y\nz\n", "out/n.md:2:3: stored 12.5, computed 12, distance 0.5"),
    ("abc\nx 12 y and more\nz\n", "out/n.md:2:7: stored  and more, nothing computed"),
  ])
  func everySortOfDifference(stored: String, line: String) {
    let found = stale(stored)
    #expect(found.count == 1)
    #expect(found.first?.split(separator: "\n")[1] == "  \(line)")
  }

  @Test func emptyStoredFiles() {
    #expect(stale("").joined().contains("out/n.md:1:1: line: nothing stored, computed abc"))
  }

  @Test func bytesThatLookTheSameAreShown() {
    let bytes = Array("e\u{301}\n".utf8)
    let composed = RenderedDocument(
      bytes: bytes,
      parts: [.init(start: 0, label: "prose", place: Place(file: "n", line: 1), content: .prose)])
    #expect(composed.staleness(against: Array("é\n".utf8), at: "o", of: "n").count == 1)
  }

  @Test func tolerances() {
    let near = "abc\nx 12.4 y\nz\n"
    #expect(stale(near, Tolerance(absolute: 0.4)) == [])
    #expect(stale(near, Tolerance(absolute: 0.39)).count == 1)
    #expect(stale(near, Tolerance(relative: 0.034)) == [])
    #expect(stale(near, Tolerance(relative: 0.033)).count == 1)
    #expect(stale("abd\nx 12 y\nz\n", Tolerance(absolute: 100)).count == 1)
    #expect(stale("abc\nx 12 y\n\nz\n", Tolerance(absolute: 100)).count == 1)
  }

  @Test(arguments: [
    ("abs=0.1", 0.1, 0.0), ("rel=1e-6", 0, 1e-6), ("abs=1,rel=.5", 1, 0.5),
    ("rel=0,abs=2", 2, 0),
  ])
  func writtenTolerances(text: String, absolute: Double, relative: Double) {
    #expect(Tolerance(parsing: text) == Tolerance(absolute: absolute, relative: relative))
  }

  @Test(arguments: ["", "0.1", "abs", "abs=", "abs=-1", "abs=1,", "abs=1,abs=2", "eps=1", "abs=x"])
  func toleranceMistakes(text: String) { #expect(Tolerance(parsing: text) == nil) }

  @Test func theWholeDifferenceAsText() {
    #expect(
      document.unifiedDiff(against: Array("abc\nx 13 y\nz\n".utf8), at: "o.md", of: "n.md") == [
        "--- o.md", "+++ n.md, rendered", "@@ -1,3 +1,3 @@ (n.md:1:1)", " abc", "-x 13 y",
        "+x 12 y",
        " z",
      ])
  }
}
