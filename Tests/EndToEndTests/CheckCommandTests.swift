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
        in/a.md:9:1: stale: out/a.md is not what the notebook gives today (1 place) [stale-output]
        --- out/a.md
        +++ in/a.md, rendered
        @@ -17,11 +17,11 @@ {energy-table} m (in/a.md:9), {eval} Z(m):.3f (in/a.md:13)
         
         |   a |   b |  -E | exp(-E) |      p |
         | --: | --: | --: | ------: | -----: |
        -|   1 |   1 | 1.5 |  4.4817 | 0.5991 |
        +|   1 |   1 | 1.5 |  4.4817 | 0.5990 |
         |   1 |   0 | 0.0 |  1.0000 | 0.1337 |
         |   0 |   1 | 0.0 |  1.0000 | 0.1337 |
         |   0 |   0 | 0.0 |  1.0000 | 0.1337 |
         
         Z = 7.48169, the sum over 4 states; ln Z = 2.01246.
         
        -Z is 7.483.
        +Z is 7.482.
          hint: render the notebook and commit the result

        """)
    #expect(result.output == "checked 1 notebook against out; 1 stale\n")
    #expect(folder.contents == before)
  }

  @Test(arguments: [
    ("2 units", "3 units", "{machine} m (in/a.md:3)"),
    ("7.48169", "7.48168", "{energy-table} m (in/a.md:9)"),
    ("ln Z = 2.01246", "ln Z = 2.01247", "{energy-table} m (in/a.md:9)"),
    ("is 7.482", "is 7.481", "{eval} Z(m):.3f (in/a.md:13)"),
    ("Z is", "z is", "prose (in/a.md:11)"),
    ("# A", "# B", "prose (in/a.md:1)"), (".\n", ". \n", "prose"),
  ])
  func theHunkNamesTheCell(old: String, new: String, label: String) throws {
    let folder = try rendered()
    try replace(old, new, in: folder)
    let result = try folder.run("check", "in", "--against", "out")
    #expect(result.exitCode == 3)
    let hunks = result.errors.split(separator: "\n").filter { $0.hasPrefix("@@") }
    #expect(hunks.count == 1)
    #expect(hunks.first?.contains("@@ \(label)") == true || label == "prose")
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
    #expect(result.errors.contains("(1 place)"))
  }

  @Test func aMissingFinalNewline() throws {
    let folder = try rendered()
    var bytes = try #require(folder.bytes(of: "out/a.md"))
    bytes.removeLast()
    try folder.write(bytes, to: "out/a.md")
    let result = try folder.run("check", "in", "--against", "out")
    #expect(result.exitCode == 3)
    #expect(result.errors.contains("\n-Z is 7.482. (no newline at the end)\n+Z is 7.482.\n"))
  }
}
