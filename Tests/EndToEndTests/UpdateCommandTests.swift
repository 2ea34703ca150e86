import Foundation
import Testing

/// `update`, `check` without a folder, and `clean`, as a user types them.
@Suite struct UpdateCommandTests {
  private static let notebook = """
    # A

    ```{machine} m
    :visible: a b

    a -- b: 1.5
    ```

    ```{energy-table} m
    :name: states
    ```

    Z is {eval}`Z(m):.3f`, and {claim}`0.599 = p(m, a=1, b=1)`.

    """

  private func folder() throws -> ScratchFolder {
    let folder = try ScratchFolder()
    try folder.write(Self.notebook, to: "a.md")
    return folder
  }

  @Test func thereAndBack() throws {
    let folder = try folder()
    #expect(try folder.run("check", "a.md").exitCode == 3)
    let first = try folder.run("update", "a.md")
    #expect(first.output == "updated 1 notebook, 1 changed\n")
    #expect(first.errors == "")
    let text = try #require(folder.text(of: "a.md"))
    #expect(text.contains("|   1 |   1 | 1.5 |  4.4817 | 0.5990 |"))
    #expect(text.contains(" -->7.482</span>, and <span><!-- {claim}`0.599 = p(m, a=1, b=1)` sum="))
    #expect(try folder.run("update", "a.md").output == "updated 1 notebook, 0 changed\n")
    #expect(try folder.run("check", "a.md").exitCode == 0)
    #expect(try folder.run("check", ".").exitCode == 0)
    #expect(try folder.run("clean", "a.md").output == "cleaned 1 notebook, 1 changed\n")
    #expect(folder.text(of: "a.md") == Self.notebook)
  }

  /// A page does not depend on whether results are kept in its notebook.
  @Test func renderingDoesNotSeeResults() throws {
    let folder = try folder()
    _ = try folder.run("render", "a.md", "-o", "clean")
    _ = try folder.run("update", "a.md")
    _ = try folder.run("render", "a.md", "-o", "marked")
    #expect(folder.text(of: "clean/a.md") == folder.text(of: "marked/a.md"))
    #expect(try folder.run("check", "a.md", "--against", "clean").exitCode == 0)
  }

