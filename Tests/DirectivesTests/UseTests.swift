import Directives
import Foundation
import Notebooks
import Testing

@Suite struct UseTests {
  private static let library = """
    ---
    harmonium:
      seed: 5
    ---

    ```{machine} pair
    :visible: a b

    a -- b: 1.5
    ```

    ```{sample} pair
    :chains: 20
    :plot: no
    :name: draws
    ```

    ```{energy-table} nothing-of-this-runs
    ```

    """

  /// A folder with notebooks, and the page of the first one.
  private func page(_ text: String, _ others: [String: String]) throws -> (Page, URL) {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "harmonium-use-\(UUID().uuidString)", isDirectory: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, text) in others {
      let file = folder.appendingPathComponent(name)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
    }
    return (Page(text, file: folder.path + "/n.md"), folder)
  }

  private static let sound = library.replacing(
    "```{energy-table} nothing-of-this-runs\n```\n", with: "")

  @Test func definitionsAreTaken() throws {
    let (page, _) = try page(
      "```{use} pair draws\n:from: lib/m.md\n:as: pair twins\n```\n\n"
        + "{eval}`p(pair, a=1)` {eval}`twins.energy:.10f`", ["lib/m.md": Self.sound])
    #expect(page.marks == [])
    #expect(
      page.inline == Page(Self.sound + "{eval}`p(pair, a=1)` {eval}`draws.energy:.10f`").inline)
    #expect(page.sentences.first == "`pair` is a machine of [lib/m.md](lib/m.md).")
    #expect(page.sentences.contains { $0.hasPrefix("`twins`, there `draws`, is a table of") })
  }

  @Test func onlyWhatIsNeededRuns() throws {
    let failing = Self.sound + "```{energy-table} pair\n:given: a=7\n```\n"
    let (page, _) = try page("```{use} pair\n:from: m.md\n:show: no\n```\n", ["m.md": failing])
    #expect(page.marks == [])
    #expect(page.outputs.count == 1)
  }

  @Test(arguments: [
    ("```{use}\n:from: m.md\n```", "1:5 missing-argument"),
    ("```{use} pair\n```", "1:5 missing-option"),
    ("```{use} pair\n:from: x.md\n```", "2:8 missing-file"),
    ("```{use} pair\n:from: ../m.md\n```", "2:8 outside-folder"),
    ("```{use} pear\n:from: m.md\n```", "1:10 unknown-name"),
    ("```{use} pair\n:from: n.md\n```", "2:8 cycle"),
    ("```{use} pair\n:from: m.md\n:as: x y\n```", "3:6 bad-assignment"),
    ("```{use} pair\n:from: m.md\n```\n```{use} pair\n:from: m.md\n```", "4:10 duplicate-name"),
    ("```{use} pair\n:from: circle.md\n```", "2:8 broken-library"),
    ("```{use} pair\n:from: broken.md\n```", "2:8 broken-library"),
  ])
  func mistakes(text: String, mark: String) throws {
    let (page, folder) = try page(
      text,
      [
        "m.md": Self.sound, "n.md": "", "broken.md": Self.library,
        "circle.md": "```{use} pair\n:from: n.md\n```\n",
      ])
    let own = page.diagnostics.filter { $0.place.file == folder.path + "/n.md" }
    #expect(own.map { "\($0.place.line):\($0.place.column) \($0.id)" } == [mark])
  }

  @Test func mistakesInsideHaveTheirPlaceThere() throws {
    let (page, folder) = try page(
      "```{use} pair\n:from: lib/broken.md\n```\n", ["lib/broken.md": Self.library])
    let inside = page.diagnostics.filter { $0.place.file == folder.path + "/lib/broken.md" }
    #expect(inside.map { "\($0.place.line):\($0.place.column) \($0.id)" } == ["18:19 unknown-name"])
  }

  @Test func failuresInsideSayWhoAsked() throws {
    let big = "```{machine} big\n:file: edges.txt\n```\n"
    let (page, folder) = try page("```{use} big\n:from: m.md\n```\n", ["m.md": big])
    #expect(page.diagnostics.map(\.id) == ["missing-file"])
    #expect(page.diagnostics.first?.place.file == folder.path + "/m.md")
    #expect(page.diagnostics.first?.detail == ["  taken from there at \(folder.path)/n.md:1:5"])
  }

  @Test func notebooksMayTakeFromEachOtherInARow() throws {
    var files = ["1.md": Self.sound]
    for number in 2...9 {
      files["\(number).md"] = "```{use} pair\n:from: \(number - 1).md\n```\n"
    }
    let (near, _) = try page("```{use} pair\n:from: 7.md\n```\n{eval}`p(pair, a=1)`", files)
    #expect(near.marks == [])
    let (far, _) = try page("```{use} pair\n:from: 9.md\n```\n", files)
    #expect(far.diagnostics.map(\.id).contains("limit-exceeded"))
  }
}
