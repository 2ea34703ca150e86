import Foundation
import Testing

@testable import Directives
@testable import Notebooks

/// What formulas, parameters, sweeps and other notebooks give, from the store and without it.
@Suite final class StoredFormulasTests {
  private let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("harmonium-formulas-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  private var store: Store { Store(folder: folder.appendingPathComponent("store").path) }

  /// How many entries the store has.
  private var entryCount: Int {
    let path = folder.appendingPathComponent("store/v1").path
    let paths = (try? FileManager.default.subpathsOfDirectory(atPath: path)) ?? []
    return paths.count { $0.contains("/") }
  }

  private func write(_ text: String, to name: String) throws {
    let file = folder.appendingPathComponent(name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }

  private func run(
    _ text: String, _ store: Store?, threads: Int = 2, _ settings: [String] = []
  ) throws -> Report {
    let registry = Registry.harmonium
    let notebook = Notebook(
      Array(text.utf8), file: folder.appendingPathComponent("n.md").path,
      directives: registry.names)
    let plan = Plan(
      notebook, registry: registry, settings: try settings.map { try ParameterSetting($0) })
    return Run(threads: threads, store: store).report(on: plan)
  }

  private func shown(_ report: Report) -> [String] {
    report.results.map { result in
      switch result {
      case .prose: "prose"
      case .outputs(let outputs, _, _): "\(outputs)"
      case .inline(let text, _): text
      case .skipped: "skipped"
      case .failed: "failed"
      }
    } + report.diagnostics.map(\.description)
  }

  private static let names = """
    ```{let}
    gaps = range(-2, 2)
    chances = sigmoid(gaps)
    steep = max(chances) > 0.8
    word = "cd"
    ```


    """

  @Test func namesComeFromTheStore() throws {
    let reader = "```{tabulate} t\nx = gaps\ny = chances\nz = steep\n```\n"
    _ = try run(Self.names, store)
    let with = try run(Self.names + reader, store)
    #expect(shown(with) == shown(try run(Self.names + reader, nil)))
    #expect(with.cellsRun == 1)
    let changed = Self.names.replacing("sigmoid(gaps)", with: "sigmoid(2 * gaps)") + reader
    #expect(shown(try run(changed, store)) == shown(try run(changed, nil)))
  }

  // MARK: Sweeps

  private static let sweep = """
    ---
    harmonium:
      seed: 3
      parameters:
        w: 1.5
        chains: 50
    ---

    ```{machine} m
    :visible: a b

    a -- b: {{ w }}
    ```

    ```{sample} m
    :chains: {{ chains }}
    :plot: no
    :name: draws
    ```

    ```{sweep} s
    :over: w = 0.5 1 2
    :of: e = draws.energy
    :runs: 2
    ```

    {eval}`s.e[1]:.12e` {eval}`s.e[last]:.12e`

    """

  @Test(arguments: [[], ["w=1"], ["w=0.25", "chains=7"]])
  func sweepsAreTheSameHoweverTheyRun(settings: [String]) throws {
    let plain = shown(try run(Self.sweep, nil, threads: 1, settings))
    #expect(shown(try run(Self.sweep, nil, threads: 2, settings)) == plain)
    #expect(shown(try run(Self.sweep, store, threads: 2, settings)) == plain)
    let again = try run(Self.sweep, store, threads: 1, settings)
    #expect(shown(again) == plain)
    #expect(again.cellsRun == 0)
  }

  /// A further point changes no other and computes nothing but itself.
  @Test func pointsHaveKeysOfTheirOwn() throws {
    let first = try run(Self.sweep, store)
    let before = entryCount
    let more = Self.sweep.replacing("0.5 1 2", with: "0.5 1 1.25 2")
    let second = try run(more, store)
    #expect(shown(second) == shown(try run(more, nil)))
    #expect(shown(second).suffix(4) == shown(first).suffix(4))
    // Two runs of one point: the machine and its draws, each with its outputs and its values; and
    // the sweep itself with its table.
    #expect(entryCount - before == 2 * (2 + 2) + 2)
  }

  @Test func whatASweepRunsAgainIsAPartOfItsKey() throws {
    _ = try run(Self.sweep, store)
    for (old, new) in [
      ("{{ w }}", "{{ 2 * w - 1.5 }}"), ("seed: 3", "seed: 4"), (":plot: no", ":sweeps: 9"),
      ("draws.energy", "draws.energy + 1"), ("w: 1.5", "w: {default: 1.5, min: 0.5}"),
      ("a -- b: {{ w }}", "a -- b: {{ w }}\na: 1"),
    ] {
      let text = Self.sweep.replacing(old, with: new)
      #expect(shown(try run(text, store)) == shown(try run(text, nil)), "\(new)")
    }
    let narrow = Self.sweep.replacing("w: 1.5", with: "w: {default: 1.5, min: 1}")
    #expect(try run(narrow, store).diagnostics.map(\.id) == ["out-of-range"])
  }

  // MARK: Other notebooks

  private static let reader = """
    ```{use} pair draws
    :from: lib/m.md
    ```

    {eval}`p(pair, a=1, b=1):.12f` {eval}`draws.energy:.12f`

    """

  private func writeLibrary(edge: String = "1.5", prose: String = "") throws {
    try write(
      prose + "```{use} pair\n:from: deep/pair.md\n```\n\n"
        + "```{sample} pair\n:plot: no\n:name: draws\n```\n", to: "lib/m.md")
    try write("```{machine} pair\n:file: edges.txt\n```\n", to: "lib/deep/pair.md")
    try write("2 1\n1 2 \(edge)\n", to: "lib/deep/edges.txt")
  }

  private static let numbered = reader.replacing("a=1, b=1", with: "s1=1, s2=1")

  @Test func changedLibrariesAreReadAgain() throws {
    try writeLibrary()
    let first = try run(Self.numbered, store)
    #expect(first.diagnostics == [])
    #expect(shown(first) == shown(try run(Self.numbered, nil)))
    #expect(
      first.files.map(\.name) == ["lib/m.md", "lib/deep/pair.md", "lib/deep/edges.txt"])
    #expect(try run(Self.numbered, store).cellsRun == 0)
    try writeLibrary(edge: "-2")
    let second = try run(Self.numbered, store)
    #expect(second.cellsRun == 3)
    #expect(shown(second) == shown(try run(Self.numbered, nil)))
    #expect(shown(second) != shown(first))
    try writeLibrary(prose: "# Another page\n\n")
    #expect(shown(try run(Self.numbered, store)) == shown(first))
    try write("```{machine} pair\n:file: nothing.txt\n```\n", to: "lib/deep/pair.md")
    #expect(try run(Self.numbered, store).diagnostics.map(\.id) == ["missing-file"])
  }

  /// Taken or rendered by itself, a cell of a library is the same cell, learned once.
  @Test func aLibraryAndItsReadersShareResults() throws {
    try writeLibrary()
    let library = folder.appendingPathComponent("lib/m.md").path
    let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: library)))
    let plan = Plan(
      Notebook(bytes, file: library, directives: Registry.harmonium.names), registry: .harmonium)
    _ = Run(store: store).report(on: plan)
    let before = entryCount
    _ = try run(Self.numbered, store)
    // What `use` shows and its values, and the notebook's record; nothing of the library's cells.
    #expect(entryCount - before <= 4)
  }

  /// Each of 8 cells takes all 8 names of the notebook below, 7 notebooks deep: 8 cells a notebook,
  /// and not 8^7.
  @Test func takingTwiceRunsOnce() throws {
    let names = (0..<8).map { "m\($0)" }
    func cell(_ index: Int, _ level: Int) -> String {
      let own = names.indices.map { $0 == index ? names[$0] : "c\(index)-\($0)" }
      return """
        ```{use} \(names.joined(separator: " "))
        :from: l\(level - 1).md
        :as: \(own.joined(separator: " "))
        :show: no
        ```

        """
    }
    let machines = names.map { "```{machine} \($0)\n:visible: a\n\na: 1\n```\n" }
    try write(machines.joined(), to: "l0.md")
    for level in 1...7 {
      try write(names.indices.map { cell($0, level) }.joined(), to: "l\(level).md")
    }
    let report = try run("```{use} m3\n:from: l7.md\n```\n\n{eval}`p(m3, a=1):.3f`", nil)
    #expect(report.diagnostics == [])
    #expect(shown(report).last == "0.731")
  }
}
