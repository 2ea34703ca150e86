import Foundation
import Testing

/// `new`, `list`, completions and help.
@Suite struct DailyCommandTests {
  @Test func aNewNotebookRendersAndChecks() throws {
    let folder = try ScratchFolder()
    let new = try folder.run("new", "deep/03-two-\"valleys\".md")
    #expect(new.exitCode == 0)
    #expect(new.output == "wrote deep/03-two-\"valleys\".md\n")
    #expect(folder.text(of: "deep/03-two-\"valleys\".md")?.contains("# Two \"valleys\"\n") == true)
    let render = try folder.run("render", "deep", "-o", "out")
    #expect(render.errors == "")
    #expect(render.exitCode == 0)
    #expect(try folder.run("update", "deep").exitCode == 0)
    #expect(try folder.run("check", "deep").exitCode == 0)
  }

  @Test func nothingIsOverwritten() throws {
    let folder = try ScratchFolder()
    try folder.write("mine\n", to: "a.md")
    let result = try folder.run("new", "a.md")
    #expect(result.exitCode == 2)
    #expect(result.errors.contains("[already-there]"))
    #expect(folder.text(of: "a.md") == "mine\n")
    #expect(try folder.run("new", "a.txt").exitCode == 2)
    #expect(folder.bytes(of: "a.txt") == nil)
  }

  @Test func aList() throws {
    let folder = try ScratchFolder()
    _ = try folder.run("new", "a.md")
    let result = try folder.run("list", "a.md")
    #expect(result.exitCode == 0)
    #expect(
      result.output == """
        a.md:11  pair                               {machine}
        a.md:20  states                             {energy-table}  reads pair
        a.md:24  {claim} 0.510 = p(pair, a=1, b=1)                  reads pair
        a.md:24  {eval} Z(pair)                                     reads pair

        """)
    let json = try folder.run("list", "a.md", "--report", "json")
    #expect(json.output.hasPrefix("{\n  \"format\": \"harmonium-report\""))
  }

  @Test(arguments: ["bash", "zsh", "fish"])
  func completions(shell: String) throws {
    let folder = try ScratchFolder()
    let result = try folder.run("--generate-completion-script", shell)
    #expect(result.exitCode == 0)
    for word in ["render", "check", "update", "directives", "tolerance", "report"] {
      #expect(result.output.contains(word), "\(shell): \(word)")
    }
    guard shell == "bash" else { return }
    try folder.write(result.output, to: "complete.bash")
    let bash = Process()
    bash.executableURL = URL(fileURLWithPath: "/bin/bash")
    bash.arguments = ["-n", folder.url.appendingPathComponent("complete.bash").path]
    try bash.run()
    bash.waitUntilExit()
    #expect(bash.terminationStatus == 0)
  }

  @Test(arguments: ["render", "check", "update", "clean", "list", "new"])
  func everyCommandTeachesByExample(command: String) throws {
    let result = try ScratchFolder().run(command, "--help")
    #expect(result.exitCode == 0)
    #expect(result.output.contains("EXAMPLE"))
    #expect(result.output.contains("harmonium \(command) "))
  }

  /// Colour is for terminals; a pipe gets plain text.
  @Test func pipesGetNoColour() throws {
    let folder = try ScratchFolder()
    try folder.write("{eval}`1 +`\n", to: "a.md")
    let result = try folder.run("render", "a.md", "-o", "out", environment: ["TERM": "xterm"])
    #expect(!result.errors.contains("\u{1b}") && !result.output.contains("\u{1b}"))
  }
}
