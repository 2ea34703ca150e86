import Foundation
import Testing

@testable import Notebooks

/// What runs and what comes from the store, counted; and that nobody can tell from the result.
@Suite struct StoredRunTests {
  private static let chain = """
    # Chain

    ```{probe} a
    :size: 2
    ```

    ```{probe} b
    :from: a
    ```

    ```{probe} c
    :from: b
    ```

    ```{probe} other
    :size: 4
    ```

    ```{dice} d
    ```

    c has {eval}`c.size`, the other {claim}`4 = other.size`, and {eval}`1 + 1`.

    """

  private let notebook: StoredNotebook

  init() throws { notebook = try StoredNotebook() }

  private func changed(_ old: String, _ new: String) -> String {
    Self.chain.replacing(old, with: new)
  }

  @Test func whatDidNotChangeDoesNotRun() {
    let first = notebook.run(Self.chain)
    #expect(first.cells == ["a", "b", "c", "other"])
    #expect(first.report.cellsRun == 8)
    let second = notebook.run(Self.chain)
    #expect(second.cells.isEmpty)
    // Only the formula that reads nothing.
    #expect(second.report.cellsRun == 1)
    #expect(second.shown == first.shown)
    #expect(first.shown == notebook.run(Self.chain, store: nil).shown)
    #expect(notebook.scratch.warnings.isEmpty)
  }

