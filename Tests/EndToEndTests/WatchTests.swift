import Foundation
import Testing

/// `render --watch`, which goes on until somebody ends it.
@Suite struct WatchTests {
  private static let library = "```{machine} pair\n:visible: a\n\na: 0\n```\n"
  private static let page =
    "```{use} pair\n:from: lib.md\n```\n\nZ is {eval}`Z(pair)`.\n"

  /// `harmonium render` with these arguments and `--watch`; killed with its last reference.
  private final class Watcher {
    let process = Process()

    init(_ arguments: String..., in folder: ScratchFolder) throws {
      process.executableURL = Harmonium.executable
      process.arguments = ["render"] + arguments + ["-o", "out", "--watch"]
      process.currentDirectoryURL = folder.url
      process.standardInput = FileHandle.nullDevice
      process.standardOutput = FileHandle.nullDevice
      process.standardError = FileHandle.nullDevice
      try process.run()
    }

    // Threads of the tests block all other signals, and who they start inherits that.
    deinit { kill(process.processIdentifier, SIGKILL) }
  }

  /// Waits until `condition` holds, at most ten seconds.
  private func wait(until condition: () -> Bool) -> Bool {
    for _ in 0..<200 {
      if condition() { return true }
      Thread.sleep(forTimeInterval: 0.05)
    }
    return false
  }

  @Test func savedAgainAndAgain() throws {
    let folder = try ScratchFolder()
    try folder.write("{eval}`1 + 1`\n", to: "in/a.md")
    let watcher = try Watcher("in", in: folder)
    #expect(wait { folder.text(of: "out/a.md") == "2\n" })
    try folder.write("{eval}`1 +`\n", to: "in/a.md")
    try folder.write("{eval}`1 + 2`\n", to: "in/deep/b.md")
    #expect(wait { folder.text(of: "out/deep/b.md") == "3\n" })
    #expect(folder.text(of: "out/a.md") == "2\n")
    try folder.write("{eval}`1 + 1 + 2`\n", to: "in/a.md")
    #expect(wait { folder.text(of: "out/a.md") == "4\n" })
    #expect(watcher.process.isRunning)
  }

  /// Many editors move the old file away before they write the new one.
  @Test func aFileThatIsAwayForAMoment() throws {
    let folder = try ScratchFolder()
    try folder.write("{eval}`1 + 1`\n", to: "a.md")
    let watcher = try Watcher("a.md", in: folder)
    #expect(wait { folder.text(of: "out/a.md") == "2\n" })
    try FileManager.default.removeItem(at: folder.url.appendingPathComponent("a.md"))
    Thread.sleep(forTimeInterval: 0.6)
    try folder.write("{eval}`1 + 2`\n", to: "a.md")
    #expect(wait { folder.text(of: "out/a.md") == "3\n" })
    #expect(watcher.process.isRunning)
  }

  @Test func aNameThatIsWrongFromTheBeginning() throws {
    let result = try ScratchFolder().run("render", "a.md", "-o", "out", "--watch")
    #expect(result.exitCode == 2)
    #expect(result.errors == "a.md: error: there is no file or folder `a.md` [missing-file]\n")
  }

  @Test func notebooksThatTakeFromTheOneSaved() throws {
    let folder = try ScratchFolder()
    try folder.write(Self.library, to: "in/lib.md")
    try folder.write(Self.page, to: "in/page.md")
    let watcher = try Watcher("in", in: folder)
    #expect(wait { folder.text(of: "out/page.md")?.hasSuffix("Z is 2.\n") == true })
    try folder.write(Self.library.replacing(": a", with: ": a b"), to: "in/lib.md")
    #expect(wait { folder.text(of: "out/page.md")?.hasSuffix("Z is 4.\n") == true })
    #expect(watcher.process.isRunning)
  }

  @Test func aLinkToANotebook() throws {
    let folder = try ScratchFolder()
    try folder.write("{eval}`1 + 1`\n", to: "far/a.md")
    try FileManager.default.createSymbolicLink(
      atPath: folder.url.appendingPathComponent("a.md").path, withDestinationPath: "far/a.md")
    let watcher = try Watcher("a.md", in: folder)
    #expect(wait { folder.text(of: "out/a.md") == "2\n" })
    try folder.write("{eval}`1 + 2`\n", to: "far/a.md")
    #expect(wait { folder.text(of: "out/a.md") == "3\n" })
    #expect(watcher.process.isRunning)
  }

  @Test func reports() throws {
    let folder = try ScratchFolder()
    try folder.write("{claim}`3 = 1 + 1`\n", to: "a.md")
    let watcher = try Watcher("a.md", "--report", "json=report.json", in: folder)
    #expect(wait { folder.text(of: "report.json")?.contains("\"exitCode\": 1") == true })
    try folder.write("{claim}`2 = 1 + 1`\n", to: "a.md")
    #expect(wait { folder.text(of: "report.json")?.contains("\"exitCode\": 0") == true })
    #expect(watcher.process.isRunning)
  }
}
