import Foundation
import Testing

/// Models in files: written by `render`, compared by `check`, read by other notebooks.
@Suite struct SavedModelTests {
  private static let saving = """
    ```{dataset} bars
    :bars-and-stripes: 2
    ```

    ```{rbm} r
    :visible: 4
    :hidden: 3
    ```

    ```{train} r
    :data: bars
    :epochs: 20
    :name: trained
    :plot: none
    :rows: 0
    :save: models/r.safetensors
    ```

    ```{estimate-z} trained
    ```

    """

  private static let loading = """
    ```{load} trained
    :file: models/r.safetensors
    ```

    ```{estimate-z} trained
    ```

    """

  /// What follows the last fence: the estimate of the partition function.
  private func estimate(_ text: String?) -> Substring? {
    text.flatMap { text in text.ranges(of: "```\n").last.map { text[$0.upperBound...] } }
  }

  @Test func aLoadedModelIsTheSavedOne() throws {
    let folder = try ScratchFolder()
    // The one that loads comes first by its name.
    try folder.write(Self.saving, to: "in/b.md")
    try folder.write(Self.loading, to: "in/a.md")
    for jobs in ["1", "2", "7"] {
      let result = try folder.run("render", "in", "-o", "out\(jobs)", "--jobs", jobs)
      #expect(result.errors == "")
      #expect(result.exitCode == 0)
      let loaded = estimate(folder.text(of: "out\(jobs)/a.md"))
      #expect(loaded != nil)
      #expect(loaded == estimate(folder.text(of: "out\(jobs)/b.md")))
      try FileManager.default.removeItem(at: folder.url.appendingPathComponent("in/models"))
      let again = try folder.run("render", "in", "-o", "out\(jobs)", "--jobs", jobs)
      #expect(again.output == "rendered 2 notebooks into out\(jobs), 0 changed\n")
      #expect(try folder.run("check", "in", "--against", "out\(jobs)").exitCode == 0)
    }
  }

  @Test func checkWritesNothingAndSeesWhatIsStale() throws {
    let folder = try ScratchFolder()
    try folder.write(Self.saving, to: "in/b.md")
    #expect(try folder.run("render", "in", "-o", "out").exitCode == 0)
    let bytes = try #require(folder.bytes(of: "in/models/r.safetensors"))

    try FileManager.default.removeItem(at: folder.url.appendingPathComponent("in/models"))
    let before = folder.contents
    let missing = try folder.run("check", "in", "--against", "out")
    #expect(
      missing.errors == """
        in/b.md:16:8: stale: there is no `models/r.safetensors` [stale-file]
          hint: render the notebook and commit the result

        """)
    #expect(missing.exitCode == 3)
    #expect(folder.contents == before)

    var changed = bytes
    changed[changed.count - 1] ^= 1
    try folder.write(changed, to: "in/models/r.safetensors")
    let stale = try folder.run("check", "in", "--against", "out")
    #expect(
      stale.errors.hasPrefix(
        "in/b.md:16:8: stale: `models/r.safetensors` is not what the notebook gives today"))
    #expect(stale.exitCode == 3)
    #expect(folder.bytes(of: "in/models/r.safetensors") == changed)

    try folder.write(Self.loading, to: "in/a.md")
    let refused = try folder.run("check", "in/a.md", "--against", "out")
    #expect(
      refused.errors == """
        in/a.md:2:8: error: `models/r.safetensors` cannot be taken for a model: its content does not \
        have the checksum that it was written with [bad-checksum]
          hint: the file is damaged or was edited: render the notebook that saves it, or copy it again

        """)
    #expect(refused.exitCode == 2)

    #expect(try folder.run("render", "in", "-o", "out").exitCode == 0)
    #expect(folder.bytes(of: "in/models/r.safetensors") == bytes)
    #expect(try folder.run("check", "in", "--against", "out").exitCode == 0)
  }

  @Test func aNotebookWithErrorsSavesNothing() throws {
    let folder = try ScratchFolder()
    try folder.write(Self.saving + "\n```{machin} x\n```\n", to: "in/b.md")
    #expect(try folder.run("render", "in", "-o", "out").exitCode == 2)
    #expect(folder.contents.keys.filter { $0.contains("models") } == [])
  }

  @Test func nothingIsWrittenThroughLinks() throws {
    let folder = try ScratchFolder()
    try folder.write(Self.saving, to: "in/b.md")
    try folder.write("precious", to: "elsewhere/r.safetensors")
    let models = folder.url.appendingPathComponent("in/models")
    let elsewhere = folder.url.appendingPathComponent("elsewhere")
    try FileManager.default.createSymbolicLink(at: models, withDestinationURL: elsewhere)
    let throughFolder = try folder.run("render", "in", "-o", "out")
    #expect(
      throughFolder.errors.hasPrefix(
        "in/b.md:16:8: error: `models/r.safetensors` cannot be written: `models` is no plain folder"
      ))
    #expect(throughFolder.exitCode == 2)

    try FileManager.default.removeItem(at: models)
    try FileManager.default.createDirectory(at: models, withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(
      at: models.appendingPathComponent("r.safetensors"),
      withDestinationURL: elsewhere.appendingPathComponent("r.safetensors"))
    let throughFile = try folder.run("render", "in", "-o", "out")
    #expect(throughFile.exitCode == 2)
    #expect(folder.text(of: "elsewhere/r.safetensors") == "precious")
  }

  @Test func notebooksThatGetInEachOthersWay() throws {
    let folder = try ScratchFolder()
    try folder.write(Self.saving, to: "two/a.md")
    try folder.write(Self.saving, to: "two/b.md")
    let two = try folder.run("render", "two", "-o", "out")
    #expect(
      two.errors == """
        two/b.md:16:8: error: `models/r.safetensors` is saved by another notebook, too [same-file]
          hint: each file is saved by one notebook

        """)
    #expect(two.exitCode == 2)

    let other = Self.saving.replacing("models/r", with: "models/other")
    let loadsOther = Self.loading.replacing("models/r", with: "models/other")
      .replacing("trained", with: "loaded")
    try folder.write(loadsOther + Self.saving, to: "circle/a.md")
    try folder.write(Self.loading.replacing("trained", with: "loaded") + other, to: "circle/b.md")
    let circle = try folder.run("render", "circle", "-o", "out")
    #expect(circle.errors.ranges(of: "[circular-files]").count == 2)
    #expect(circle.exitCode == 2)
  }
}
