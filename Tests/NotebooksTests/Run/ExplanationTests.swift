import Foundation
import Testing

@testable import Notebooks

@Suite struct ExplanationTests {
  private static let text = """
    ---
    harmonium:
      seed: 3
    ---

    ```{probe} data
    :file: x.txt
    ```

    ```{probe} study
    :from: data
    :size: 2
    ```

    ```{probe} other
    ```

    """

  private let notebook: StoredNotebook

  init() throws {
    notebook = try StoredNotebook()
    try notebook.write("one", to: "x.txt")
  }

  private func explain(_ name: String, _ text: String = text) throws -> [String] {
    try Explanation(name, of: notebook.plan(text), store: notebook.scratch.open()).lines
  }

  @Test func whatNeverRan() throws {
    for name in ["data", "study", "other"] {
      #expect(try explain(name) == ["\(name.quoted) would run:", "- it has not run before"])
    }
  }

  @Test func whatIsStored() throws {
    _ = notebook.run(Self.text)
    for name in ["data", "study", "other"] {
      #expect(try explain(name) == ["\(name.quoted) would not run: its result is stored."])
    }
  }

  /// It says what the run then does.
  @Test(arguments: [
    (":size: 2", ":size: 3", ["the option `size` changed from `2` to `3`"]),
    ("\n:size: 2", "", ["the option `size` is gone; it was `2`"]),
    (":size: 2", ":size: 2\n:opaque:", ["the option `opaque` is new: ``"]),
    ("seed: 3", "seed: 4", ["the notebook's seed changed from `3` to `4`"]),
    (":from: data", ":from: data other", nil),
  ])
  func whatChanged(old: String, new: String, reasons: [String]?) throws {
    let text = Self.text.replacing("```{probe} other\n```\n", with: "")
      .replacing("---\n\n", with: "---\n\n```{probe} other\n```\n\n")
    _ = notebook.run(text)
    let changed = text.replacing(old, with: new)
    let lines = try explain("study", changed)
    #expect(lines.first == "`study` would run:")
    for reason in reasons ?? ["it reads `other` now"] {
      #expect(lines.contains { $0.hasSuffix(" \(reason)") })
    }
    #expect(notebook.run(changed).cells.contains("study"))
    #expect(try explain("study", changed).count == 1)
  }

  @Test func changedFiles() throws {
    _ = notebook.run(Self.text)
    try notebook.write("two", to: "x.txt")
    let change =
      "the file `x.txt` changed (SHA-256 \(StoreKey(of: Array("one".utf8)).hex.prefix(12))… to "
      + "\(StoreKey(of: Array("two".utf8)).hex.prefix(12))…)"
    #expect(try explain("data") == ["`data` would run:", "- \(change)"])
    #expect(
      try explain("study") == [
        "`study` would run:", "- it reads `data`, of which something has changed:", "-   \(change)",
      ])
    #expect(try explain("other").count == 1)
    try notebook.write("one", to: "x.txt")
    #expect(try explain("study").count == 1)
  }

  @Test func aChangeFurtherUp() throws {
    _ = notebook.run(Self.text)
    let changed = Self.text.replacing(":file: x.txt", with: ":file: x.txt\n:size: 7")
    #expect(
      try explain("study", changed) == [
        "`study` would run:", "- it reads `data`, of which something has changed:",
        "-   the option `size` is new: `7`",
      ])
  }

  @Test func whatFailed() throws {
    let text = Self.text.replacing(":size: 2", with: ":size: 2\n:doubts:")
    _ = notebook.run(text)
    #expect(
      try explain("study", text) == [
        "`study` would run:", "- it did not succeed when it ran last; what fails is not stored",
      ])
  }

  @Test func whatIsGone() throws {
    _ = notebook.run(Self.text)
    let store = notebook.scratch.open()
    let plan = notebook.plan(Self.text)
    guard case .directive(_, let step)? = plan.steps.last(where: { $0 != nil }) ?? nil else {
      Issue.record("there is no cell")
      return
    }
    store.remove(CellInputs(step, of: plan, program: "", reads: []).key)
    #expect(
      try explain("other") == [
        "`other` would run:", "- nothing has changed, but its result is no longer in the store",
      ])
  }

  @Test func anotherBuild() throws {
    _ = notebook.run(Self.text)
    let other = Store(folder: notebook.scratch.folder, program: "new")
    #expect(
      try Explanation("other", of: notebook.plan(Self.text), store: other).lines == [
        "`other` would run:", "- another build of the program computed its result",
      ])
  }

  @Test func unknownNames() {
    #expect(
      diagnostic { () throws(Diagnostic) in
        try Explanation("othr", of: notebook.plan(Self.text), store: notebook.scratch.open())
      }?.hint == "did you mean `other`?")
  }

  @Test func aDirectiveWithoutAnArgument() throws {
    #expect(
      try explain("dice", "```{dice}\n```\n")
        == ["`dice` would run:", "- it has not run before"])
  }

  @Test func bodies() throws {
    let inputs = { (body: String) in
      CellInputs(items: [.init(kind: .body, name: "", value: body)])
    }
    for (old, new, sentence) in [
      ("a\nb", "a\nc", "line 2 of its body changed from `b` to `c`"),
      ("a", "a\nb", "its body has a new line 2: `b`"),
      ("a\nb\nc", "a\nb", "its body has lost line 3: `c`"),
    ] {
      #expect(inputs(new).differences(from: inputs(old), leavingOut: .cell) == [sentence])
    }
  }
}
