import Foundation
import Notebooks
import Testing

/// What goes into a file comes out of it: the same probabilities, images and figures.
@Suite struct SavedModelTests {
  /// The pages of two notebooks in one folder, the first of which saves what the second loads.
  private func pages(_ saving: String, _ loading: String) throws -> (Page, Page) {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("harmonium-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let first = Page(saving, file: folder.appendingPathComponent("a.md").path)
    #expect(first.diagnostics.map(\.description) == [])
    for file in first.report.saves {
      let url = folder.appendingPathComponent(file.name.string)
      try Data(file.bytes).write(to: url)
    }
    let second = Page(loading, file: folder.appendingPathComponent("b.md").path)
    #expect(second.diagnostics.map(\.description) == [])
    return (first, second)
  }

  private static let load = """
    ```{load} model
    :file: model.safetensors
    ```


    """

  @Test(arguments: ["binary", "spin"]) func machines(_ units: String) throws {
    let off = units == "binary" ? "0" : "-1"
    let asked = """
      ```{energy-table} model
      ```

      {eval}`p(model, a=1 | c=\(off), T=2):.12e` {eval}`Z(model):.12e`
      """
    let machine = """
      ```{machine} model
      :units: \(units)
      :visible: a b
      :hidden: c
      :save: model.safetensors

      a -- c: 0.1
      b -- c: -1.7
      b: 0.3
      ```


      """
    let (saved, loaded) = try pages(machine + asked, Self.load + asked)
    #expect(saved.inline == loaded.inline)
    #expect(saved.tables.last?.columns == loaded.tables.last?.columns)
    let kind = units == "binary" ? "0 or 1" : "-1 or +1"
    #expect(
      loaded.sentences[0]
        == "A machine of 3 units (2 visible, 1 hidden), each \(kind); 2 connections.")
  }

  @Test(arguments: ["binary", "gaussian"]) func restrictedMachines(_ units: String) throws {
    let (saved, loaded) = try pages(
      """
      ```{dataset} bars
      :bars-and-stripes: 3
      ```

      ```{rbm} r
      :visible: 9
      :hidden: 4
      :units: \(units)
      ```

      ```{train} r
      :data: bars
      :name: model
      :rows: 0
      :plot: none
      :save: model.safetensors
      ```

      ```{images} model
      :what: weights
      ```

      ```{roc} model
      :positive: bars
      :negative: bars
      ```
      """,
      """
      ```{dataset} bars
      :bars-and-stripes: 3
      ```

      \(Self.load)
      ```{images} model
      ```

      ```{roc} model
      :positive: bars
      :negative: bars
      ```
      """)
    #expect(saved.outputs.suffix(3) == loaded.outputs.suffix(3))
    let kind = units == "binary" ? "visible" : "Gaussian visible"
    #expect(loaded.sentences[1].hasPrefix("An RBM of 9 \(kind) and 4 hidden units. The norm"))
  }

  /// What is asked of a model in the notebook that made it and in one that has only its file.
  struct Asked: Sendable, CustomTestStringConvertible {
    let name: String
    /// Cells that end with `model` in a file.
    let making: String
    let asking: String
    /// What the loaded model says of itself.
    let summary: String
    var testDescription: String { name }
  }

  static let data = """
    ```{dataset} bars
    :bars-and-stripes: 3
    ```

    ```{dataset} rows
    1 0 1
    0 1 1
    ```


    """

  @Test(arguments: Asked.all) func everythingCanBeAskedAgain(_ asked: Asked) throws {
    let (saved, loaded) = try pages(
      Self.data + asked.making + asked.asking, Self.data + Self.load + asked.asking)
    #expect(loaded.sentences[2] == asked.summary)
    let count = loaded.outputs.count - Page(Self.data).outputs.count - 1
    #expect(count >= 1)
    #expect(Array(saved.outputs.suffix(count)) == Array(loaded.outputs.suffix(count)))
    #expect(saved.inline == loaded.inline)
    #expect(!loaded.inline.contains(""))
  }

  /// A file is its model and nothing else: it does not change by itself.
  @Test func theBytesAreThoseOfTheModel() throws {
    func bytes(_ name: String, _ seed: Int) -> [UInt8]? {
      Page(
        """
        ---
        harmonium:
          seed: \(seed)
        ---

        ```{machine} \(name)
        :visible: a b
        :save: model.safetensors

        a -- b: 1
        ```
        """
      ).report.saves.first?.bytes
    }
    let one = bytes("one", 1)
    #expect(one != nil)
    #expect(one == bytes("two", 2))
  }
}
