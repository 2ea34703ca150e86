import Testing

@Suite struct RenderCommandTests {
  private static let sound = "Two is {eval}`1 + 1`.\n"

  private func folder(_ files: [String: String]) throws -> ScratchFolder {
    let folder = try ScratchFolder()
    for (path, text) in files { try folder.write(text, to: path) }
    return folder
  }

  @Test func foldersAreRenderedAsTrees() throws {
    let folder = try folder([
      "in/a.md": Self.sound, "in/deep/b.md": "B\n", "in/.hidden.md": "{evl}`1`", "in/x.txt": "x",
    ])
    let result = try folder.run("render", "in", "-o", "out")
    #expect(result.exitCode == 0)
    #expect(result.output == "rendered 2 notebooks into out, 2 changed\n")
    #expect(folder.text(of: "out/a.md") == "Two is 2.\n")
    #expect(folder.text(of: "out/deep/b.md") == "B\n")
    let again = try folder.run("render", "in", "-o", "out")
    #expect(again.output == "rendered 2 notebooks into out, 0 changed\n")
  }

  @Test func theOutputFolderInsideTheInputIsLeftOut() throws {
    let folder = try folder(["in/a.md": Self.sound])
    for _ in 0..<2 {
      let result = try folder.run("render", "in", "-o", "in/out")
      #expect(result.output.hasPrefix("rendered 1 notebook into in/out"))
    }
  }

  /// Tests may run as root, whom no permission stops: a file in the folder's place stops anybody.
  @Test func anOutputFolderThatCannotBeWritten() throws {
    let folder = try folder(["a.md": Self.sound, "taken": "a file"])
    let result = try folder.run("render", "a.md", "-o", "taken")
    #expect(result.exitCode == 2)
    #expect(
      result.errors == """
        taken/a.md: error: the output cannot be written [unwritable]
          hint: check that the folder exists or can be made, and that it may be written to

        """)
    #expect(folder.text(of: "taken") == "a file")
    #expect(result.output == "rendered 1 notebook into taken, 0 changed; 1 error\n")
  }

  @Test func anOutputFileThatIsAFolder() throws {
    let folder = try folder(["a.md": Self.sound, "out/a.md/x": "x"])
    let result = try folder.run("render", "a.md", "-o", "out")
    #expect(result.exitCode == 2)
    #expect(result.errors.hasPrefix("out/a.md: error: the output cannot be written"))
    #expect(folder.text(of: "out/a.md/x") == "x")
  }

  @Test func noNotebookFound() throws {
    let folder = try folder(["empty/readme.txt": "x"])
    let result = try folder.run("render", "empty", "-o", "out")
    #expect(result.exitCode == 2)
    #expect(
      result.errors == """
        empty: error: there is no notebook in `empty` [no-notebook]
          hint: notebooks are files whose names end in `.md`

        """)
  }

  @Test func missingInputs() throws {
    let folder = try folder(["a.md": Self.sound])
    let result = try folder.run("render", "b.md", "a.md", "c", "-o", "out")
    #expect(result.exitCode == 2)
    #expect(
      result.errors == """
        b.md: error: there is no file or folder `b.md` [missing-file]
        c: error: there is no file or folder `c` [missing-file]

        """)
    #expect(folder.bytes(of: "out/a.md") == nil)
  }

  @Test func theNotebookIsNeverOverwritten() throws {
    let folder = try folder(["a.md": Self.sound, "in/b.md": Self.sound])
    let before = folder.contents
    for arguments in [["a.md", "-o", "."], ["in", "-o", "in"], ["in/b.md", "-o", "./in/../in"]] {
      let result = try Harmonium.run(["render"] + arguments, in: folder.url)
      #expect(result.exitCode == 2)
      #expect(result.errors.contains("[overwrites-notebook]"))
      #expect(result.errors.contains("hint: choose another folder with `-o`"))
    }
    #expect(folder.contents == before)
  }

  /// Nor is one that is rendered beside it.
  @Test func noOtherNotebookIsOverwritten() throws {
    let folder = try folder(["x/d/a.md": "X\n", "d/a.md": "D\n"])
    let result = try folder.run("render", "x", "d/a.md", "-o", ".")
    #expect(result.exitCode == 2)
    #expect(
      result.errors == """
        x/d/a.md: error: the output `./d/a.md` is another notebook, `d/a.md` [overwrites-notebook]
          hint: choose another folder with `-o`, or keep results in the notebook: `harmonium update`

        """)
    #expect(folder.text(of: "d/a.md") == "D\n")
    #expect(folder.text(of: "a.md") == "D\n")
  }

  @Test func twoInputsWithOneOutput() throws {
    let folder = try folder(["x/a.md": Self.sound, "y/a.md": "Y\n"])
    let result = try folder.run("render", "x", "y", "-o", "out")
    #expect(result.exitCode == 2)
    #expect(
      result.errors == """
        y/a.md: error: its output would take the place of that of `x/a.md` [same-output]
          hint: render them one at a time into different folders

        """)
    #expect(folder.bytes(of: "out/a.md") == nil)
  }

  /// One wrong notebook keeps its old output; the others get theirs.
  @Test func soundNotebooksAreWrittenBesideWrongOnes() throws {
    let folder = try folder([
      "in/a.md": Self.sound, "in/b.md": "{eval}`1 +`\n", "in/c.md": "{claim}`3 = 1 + 1`\n",
      "out/b.md": "old\n",
    ])
    let result = try folder.run("render", "in", "-o", "out")
    #expect(result.exitCode == 2)
    #expect(result.output == "rendered 3 notebooks into out, 2 changed; 1 error; 1 failure\n")
    #expect(folder.text(of: "out/a.md") == "Two is 2.\n")
    #expect(folder.text(of: "out/b.md") == "old\n")
    #expect(folder.text(of: "out/c.md") == "**3** (computed: 2)\n")
  }

  @Test(arguments: [
    [], ["render"], ["render", "a.md"], ["render", "-o", "out"], ["rendr", "a.md", "-o", "out"],
    ["render", "a.md", "-o", "out", "--jobs", "0"], ["render", "a.md", "-o", "out", "--nope"],
    ["render", "a.md", "-o", ""], ["check", "a.md", "--against", ""],
    ["check"], ["directives", "a", "b"], ["render", "a.md", "-o", "out", "--jobs", "x"],
  ])
  func wrongUsage(arguments: [String]) throws {
    let folder = try folder(["a.md": Self.sound])
    let result = try Harmonium.run(arguments, in: folder.url)
    // Without any argument the help is printed.
    #expect(result.exitCode == (arguments.isEmpty ? 0 : 64))
    #expect(folder.bytes(of: "out/a.md") == nil)
  }
}
