import Foundation
import Testing

@Suite struct DirectivesCommandTests {
  private func run(_ arguments: String...) throws -> Harmonium.Result {
    try Harmonium.run(["directives"] + arguments, in: FileManager.default.temporaryDirectory)
  }

  @Test func theListHasALineForEach() throws {
    let result = try run("--list")
    #expect(result.exitCode == 0)
    let lines = result.output.split(separator: "\n")
    let names = lines.compactMap { $0.split(separator: " ").first.map(String.init) }
    for name in ["machine", "energy-table", "derive", "sample", "anneal", "published", "plot"] {
      #expect(names.contains(name))
    }
    #expect(Set(names).count == names.count)
    #expect(lines.allSatisfy { !$0.hasSuffix(" ") })
    // The summaries stand in one column.
    let starts = lines.map { line in
      line.drop { $0 != " " }.drop { $0 == " " }.startIndex.utf16Offset(in: line)
    }
    #expect(Set(starts).count == 1)
  }

  @Test func everyManualCanBePrinted() throws {
    let whole = try run().output
    for line in try run("--list").output.split(separator: "\n") {
      let name = String(line.prefix { $0 != " " })
      let page = try run(name)
      #expect(page.exitCode == 0)
      // An example with parameters brings its front matter along: the page is a notebook.
      let hasFrontMatter = page.output.hasPrefix("---\n")
      let text = hasFrontMatter ? page.output.split(separator: "---\n\n")[1] : page.output[...]
      #expect(text.hasPrefix("# \(name)\n"))
      #expect(whole.contains(page.output))
      for part in ["## Options", "- `:echo:`", "## Example", "```{"] {
        #expect(page.output.contains(part), "\(name)")
      }
    }
  }

  @Test func aManualInFull() throws {
    let page = try run("logistic-plot").output
    #expect(page.contains("```{logistic-plot}\n:OPTION: VALUE\n```\n"))
    #expect(
      page.contains(
        "- `:range:` 0.001 to 1000000. The plot goes from -range to +range. Default: 8."))
  }

  @Test func unknownNames() throws {
    let near = try run("energy-tabel")
    #expect(near.exitCode == 64)
    #expect(
      near.errors.contains("there is no directive `energy-tabel`; did you mean `energy-table`?"))
    let far = try run("nonsense")
    #expect(far.exitCode == 64)
    #expect(far.errors.contains("there is no directive `nonsense`; directives: `machine`"))
  }

  @Test func help() throws {
    let result = try Harmonium.run(["--help"], in: FileManager.default.temporaryDirectory)
    #expect(result.exitCode == 0)
    for word in ["render", "check", "directives", "EXIT CODES"] {
      #expect(result.output.contains(word))
    }
  }
}
