import Foundation
import Testing

@Suite struct ReportOptionTests {
  private func folder() throws -> ScratchFolder {
    let folder = try ScratchFolder()
    try folder.write("{claim}`3 = 1 + 1`\n", to: "in/a.md")
    try folder.write("{eval}`1 +`\n", to: "in/b.md")
    return folder
  }

  @Test func severalAtOnce() throws {
    let folder = try folder()
    let result = try folder.run(
      "check", "in", "--against", "out", "--report", "junit=r/j.xml", "--report", "sarif=r/s.json",
      "--report", "json=r/r.json", "--report", "text=r/t.txt", "--report", "github",
      environment: ["GITHUB_STEP_SUMMARY": folder.url.appendingPathComponent("page.md").path])
    #expect(result.exitCode == 2)
    #expect(result.output.hasPrefix("::error file=in/b.md,line=1,col="))
    #expect(folder.text(of: "r/t.txt")?.hasPrefix(result.errors) == true)
    #expect(folder.text(of: "r/t.txt")?.hasSuffix("1 error; 1 failure; 1 stale\n") == true)
    for (file, part) in [
      ("r/j.xml", "<testcase name=\"{claim} 3 = 1 + 1\" classname=\"in/a.md\""),
      ("r/s.json", "\"ruleId\": \"false-claim\""), ("r/r.json", "\"exitCode\": 2"),
      ("page.md", "### harmonium"),
    ] {
      #expect(folder.text(of: file)?.contains(part) == true, "\(file)")
    }
  }

  /// The same run gives the same bytes: no time, no host, no order of threads.
  @Test func reportsAreReproducible() throws {
    let folder = try folder()
    func report(_ jobs: String) throws -> String {
      try folder.run(
        "check", "in", "--against", "out", "--report", "json", "--jobs", jobs
      ).output
    }
    #expect(try report("1") == report("7"))
  }

  @Test func namesThatBreakFormats() throws {
    let folder = try ScratchFolder()
    for name in ["a\nb", "<&\">", "::error::", "é %25", "\u{1b}[31m"] {
      try folder.write("{eval}`1 +`\n", to: "in/\(name).md")
    }
    let result = try folder.run(
      "check", "in", "--against", "out", "--report", "json=r.json", "--report", "junit=j.xml",
      "--report", "github")
    #expect(result.exitCode == 2)
    #expect(result.output.split(separator: "\n").count == 6)
    let json = try #require(folder.bytes(of: "r.json"))
    let report = try JSONSerialization.jsonObject(with: Data(json)) as? [String: Any]
    #expect((report?["notebooks"] as? [Any])?.count == 5)
  }

  @Test(arguments: ["xml=x", "junit=", "", "=x"])
  func wrongFormats(text: String) throws {
    let result = try folder().run("check", "in", "--against", "out", "--report", text)
    #expect(result.exitCode == 64)
    #expect(result.errors.contains("one of text, github, junit, sarif, json"))
  }

  @Test func aReportThatCannotBeWritten() throws {
    let folder = try ScratchFolder()
    try folder.write("A\n", to: "in/a.md")
    try folder.write("taken", to: "taken")
    let result = try folder.run("render", "in", "-o", "out", "--report", "json=taken/r.json")
    #expect(result.exitCode == 2)
    #expect(result.errors.contains("[unwritable]"))
  }

  /// Under any of its names, also where it is a file.
  @Test func standardOutputIsNotReplaced() throws {
    let folder = try ScratchFolder()
    try folder.write("A\n", to: "a.md")
    let named = try folder.run("check", "a.md", "--report", "json=/dev/stdout")
    #expect(named.exitCode == 0)
    #expect(named.output == (try folder.run("check", "a.md", "--report", "json")).output)
    let errors = try folder.run("check", "a.md", "--report", "text=/dev/stderr")
    #expect(errors.errors == "checked 1 notebook\n")
  }

  @Test func failFast() throws {
    let folder = try folder()
    try folder.write("{claim}`4 = 1 + 1`\n", to: "in/c.md")
    for jobs in ["1", "3"] {
      let result = try folder.run(
        "render", "in", "-o", "out", "--fail-fast", "--jobs", jobs)
      #expect(result.exitCode == 1)
      #expect(result.output.hasPrefix("rendered 1 notebook into out"))
      #expect(!result.errors.contains("in/b.md"))
    }
  }

  @Test func cellsThatTakeTooLong() throws {
    let folder = try ScratchFolder()
    try folder.write(
      """
      ```{ising} lattice
      :size: 12
      ```

      ```{sample} lattice
      :name: long
      :chains: 2000
      :sweeps: 20000
      ```

      Two is {eval}`1 + 1`.

      """, to: "a.md")
    let result = try folder.run("render", "a.md", "-o", "out", "--cell-timeout", "0.2")
    #expect(result.exitCode == 2)
    #expect(
      result.errors == """
        a.md:5:5: error: this cell takes longer than 0.2 seconds [cell-timeout]
          hint: ask for less work, or allow more with `--cell-timeout`

        """)
    #expect(folder.bytes(of: "out/a.md") == nil)
    let wrong = try folder.run("render", "a.md", "-o", "out", "--cell-timeout", "0")
    #expect(wrong.exitCode == 64)
  }
}
