import Foundation
import Testing

@Suite struct CaseTests {
  static let passing = CaseFolder.all("Pass")
  static let failing = CaseFolder.all("Fail")

  @Test func casesAreFound() {
    #expect(Self.passing.count >= 10)
    #expect(Self.failing.count >= 40)
  }

  /// A sound notebook ends with 0 and gives `expected.md`, byte for byte, without a word.
  @Test(arguments: passing) func pass(_ folder: CaseFolder) throws {
    let scratch = try ScratchFolder(copying: folder.url)
    let result = try Harmonium.run(folder.arguments, in: scratch.url)
    #expect(result.errors == "")
    #expect(result.exitCode == 0)
    let rendered = try #require(scratch.bytes(of: "out/notebook.md"))
    try folder.expect(rendered, toBeIn: "expected.md")
  }

  /// `expected.txt` is the exit code on a line of its own, then standard error. With an error the
  /// old output stays; with a failed assertion the new one is written.
  @Test(arguments: failing) func fail(_ folder: CaseFolder) throws {
    let old = "old output\n"
    let scratch = try ScratchFolder(copying: folder.url)
    try scratch.write(old, to: "out/notebook.md")
    let result = try Harmonium.run(folder.arguments, in: scratch.url)
    #expect(result.exitCode == 1 || result.exitCode == 2)
    #expect((scratch.text(of: "out/notebook.md") == old) == (result.exitCode == 2))
    try folder.expect(
      Array("\(result.exitCode)\n\(result.errors)".utf8), toBeIn: "expected.txt")
  }
}
