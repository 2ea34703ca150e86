import Foundation
import Testing

/// What becomes of a command whose words cannot be written.
@Suite struct StreamTests {
  /// The command with something done to its streams by a shell.
  private func run(
    _ arguments: [String], _ redirection: String, in folder: ScratchFolder
  ) throws -> (exitCode: Int32, errors: String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    let errors = folder.url.appendingPathComponent("errors")
    try Data().write(to: errors)
    process.arguments =
      ["-c", "exec \"$0\" \"$@\" \(redirection)", Harmonium.executable.path] + arguments
    process.currentDirectoryURL = folder.url
    process.standardOutput = FileHandle.nullDevice
    process.standardError = try FileHandle(forWritingTo: errors)
    try process.run()
    process.waitUntilExit()
    return (
      process.terminationReason == .exit ? process.terminationStatus : -1,
      folder.text(of: "errors") ?? ""
    )
  }

  private func folder() throws -> ScratchFolder {
    let folder = try ScratchFolder()
    try folder.write("Two is {eval}`1 + 1`.\n", to: "a.md")
    try folder.write("{claim}`3 = 1 + 1`\n", to: "b.md")
    return folder
  }

  @Test(arguments: [
    ["render", "a.md", "-o", "out"], ["check", "a.md", "--report", "json"], ["list", "a.md"],
    ["directives"], ["directives", "--list"], ["new", "c.md"],
  ])
  func closedStandardOutput(arguments: [String]) throws {
    let folder = try folder()
    let result = try run(arguments, ">&-", in: folder)
    #expect(result.exitCode == 2)
    #expect(
      result.errors.hasSuffix(
        """
        standard output: error: what was found cannot be printed [unwritable]
          hint: check that it is open and that its disk is not full

        """), "\(result.errors)")
    // The work is done all the same.
    if arguments[0] == "render" { #expect(folder.text(of: "out/a.md") == "Two is 2.\n") }
  }

  /// Nobody is left to tell, but the exit code is.
  @Test func closedStandardError() throws {
    let folder = try folder()
    #expect(try run(["render", "a.md", "-o", "out"], "2>&-", in: folder).exitCode == 0)
    #expect(try run(["render", "b.md", "-o", "out"], "2>&-", in: folder).exitCode == 1)
    #expect(try run(["check", "nothing.md"], "2>&- >&-", in: folder).exitCode == 2)
    #expect(folder.text(of: "out/b.md") == "**3** (computed: 2)\n")
  }
}
