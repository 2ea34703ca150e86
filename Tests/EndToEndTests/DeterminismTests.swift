import Testing

/// The same notebook gives the same bytes, whatever stands around it.
@Suite struct DeterminismTests {
  private static let notebook = """
    ---
    harmonium:
      seed: 35
    ---

    ```{machine} m
    :visible: v1 v2
    :hidden: h1 h2

    v1 -- h1: 2
    v2 -- h2: 1
    h1 -- h2: -1
    ```

    ```{energy-table} m
    ```

    ```{derive} m
    :unit: v1
    :state: v2=0 h1=1 h2=1
    ```

    ```{sample} m
    :chains: 300
    ```

    ```{anneal} m
    :steps: 4
    :chains: 200
    ```

    ```{logistic-plot}
    ```

    Z = {eval}`Z(m)`, half of it {eval}`Z(m)/2:.3f`, and {eval}`1000000 * Z(m)`.

    """

  private static let german = ["LC_ALL": "de_DE.UTF-8", "TZ": "Asia/Tokyo", "COLUMNS": "20"]

  private func output(
    _ arguments: [String], _ environment: [String: String] = [:]
  ) throws -> [String: [UInt8]] {
    let folder = try ScratchFolder()
    for name in ["a", "b", "c"] { try folder.write(Self.notebook, to: "in/\(name).md") }
    let result = try Harmonium.run(
      ["render", "in", "-o", "out"] + arguments, in: folder.url, environment: environment)
    #expect(result.exitCode == 0)
    return folder.contents.filter { $0.key.hasPrefix("out/") }
  }

  @Test func everyWayOfRunningGivesTheSameBytes() throws {
    let first = try output(["--jobs", "1"])
    #expect(first.count == 3)
    #expect(first["out/a.md"] == first["out/b.md"])
    for jobs in ["1", "2", "7"] {
      #expect(try output(["--jobs", jobs]) == first)
      #expect(try output(["--jobs", jobs], Self.german) == first)
    }
    #expect(try output([], ["LC_ALL": "ar_EG.UTF-8", "TERM": "dumb", "NO_COLOR": "1"]) == first)
  }

  @Test func messagesAreTheSameToo() throws {
    func messages(_ environment: [String: String]) throws -> String {
      let folder = try ScratchFolder()
      try folder.write("{claim}`0.5 = 1/3` {eval}`1.5 +`\\n```{machin} x\n```\n", to: "a.md")
      return try folder.run("render", "a.md", "-o", "out", environment: environment).errors
    }
    #expect(try messages([:]) == messages(Self.german))
  }

  /// A cell's random numbers belong to its name: one put in above shifts none.
  @Test func anotherCellChangesNoNumbers() throws {
    let folder = try ScratchFolder()
    let extra = "```{sample} m\n:name: extra\n:echo: false\n```\n\n"
    let sample = "```{sample} m\n:chains: 300"
    try folder.write(Self.notebook, to: "a.md")
    try folder.write(Self.notebook.replacing(sample, with: extra + sample), to: "b.md")
    _ = try folder.run("render", "a.md", "b.md", "-o", "out")
    let a = try #require(folder.text(of: "out/a.md"))
    let b = try #require(folder.text(of: "out/b.md"))
    let tail = try #require(a.range(of: sample)).lowerBound
    #expect(b.hasSuffix(a[tail...]))
    #expect(a != b)
  }

  @Test func theSeedMatters() throws {
    let folder = try ScratchFolder()
    try folder.write(Self.notebook, to: "a.md")
    try folder.write(Self.notebook.replacing("seed: 35", with: "seed: 36"), to: "b.md")
    _ = try folder.run("render", "a.md", "b.md", "-o", "out")
    let a = try #require(folder.text(of: "out/a.md"))
    let b = try #require(folder.text(of: "out/b.md"))
    #expect(a.replacing("seed: 35", with: "seed: 36") != b)
  }
}