  @Test func aChangeRunsTheCellAndItsReadersOnly() {
    _ = notebook.run(Self.chain)
    let text = changed(":size: 4", ":size: 5").replacing("{claim}`4", with: "{claim}`5")
    let other = notebook.run(text)
    #expect(other.cells == ["other"])
    let middle = notebook.run(changed(":from: a", ":from: a\n:size: 1"))
    #expect(middle.cells == ["b", "c"])
    #expect(
      middle.shown == notebook.run(changed(":from: a", ":from: a\n:size: 1"), store: nil).shown)
    // And back again: everything is there still.
    #expect(notebook.run(Self.chain).cells.isEmpty)
  }

  /// Values that are read come from the store, not from running their cells.
  @Test func aNewReaderRunsNothingElse() {
    _ = notebook.run(Self.chain)
    let text = Self.chain + "\n```{probe} late\n:from: a c\n```\n\n{eval}`b.n[last]`\n"
    let ran = notebook.run(text)
    #expect(ran.cells == ["late"])
    #expect(ran.shown == notebook.run(text, store: nil).shown)
  }

  @Test(arguments: [
    (":size: 2", ":size:   2  "), (":size: 2", ":echo: false\n:size: 2"),
    ("# Chain", "# Chain\n\nMore words, and {eval}`2`."),
    ("```{probe} other\n:size: 4\n```\n", ""),
  ])
  func whatChangesNoResultRunsNothing(old: String, new: String) {
    _ = notebook.run(Self.chain)
    #expect(notebook.run(changed(old, new)).cells.isEmpty)
  }

  @Test func theOrderOfOptionsIsNoChange() {
    _ = notebook.run("```{probe} a\n:size: 2\n:opaque: false\n```\n")
    #expect(notebook.run("```{probe} a\n:opaque: false\n:size: 2\n```\n").cells.isEmpty)
  }

  @Test(arguments: [
    ("a\n:size: 2", "z\n:size: 2"), ("a\n:size: 2", "a\n:size: 3"), ("a\n:size: 2", "a"),
  ])
  func whatMayChangeTheResultRuns(old: String, new: String) {
    let text = "```{probe} a\n:size: 2\n```\n"
    _ = notebook.run(text)
    #expect(notebook.run(text.replacing(old, with: new)).cells.count == 1)
  }

  @Test func theSeedIsPartOfTheKey() {
    let text = "```{probe} a\n```\n"
    _ = notebook.run(text)
    #expect(notebook.run("---\nharmonium:\n  seed: 1\n---\n" + text).cells == ["a"])
    #expect(notebook.run("---\nharmonium:\n  seed: 0\n---\n" + text).cells.isEmpty)
  }

  @Test func anotherProgramRunsEverything() {
    _ = notebook.run(Self.chain)
    let other = Store(folder: notebook.scratch.folder, program: "other")
    #expect(notebook.run(Self.chain, store: other).cells.count == 4)
  }

  @Test func filesAreRememberedByTheirBytes() throws {
    let text = """
      ```{probe} a
      :file: data/x.txt
      ```

      ```{probe} b
      :from: a
      ```

      ```{probe} c
      ```

      """
    try FileManager.default.createDirectory(
      at: notebook.folder.appendingPathComponent("data"), withIntermediateDirectories: true)
    try notebook.write(" one", to: "data/x.txt")
    let first = notebook.run(text)
    #expect(first.cells == ["a", "b", "c"])
    #expect(first.report.files.map(\.name) == ["data/x.txt"])
    #expect(notebook.run(text).cells.isEmpty)
    #expect(notebook.run(text).report.files == first.report.files)
    try notebook.write(" two", to: "data/x.txt")
    let second = notebook.run(text)
    #expect(second.cells == ["a", "b"])
    #expect(second.shown == notebook.run(text, store: nil).shown)
    // The same bytes, written anew.
    try notebook.write(" one", to: "data/x.txt")
    let third = notebook.run(text)
    #expect(third.cells.isEmpty)
    #expect(third.shown == first.shown)
    try FileManager.default.removeItem(at: notebook.folder.appendingPathComponent("data/x.txt"))
    let gone = notebook.run(text)
    #expect(gone.report.diagnostics.map(\.id) == ["missing-file"])
    #expect(gone.shown == notebook.run(text, store: nil).shown)
  }

  /// What fails is told again, and runs again; what reads what only asserts too much does not.
  @Test func failuresAreNotKept() {
    let text = """
      ```{probe} wrong
      :fails:
      ```

      ```{probe} doubtful
      :doubts:
      ```

      ```{probe} reader
      :from: doubtful
      ```

      ```{probe} lost
      :from: wrong
      ```

      {claim}`5 = doubtful.size` {eval}`double(reader.size)` {eval}`root(0 - reader.size)`

      """
    let first = notebook.run(text)
    let second = notebook.run(text)
    #expect(first.cells == ["doubtful", "reader", "wrong"])
    #expect(second.cells == ["doubtful", "wrong"])
    #expect(second.shown == first.shown)
    #expect(second.shown == notebook.run(text, store: nil).shown)
    #expect(
      Set(second.report.diagnostics.map(\.id)).isSuperset(of: [
        "probe-failed", "doubt", "false-claim", "not-finite",
      ]))
  }

  /// Such a cell runs if and only if a cell that reads it does.
  @Test func whatCannotBeKeptIsComputedForItsReaders() {
    let text = """
      ```{probe} a
      :size: 2
      ```

      ```{probe} opaque
      :from: a
      :opaque:
      ```

      ```{probe} b
      :from: opaque
      ```

      ```{probe} c
      :size: 2
      ```

      """
    _ = notebook.run(text)
    #expect(notebook.run(text).cells.isEmpty)
    let other = text.replacing("c\n:size: 2", with: "c\n:size: 3")
    #expect(notebook.run(other).cells == ["c"])
    let reader = text.replacing(":from: opaque", with: ":from: opaque\n:size: 1")
    let ran = notebook.run(reader)
    #expect(ran.cells == ["b", "opaque"])
    #expect(ran.shown == notebook.run(reader, store: nil).shown)
  }

  @Test func aStoreDamagedAnywhereGivesTheSame() throws {
    let first = notebook.run(Self.chain)
    for file in notebook.scratch.files {
      for damage in 0..<3 {
        var bytes = try Data(contentsOf: URL(fileURLWithPath: file))
        switch damage {
        case 0: bytes[bytes.count - 1] ^= 1
        case 1: bytes = bytes.prefix(bytes.count / 2)
        default: bytes = Data()
        }
        try bytes.write(to: URL(fileURLWithPath: file))
        // Values that no reader asks for are not looked at.
        #expect(notebook.run(Self.chain).shown == first.shown)
      }
    }
    #expect(!notebook.scratch.warnings.isEmpty)
  }

  @Test func aStoreThatLosesEntriesGivesTheSame() throws {
    let first = notebook.run(Self.chain)
    let text = changed(":from: a", ":from: a\n:size: 1")
    let second = notebook.run(text, store: nil)
    for file in notebook.scratch.files {
      try FileManager.default.removeItem(atPath: file)
      #expect(notebook.run(Self.chain).shown == first.shown)
      try? FileManager.default.removeItem(atPath: file)
      #expect(notebook.run(text).shown == second.shown)
    }
  }

  @Test func manyRunsWithOneStoreGiveTheSame() {
    let expected = notebook.run(Self.chain, store: nil).shown
    let notebook = notebook
    DispatchQueue.concurrentPerform(iterations: 8) { _ in
      for _ in 0..<5 { #expect(notebook.run(Self.chain).shown == expected) }
    }
    #expect(notebook.scratch.warnings.isEmpty)
  }

  @Test(arguments: [1, 2, 8]) func threadsChangeNothing(threads: Int) {
    let text = (0..<40).map { number in
      "```{probe} p\(number)\n" + (number % 3 == 0 ? ":doubts:\n" : "")
        + (number > 5 ? ":from: p\(number / 2) p\(number - 5)\n" : "") + "```\n\n"
    }.joined()
    let expected = notebook.run(text, threads: 1, store: nil)
    #expect(notebook.run(text, threads: threads, store: nil).shown == expected.shown)
    #expect(notebook.run(text, threads: threads).shown == expected.shown)
  }

  /// What keys are for: names, and not positions, decide about random numbers.
  @Test func anUnrelatedCellChangesNoOther() {
    let first = notebook.run(Self.chain, store: nil)
    let renamed = notebook.run(
      changed("{probe} other", "{probe} another").replacing("other.size", with: "another.size"),
      store: nil)
    let inserted = notebook.run(
      changed("```{dice}", "```{probe} new\n```\n\n```{dice}"), store: nil)
    #expect(zip(first.shown, renamed.shown).filter { $0 != $1 }.count == 1)
    #expect(Set(first.shown).subtracting(inserted.shown).isEmpty)
  }
}