  @Test func anEditedResult() throws {
    let folder = try folder()
    _ = try folder.run("update", "a.md")
    let fresh = try #require(folder.text(of: "a.md"))
    try folder.write(fresh.replacing("0.5990", with: "0.5991"), to: "a.md")
    let check = try folder.run("check", "a.md")
    #expect(check.exitCode == 1)
    #expect(check.errors.contains("failure: the result of {energy-table} m was edited by hand"))
    #expect(
      check.errors.contains("row 1, column p: stored 0.5991, computed 0.5990, distance 0.0001"))
    let update = try folder.run("update", "a.md")
    #expect(update.exitCode == 1)
    #expect(folder.text(of: "a.md")?.contains("0.5991") == true)
    #expect(try folder.run("update", "--force", "a.md").exitCode == 0)
    #expect(folder.text(of: "a.md") == fresh)
  }

  /// What somebody wrote into a result is theirs.
  @Test func cleanKeepsWhatWasEdited() throws {
    let folder = try folder()
    _ = try folder.run("update", "a.md")
    let fresh = try #require(folder.text(of: "a.md"))
    let edited = fresh.replacing("\n<!-- harmonium:end", with: "\nMine.\n\n<!-- harmonium:end")
      .replacing(">7.482<", with: ">about 7<")
    try folder.write(edited, to: "a.md")
    let clean = try folder.run("clean", "a.md")
    #expect(clean.exitCode == 1)
    #expect(
      clean.errors == """
        a.md:3:5: failure: the result of {machine} m was edited by hand [edited-output]
          hint: `harmonium clean --force a.md` takes it out, too
        a.md:22:5: failure: the result of {energy-table} m was edited by hand [edited-output]
          hint: `harmonium clean --force a.md` takes it out, too
        a.md:41:24: failure: the result of {eval} Z(m):.3f was edited by hand [edited-output]
          hint: `harmonium clean --force a.md` takes it out, too

        """)
    let left = try #require(folder.text(of: "a.md"))
    #expect(left.contains("\nMine.\n") && left.contains(">about 7<"))
    #expect(left.contains("and {claim}`0.599 = p(m, a=1, b=1)`."))
    let forced = try folder.run("clean", "a.md", "--force")
    #expect(forced.exitCode == 0)
    #expect(folder.text(of: "a.md") == Self.notebook)
  }

  @Test func oneCellOnly() throws {
    let folder = try folder()
    _ = try folder.run("update", "a.md")
    let fresh = try #require(folder.text(of: "a.md"))
    let stale = fresh.replacing(":visible: a b\n", with: ":visible: a b c\n")
    try folder.write(stale, to: "a.md")
    #expect(try folder.run("check", "a.md", "--only", "states").exitCode == 3)
    #expect(try folder.run("update", "a.md", "--only", "states").exitCode == 0)
    #expect(try folder.run("check", "a.md", "--only", "states").exitCode == 0)
    #expect(try folder.run("check", "a.md").exitCode == 3)
    let unknown = try folder.run("check", "a.md", "--only", "state")
    #expect(unknown.exitCode == 2)
    #expect(
      unknown.errors.contains(
        "no cell is called `state` [unknown-name]\n  hint: did you mean `states`?"))
  }

  /// Every name that `list` prints is one that `--only` takes.
  @Test func oneRoleOnly() throws {
    let folder = try folder()
    _ = try folder.run("update", "a.md")
    let fresh = try #require(folder.text(of: "a.md"))
    try folder.write(fresh.replacing("-- b: 1.5", with: "-- b: 2"), to: "a.md")
    let value = "{eval} Z(m):.3f"
    let claim = "{claim} 0.599 = p(m, a=1, b=1)"
    let stale = try folder.run("check", "a.md", "--only", value)
    #expect(stale.exitCode == 3)
    #expect(stale.errors.contains("stored 7.482, computed 10.389"))
    #expect(!stale.errors.contains("[false-claim]"))
    let wrong = try folder.run("check", "a.md", "--only", claim)
    #expect(wrong.exitCode == 1)
    #expect(wrong.errors.contains("[false-claim]"))
    #expect(try folder.run("update", "a.md", "--only", value).exitCode == 0)
    #expect(folder.text(of: "a.md")?.contains("10.389</span>") == true)
    #expect(try folder.run("check", "a.md", "--only", value).exitCode == 0)
  }

  /// GitHub ends a cell of a table at every `|` without a backslash, also in a comment.
  @Test func barsInTables() throws {
    let folder = try folder()
    let table = "\n| p |\n| --- |\n| {eval}`p(m, a=1 | b=1)` |\n"
    let text = Self.notebook + "Or {eval}`p(m, a=1 | b=1)`.\n" + table
    try folder.write(text, to: "a.md")
    let update = try folder.run("update", "a.md")
    #expect(update.exitCode == 2)
    #expect(
      update.errors == """
        a.md:18:10: error: this formula has `|` in it, which ends a cell of the table [not-in-place]
          hint: write `\\|`, as tables want it, or render into a folder

        """)
    #expect(folder.text(of: "a.md") == text)
    try folder.write(
      text.replacing(table, with: table.replacing(" | b", with: " \\| b")), to: "a.md")
    #expect(try folder.run("update", "a.md").exitCode == 0)
    #expect(try folder.run("check", "a.md").exitCode == 0)
    #expect(folder.text(of: "a.md")?.contains("p(m, a=1 \\| b=1)` sum=") == true)
    #expect(folder.text(of: "a.md")?.contains(" -->0.8176</span> |\n") == true)
  }

  @Test func aMistakeLeavesTheFile() throws {
    let folder = try ScratchFolder()
    try folder.write("{eval}`1 +`\n", to: "a.md")
    #expect(try folder.run("update", "a.md").exitCode == 2)
    #expect(folder.text(of: "a.md") == "{eval}`1 +`\n")
  }
}
