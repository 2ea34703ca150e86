import Foundation
import Testing

/// The commands with a store give what they give without one.
@Suite struct StoreOptionTests {
  private static let notebook = """
    ```{dataset} bars
    :bars-and-stripes: 2
    ```

    ```{rbm} small
    :visible: 4
    :hidden: 3
    :weights: normal 0 1
    ```

    ```{train} small
    :data: bars
    :epochs: 20
    :columns: likelihood
    :name: learned
    ```

    ```{dataset} rows
    :file: rows.csv
    ```

    It ends at {eval}`learned.likelihood[last]:.3f` after {eval}`rows.rows` rows.

    """

  private func folder() throws -> ScratchFolder {
    let folder = try ScratchFolder()
    for name in ["a", "b", "c"] {
      try folder.write("# \(name)\n\n" + Self.notebook, to: "in/\(name).md")
    }
    try folder.write("0,1\n1,0\n", to: "in/rows.csv")
    return folder
  }

  private func outputs(_ folder: ScratchFolder, _ output: String) -> [String: [UInt8]] {
    folder.contents.filter { $0.key.hasPrefix("\(output)/") && $0.key.hasSuffix(".md") }
  }

  private func entries(_ folder: ScratchFolder, _ store: String = ".harmonium") -> [URL] {
    let root = folder.url.appendingPathComponent("\(store)/v1")
    let paths = (try? FileManager.default.subpathsOfDirectory(atPath: root.path)) ?? []
    return paths.filter { $0.contains("/") }.sorted().map { root.appendingPathComponent($0) }
  }

  @Test func theSameBytesWithAndWithout() throws {
    let folder = try folder()
    let cold = try folder.run("render", "in", "-o", "out")
    #expect(cold.exitCode == 0)
    let expected = outputs(folder, "out")
    #expect(expected.count == 3 && !entries(folder).isEmpty)
    for arguments in [[], ["--store", "elsewhere"], ["--no-store"]] {
      for _ in 0..<2 {
        try? FileManager.default.removeItem(at: folder.url.appendingPathComponent("out"))
        let result = try Harmonium.run(
          ["render", "in", "-o", "out"] + arguments, in: folder.url)
        #expect(result.exitCode == 0 && result.errors == "")
        #expect(outputs(folder, "out") == expected)
        let check = try Harmonium.run(
          ["check", "in", "--against", "out"] + arguments, in: folder.url)
        #expect(check.output == "checked 3 notebooks against out\n" && check.errors == "")
      }
    }
  }

  @Test func changesAreSeen() throws {
    let folder = try folder()
    _ = try folder.run("render", "in", "-o", "out")
    try folder.write("0,1\n1,0\n1,1\n", to: "in/rows.csv")
    #expect(try folder.run("check", "in", "--against", "out").exitCode == 3)
    _ = try folder.run("render", "in", "-o", "out")
    #expect(folder.text(of: "out/b.md")?.contains("after 3 rows") == true)
    try folder.write("x\n", to: "out/a.md")
    #expect(try folder.run("check", "in", "--against", "out").exitCode == 3)
  }

  @Test func damageIsToldAndMended() throws {
    let folder = try folder()
    _ = try folder.run("render", "in", "-o", "out")
    let expected = outputs(folder, "out")
    try damage(folder)
    let result = try folder.run("render", "in", "-o", "again")
    #expect(result.exitCode == 0)
    #expect(result.errors.contains("warning: .harmonium/v1/"))
    #expect(result.errors.contains("is damaged; its result is computed again\n"))
    for (path, bytes) in outputs(folder, "again") {
      #expect(expected[path.replacing("again/", with: "out/")] == bytes)
    }
    #expect(try folder.run("check", "in", "--against", "out").errors == "")
  }

  private func damage(_ folder: ScratchFolder) throws {
    for entry in entries(folder) {
      var bytes = try Data(contentsOf: entry)
      bytes[bytes.count - 1] ^= 1
      try bytes.write(to: entry)
    }
  }

