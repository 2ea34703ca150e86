import Testing

@testable import Notebooks

/// Parameters are a part of what a cell depends on: only the cells that use one run again.
@Suite struct StoredParametersTests {
  private static let text = """
    ---
    harmonium:
      parameters:
        steps: 4
        factor: {default: 2, type: number}
        idle: 1
    ---

    ```{probe} a
    :size: {{ steps }}
    ```

    ```{probe} b
    :from: a
    ```

    ```{probe} c
    :size: 5
    ```

    {eval}`c.size * factor` {eval}`b.size` {eval}`factor`

    """

  private let notebook: StoredNotebook

  init() throws { notebook = try StoredNotebook() }

  @Test func onlyWhatUsesAParameterRunsAgain() {
    #expect(notebook.run(Self.text).cells == ["a", "b", "c"])
    let other = notebook.run(Self.text, ["steps=6"])
    #expect(other.cells == ["a", "b"])
    #expect(other.shown == notebook.run(Self.text, ["steps=6"], store: nil).shown)
    #expect(notebook.run(Self.text, ["idle=2"]).cells == [])
    #expect(notebook.run(Self.text).cells == [])
    #expect(notebook.run(Self.text, ["steps=6"]).cells == [])
  }

  @Test(arguments: [["factor=2"], ["factor=3"], ["factor=0.5", "steps=1"], ["idle=7"]])
  func formulasAreThoseOfTheirParameters(settings: [String]) {
    _ = notebook.run(Self.text)
    let with = notebook.run(Self.text, settings)
    #expect(with.shown == notebook.run(Self.text, settings, store: nil).shown)
    #expect(with.report.diagnostics == [])
  }

  /// Where a value stands and what it is typed as are two things.
  @Test func sameValueOfAnotherType() {
    let matter = "---\nharmonium:\n  parameters:\n    x: VALUE\n---\n\n"
    let cell = "```{probe} a\n:size: {{ length([1, x]) }}\n```\n"
    for value in ["1", "[1]", "[1, 1]", "\"1\"", "{default: 1, type: text}", "true", "\"true\""] {
      let text = matter.replacing("VALUE", with: value) + cell
      #expect(notebook.run(text).shown == notebook.run(text, store: nil).shown, "\(value)")
    }
  }

  @Test func explanations() throws {
    _ = notebook.run(Self.text)
    func explain(_ name: String, _ settings: String...) throws -> [String] {
      try Explanation(
        name, of: notebook.plan(Self.text, settings), store: notebook.scratch.open()
      ).lines
    }
    #expect(
      try explain("a", "steps=6") == [
        "`a` would run:", "- the parameter `steps` changed from `4` to `6`",
      ])
    #expect(
      try explain("b", "steps=6") == [
        "`b` would run:", "- it reads `a`, of which something has changed:",
        "-   the parameter `steps` changed from `4` to `6`",
      ])
    #expect(try explain("c", "steps=6") == ["`c` would not run: its result is stored."])
    let typed = Self.text.replacing("{{ steps }}", with: "4")
    let gone = try Explanation("a", of: notebook.plan(typed), store: notebook.scratch.open())
    #expect(
      gone.lines == [
        "`a` would run:", "- the option `size` changed from `{{ steps }}` to `4`",
        "- it does not use the parameter `steps` any more",
      ])
  }

  @Test func quantitiesComeBack() throws {
    for quantity: Quantity in [
      .number(-0.0), .number(.leastNonzeroMagnitude), .numbers([]), .numbers([1, -2.5]),
      .truth(true),
      .truths([false, true]), .text(""), .text("\"é\n"),
    ] {
      let bytes = StoreWriter.bytes(of: QuantityValue(quantity))
      #expect(try StoreReader.value(QuantityValue.self, from: bytes).quantity == quantity)
      #expect(throws: StoreFormatError.self) {
        try StoreReader.value(QuantityValue.self, from: Array(bytes.dropLast()))
      }
    }
    // Empty cells of a column are no numbers.
    let gap = try StoreReader.value(
      Quantity.self, from: StoreWriter.bytes(of: Quantity.numbers([.nan, 1])))
    guard case .numbers(let values) = gap else {
      Issue.record("a list is expected")
      return
    }
    #expect(values.map(\.isNaN) == [true, false])
  }
}
