import Foundation
import Testing

/// `-p name=value`: other numbers for the same notebook, with a store as without one.
@Suite struct ParameterOptionTests {
  private static let notebook = """
    ---
    harmonium:
      parameters:
        weight: {default: 1.5, max: 4}
        chains: 50
    ---

    ```{use} pair
    :from: lib/pair.md
    ```

    ```{machine} own
    :visible: a b

    a -- b: {{ weight }}
    ```

    ```{sample} own
    :chains: {{ chains }}
    :plot: no
    :name: draws
    ```

    ```{sweep} study
    :over: weight = 1 2
    :of: e = draws.energy
    ```

    {eval}`p(own, a=1) / p(pair, a=1):.6f`

    """

  private func folder() throws -> ScratchFolder {
    let folder = try ScratchFolder()
    try folder.write(Self.notebook, to: "n.md")
    try folder.write(
      "```{machine} pair\n:visible: a b\n\na -- b: 1\n```\n", to: "lib/pair.md")
    return folder
  }

  @Test func theSameBytesWithAndWithoutAStore() throws {
    let folder = try folder()
    var pages: [[UInt8]] = []
    for settings in [[], ["-p", "weight=2"], ["-p", "weight=2", "-p", "chains=20"]] {
      func render(_ more: String...) throws -> [UInt8] {
        let result = try Harmonium.run(
          ["render", "n.md", "-o", "out"] + settings + more, in: folder.url)
        #expect(result.exitCode == 0 && result.errors == "")
        return try #require(folder.bytes(of: "out/n.md"))
      }
      let page = try render("--no-store", "--jobs", "1")
      #expect(try render("--jobs", "2") == page)
      #expect(try render() == page)
      let check = try Harmonium.run(
        ["check", "n.md", "--against", "out"] + settings, in: folder.url)
      #expect(check.exitCode == 0)
      pages.append(page)
    }
    #expect(Set(pages).count == 3)
    // A page with other values is not the notebook's own.
    #expect(try folder.run("check", "n.md", "--against", "out").exitCode == 3)
  }

  /// A page that is known to be clean is so no longer when a notebook that it takes from changes.
  @Test func changedLibraries() throws {
    let folder = try folder()
    #expect(try folder.run("render", "n.md", "-o", "out").exitCode == 0)
    #expect(try folder.run("check", "n.md", "--against", "out").exitCode == 0)
    try folder.write("```{machine} pair\n:visible: a b\n\na -- b: 2\n```\n", to: "lib/pair.md")
    #expect(try folder.run("check", "n.md", "--against", "out").exitCode == 3)
    try folder.write("```{machine} pair\n:visible: a b\n\na -- c: 2\n```\n", to: "lib/pair.md")
    let broken = try folder.run("check", "n.md", "--against", "out")
    #expect(broken.exitCode == 2)
    #expect(broken.errors.hasPrefix("lib/pair.md:4:6: error: there is no unit `c`"))
  }

  @Test func explanations() throws {
    let folder = try folder()
    _ = try folder.run("render", "n.md", "-o", "out")
    let own = try folder.run("explain", "n.md", "own", "-p", "weight=2")
    #expect(
      own.output == """
        `own` would run:
        - the parameter `weight` changed from `1.5` to `2`

        """)
    #expect(
      try folder.run("explain", "n.md", "pair", "-p", "weight=2").output
        == "`pair` would not run: its result is stored.\n")
  }

  @Test(arguments: ["weight", "=2", "weight=", "2=2"]) func usage(setting: String) throws {
    let result = try folder().run("render", "n.md", "-o", "out", "-p", setting)
    #expect(result.exitCode == 64)
    #expect(result.errors.contains("a parameter is set as `name=value`, for example `-p rate=0.1`"))
  }
}