  @Test func strictlyDamageIsAnError() throws {
    let folder = try folder()
    _ = try folder.run("render", "in", "-o", "out")
    try damage(folder)
    let check = ["check", "in", "--against", "out", "--strict", "--report", "json=report.json"]
    let result = try Harmonium.run(check, in: folder.url)
    #expect(result.exitCode == 2)
    #expect(result.errors.hasPrefix(".harmonium: error: .harmonium/v1/"))
    #expect(
      result.errors.contains(
        """
        is damaged; its result is computed again [warning]
          hint: without `--strict` this is only a warning

        """))
    #expect(folder.text(of: "report.json")?.contains("is damaged") == true)
    let mended = try Harmonium.run(check, in: folder.url)
    #expect(mended.exitCode == 0 && mended.errors == "")
  }

  /// Killed at any moment, a run leaves a store that the next one can use.
  @Test func killedAtRandomMoments() throws {
    let folder = try folder()
    _ = try folder.run("render", "in", "-o", "expected", "--no-store")
    let expected = outputs(folder, "expected")
    for round in 0..<12 {
      let process = Process()
      process.executableURL = Harmonium.executable
      process.arguments = ["render", "in", "-o", "out"]
      process.currentDirectoryURL = folder.url
      process.standardOutput = FileHandle.nullDevice
      process.standardError = FileHandle.nullDevice
      try process.run()
      usleep(UInt32(round * 4000 + Int.random(in: 0..<4000)))
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
    }
    let result = try folder.run("render", "in", "-o", "out")
    #expect(result.exitCode == 0 && result.errors == "")
    for (path, bytes) in outputs(folder, "out") {
      #expect(expected[path.replacing("out/", with: "expected/")] == bytes)
    }
    #expect(outputs(folder, "out").count == 3)
  }

  @Test func twoProcessesShareAStore() async throws {
    let folder = try folder()
    _ = try folder.run("render", "in", "-o", "expected", "--no-store")
    let expected = outputs(folder, "expected")
    let url = folder.url
    try await withThrowingTaskGroup(of: Int32.self) { group in
      for name in ["one", "two", "three"] {
        group.addTask { try Harmonium.run(["render", "in", "-o", name], in: url).exitCode }
      }
      for try await code in group { #expect(code == 0) }
    }
    for name in ["one", "two", "three"] {
      for (path, bytes) in outputs(folder, name) {
        #expect(expected[path.replacing("\(name)/", with: "expected/")] == bytes)
      }
    }
  }

  @Test func explain() throws {
    let folder = try folder()
    let never = try folder.run("explain", "in/a.md", "learned")
    #expect(never.output == "`learned` would run:\n- it has not run before\n")
    _ = try folder.run("render", "in", "-o", "out")
    let stored = try folder.run("explain", "in/a.md", "learned")
    #expect(stored.output == "`learned` would not run: its result is stored.\n")
    try folder.write(
      Self.notebook.replacing(":hidden: 3", with: ":hidden: 2"), to: "in/a.md")
    let changed = try folder.run("explain", "in/a.md", "learned")
    #expect(
      changed.output == """
        `learned` would run:
        - it reads `small`, of which something has changed:
        -   the option `hidden` changed from `3` to `2`

        """)
    let unknown = try folder.run("explain", "in/a.md", "lerned")
    #expect(unknown.exitCode == 2)
    #expect(unknown.errors.contains("did you mean `learned`?"))
    #expect(try folder.run("explain", "in/x.md", "learned").exitCode == 2)
    #expect(try folder.run("explain", "in/a.md", "learned", "--no-store").exitCode == 64)
  }

  @Test(arguments: ["render in -o out", "check in --against out"])
  func storeAndNoStoreContradictEachOther(command: String) throws {
    let folder = try ScratchFolder()
    try folder.write("A\n", to: "in/a.md")
    let words = command.split(separator: " ").map(String.init)
    for store in [["--store", "s", "--no-store"], ["--store", ""]] {
      let result = try Harmonium.run(words + store, in: folder.url)
      #expect(result.exitCode == 64)
      #expect(result.errors.contains("`--store`"))
    }
  }
}
