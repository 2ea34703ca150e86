import Notebooks
import Testing

@testable import Rendering

@Suite struct StalenessTests {
  /// Three cells: `abc` and a line end, `12` in the middle of a line, the rest.
  private let document = RenderedDocument(
    bytes: Array("abc\nx 12 y\nz\n".utf8),
    parts: [
      .init(start: 0, label: "{one} m", notebookLine: 1),
      .init(start: 6, label: "{eval} f", notebookLine: 5),
      .init(start: 8, label: "prose", notebookLine: 6),
    ])

  private func stale(_ stored: String) -> Diagnostic? {
    document.staleness(against: Array(stored.utf8), at: "out/n.md", of: "n.md")
  }

  @Test func theSameBytesAreNotStale() { #expect(stale("abc\nx 12 y\nz\n") == nil) }

  @Test func aDiagnosticInFull() {
    #expect(
      stale("abc\nx 13 y\nz\n")?.description == """
        n.md:5:1: stale: out/n.md is not what the notebook gives today (1 place) [stale-output]
        --- out/n.md
        +++ n.md, rendered
        @@ -1,3 +1,3 @@ {eval} f (n.md:5)
         abc
        -x 13 y
        +x 12 y
         z
          hint: render the notebook and commit the result
        """)
  }

  @Test(arguments: [
    ("abd\nx 12 y\nz\n", "{one} m (n.md:1)"), ("abc\ny 12 y\nz\n", "{one} m (n.md:1)"),
    ("abc\nx 12 z\nz\n", "prose (n.md:6)"), ("abc\nx 12 y\n", "prose (n.md:6)"),
    ("abc\nx 12 y\nz\nmore\n", "prose (n.md:6)"), ("abc\nx 12 y\nz", "prose (n.md:6)"),
    ("", "{one} m (n.md:1)"), ("abd\nx 12 y\ny\n", "{one} m (n.md:1), prose (n.md:6)"),
  ])
  func hunksNameTheirCells(stored: String, cells: String) {
    let hunks = stale(stored)?.detail.filter { $0.hasPrefix("@@") } ?? []
    #expect(hunks.count == 1)
    #expect(hunks.first?.hasSuffix("@@ \(cells)") == true, "\(hunks)")
  }

  @Test func emptyStoredFiles() {
    #expect(stale("")?.detail[2] == "@@ -0,0 +1,3 @@ {one} m (n.md:1)")
  }

  @Test func bytesThatLookTheSameAreShown() {
    let bytes = Array("e\u{301}\n".utf8)
    let composed = RenderedDocument(
      bytes: bytes, parts: [.init(start: 0, label: "prose", notebookLine: 1)])
    let found = composed.staleness(against: Array("é\n".utf8), at: "o", of: "n")
    #expect(found?.detail.count == 5)
    #expect(stale("abc\r\nx 12 y\nz\n")?.detail.contains("-abc\\r") == true)
    #expect(stale("abc\nx 12 y\nz")?.detail.contains("-z (no newline at the end)") == true)
  }
}
