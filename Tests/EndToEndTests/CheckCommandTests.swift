import Testing

@Suite struct CheckCommandTests {
  private static let notebook = """
    # A

    ```{machine} m
    :visible: a b

    a -- b: 1.5
    ```

    ```{energy-table} m
    :echo: false
    ```

    Z is {eval}`Z(m):.3f`.

    """

  /// A folder with `in/a.md` and its output in `out`.
  private func rendered(_ text: String = notebook) throws -> ScratchFolder {
    let folder = try ScratchFolder()
    try folder.write(text, to: "in/a.md")
    _ = try folder.run("render", "in", "-o", "out")
    return folder
  }

  private func replace(_ old: String, _ new: String, in folder: ScratchFolder) throws {
    let text = try #require(folder.text(of: "out/a.md"))
    try #require(text.contains(old))
    try folder.write(text.replacing(old, with: new, maxReplacements: 1), to: "out/a.md")
  }

  @Test func clean() throws {
    let folder = try rendered()
    let before = folder.contents
    let result = try folder.run("check", "in", "--against", "out")
    #expect(result.exitCode == 0)
    #expect(result.errors == "")
    #expect(result.output == "checked 1 notebook against out\n")
    #expect(folder.contents == before)
  }

  @Test func staleOutput() throws {
    let folder = try rendered()
    try replace("0.5990", "0.5991", in: folder)
    try replace("7.482.", "7.483.", in: folder)
    let before = folder.contents
    let result = try folder.run("check", "in", "--against", "out")
    #expect(result.exitCode == 3)
    #expect(
      result.errors == """
        in/a.md:9:5: stale: out/a.md is not what {energy-table} m gives today: one difference \
        [stale-output]
          out/a.md:20:31: row 1, column p: stored 0.5991, computed 0.5990, distance 0.0001
          hint: render the notebook and commit the result
        in/a.md:13:13: stale: out/a.md is not what {eval} Z(m):.3f gives today: one difference \
        [stale-output]
          out/a.md:27:6: stored 7.483, computed 7.482, distance 0.001
          hint: render the notebook and commit the result

        """)
    #expect(result.output == "checked 1 notebook against out; 2 stale\n")
    #expect(folder.contents == before)
  }

  @Test(arguments: [
    ("2 units", "3 units", "in/a.md:3:5: stale: out/a.md is not what {machine} m gives"),
    ("7.48169", "7.48168", "in/a.md:9:5: stale: out/a.md is not what {energy-table} m gives"),
    ("ln Z = 2.01246", "ln Z = 2.01247", "in/a.md:9:5: stale: "),
    ("is 7.482", "is 7.481", "in/a.md:13:13: stale: out/a.md is not what {eval} Z(m):.3f gives"),
    ("Z is", "z is", "in/a.md:13:1: stale: out/a.md does not have this prose"),
    ("# A", "# B", "in/a.md:1:3: stale: "), (".\n", ". \n", "in/a.md:3:5: stale: "),
  ])
  func theDiagnosticNamesTheCell(old: String, new: String, start: String) throws {
    let folder = try rendered()
    try replace(old, new, in: folder)
    let result = try folder.run("check", "in", "--against", "out")
    #expect(result.exitCode == 3)
    #expect(result.errors.hasPrefix(start), "\(result.errors)")
    #expect(result.errors.count(where: { $0 == "\n" }) == 3)
  }

  @Test func tolerance() throws {
    let folder = try rendered()
    try replace("0.5990", "0.5991", in: folder)
    func check(_ tolerance: String) throws -> Int32 {
      try folder.run("check", "in", "--against", "out", "--tolerance", tolerance).exitCode
    }
    #expect(try check("abs=1e-4") == 0)
    #expect(try check("abs=9e-5") == 3)
    #expect(try check("rel=1e-3,abs=0") == 0)
    #expect(try check("nonsense") == 64)
  }

  @Test func theDifferenceAsText() throws {
    let folder = try rendered()
    try replace("7.482.", "7.483.", in: folder)
    let result = try folder.run("check", "in", "--against", "out", "--diff")
    #expect(result.errors.contains("--- out/a.md\n+++ in/a.md, rendered\n@@ -24,4 +24,4 @@"))
    #expect(result.errors.contains("\n-Z is 7.483.\n+Z is 7.482.\n"))
  }

  @Test func missingOutput() throws {
    let folder = try rendered()
    try folder.write("B\n", to: "in/b.md")
    let result = try folder.run("check", "in", "--against", "out")
    #expect(result.exitCode == 3)
    #expect(
      result.errors == """
        in/b.md: stale: there is no `out/b.md` [stale-output]
          hint: render the notebook and commit the result

        """)
    #expect(folder.bytes(of: "out/b.md") == nil)
  }

  @Test func orphanedOutput() throws {
    let folder = try rendered()
    try folder.write("C\n", to: "out/deep/c.md")
    let result = try folder.run("check", "in", "--against", "out")
    #expect(result.exitCode == 3)
    #expect(
      result.errors == """
        out/deep/c.md: stale: no notebook gives this file any more [orphaned-output]
          hint: delete it, or check all notebooks of the folder together

        """)
    // A single notebook says nothing about the others' outputs.
    #expect(try folder.run("check", "in/a.md", "--against", "out").exitCode == 0)
  }

  @Test func notebooksInsideTheOutputFolderAreNoOrphans() throws {
    let folder = try ScratchFolder()
    try folder.write(Self.notebook, to: "site/notebooks/a.md")
    _ = try folder.run("render", "site/notebooks", "-o", "site")
    let result = try folder.run("check", "site/notebooks", "--against", "site")
    #expect(result.exitCode == 0)
    #expect(result.errors == "")
  }

  @Test func missingOutputFolder() throws {
    let folder = try rendered()
    let result = try folder.run("check", "in", "--against", "nowhere")
    #expect(result.exitCode == 3)
    #expect(folder.contents.keys.contains { $0.hasPrefix("nowhere") } == false)
  }

  @Test func missingNotebooks() throws {
    let folder = try rendered()
    #expect(try folder.run("check", "nowhere", "--against", "out").exitCode == 2)
    #expect(try folder.run("check", "out/x.md", "--against", "out").exitCode == 2)
  }

  /// An error outweighs a claim that fails, and that outweighs stale output; all are reported.
  @Test func theWorstDecides() throws {
    let folder = try rendered()
    try replace("7.482", "7.483", in: folder)
    try folder.write("{claim}`3 = 1 + 1`\n", to: "in/b.md")
    try folder.write("**3** (computed: 2)\n", to: "out/b.md")
    let failure = try folder.run("check", "in", "--against", "out")
    #expect(failure.exitCode == 1)
    #expect(failure.output == "checked 2 notebooks against out; 1 failure; 1 stale\n")
    try folder.write("{eval}`1 +`\n", to: "in/c.md")
    let error = try folder.run("check", "in", "--against", "out")
    #expect(error.exitCode == 2)
    for id in ["[stale-output]", "[false-claim]", "[bad-expression]"] {
      #expect(error.errors.contains(id))
    }
  }

  /// A stored file that only looks the same is stale too.
  @Test(arguments: [("Z is", "Z is "), ("\n# A", "\r\n# A"), ("# A\n", "# A\r\n")])
  func invisibleDifferences(old: String, new: String) throws {
    let folder = try rendered("\n" + Self.notebook)
    try replace(old, new, in: folder)
    let result = try folder.run("check", "in", "--against", "out")
    #expect(result.exitCode == 3)
    #expect(result.errors.contains("blanks or line end"))
  }

  @Test func aMissingFinalNewline() throws {
    let folder = try rendered()
    var bytes = try #require(folder.bytes(of: "out/a.md"))
    bytes.removeLast()
    try folder.write(bytes, to: "out/a.md")
    let result = try folder.run("check", "in", "--against", "out")
    #expect(result.exitCode == 3)
    #expect(
      result.errors.contains("stored `Z is 7.482. (no newline at the end)`, computed `Z is 7.482.`")
    )
  }
}
