import Testing

@testable import Notebooks

@Suite struct CallTests {
  private func call(_ text: String) throws -> Call {
    for case .call(let call) in Notebook(text).cells { return call }
    throw Diagnostic("no-call", at: Place(file: "n.md"), "there is no call")
  }

  @Test func everyPartHasItsPlace() throws {
    let call = try call("# T\n\n```{probe}  one \n:size:  4\n:fails:\n\nbody 1\n\nbody 2\n\n```\n")
    #expect(call.name == Text("probe", at: Place(file: "n.md", line: 3, column: 5)))
    #expect(call.argument == Text("one", at: Place(file: "n.md", line: 3, column: 13)))
    #expect(call.options.map(\.name.string) == ["size", "fails"])
    #expect(call.options[0].value == Text("4", at: Place(file: "n.md", line: 4, column: 9)))
    #expect(call.options[1].value.isEmpty)
    #expect(call.body.map(\.string) == ["body 1", "", "body 2"])
    #expect(call.body[0].place == Place(file: "n.md", line: 7, column: 1))
    #expect(call.source.first == "```{probe}  one ")
    #expect(call.source.last == "```")
  }

  @Test func optionsEndAtTheFirstOtherLine() throws {
    let call = try call("```{probe} a\n:size: 1\nx\n:size: 2\n```\n")
    #expect(call.options.count == 1)
    #expect(call.body.map(\.string) == ["x", ":size: 2"])
  }

  @Test(arguments: [": size: 1", "size: 1", ":size 1", "::", ":1: x", ":a b: x"])
  func notOptions(line: String) throws {
    let call = try call("```{probe} a\n\(line)\n```\n")
    // `: size:` is an option: blanks around a name mean nothing.
    #expect(call.options.count == (line == ": size: 1" ? 1 : 0))
  }

  @Test(arguments: ["\n", "\r\n", "\r"]) func lineEndsAreNoPartOfTexts(end: String) throws {
    let call = try call(["```{probe} a", ":size: 2", "", "b", "```", ""].joined(separator: end))
    #expect(call.argument.string == "a")
    #expect(call.options.map(\.value.string) == ["2"])
    #expect(call.body.map(\.string) == ["b"])
  }

  @Test func insideAQuotationTheMarksAreTakenOff() throws {
    let call = try call("> ```{probe} a\n> :size: 2\n>\n> b\n> ```\n")
    #expect(call.options.map(\.value.string) == ["2"])
    #expect(call.body.map(\.string) == ["b"])
    #expect(call.source == ["```{probe} a", ":size: 2", "", "b", "```"])
    #expect(call.continuation == "> ")
  }

  @Test(arguments: [
    "```probe\n```\n", "```{probe\n```\n", "```{}\n```\n", "```{probe}x\n```\n",
    "```{ probe}\n```\n",
    "    ```{probe} a\n    ```\n", "````md\n```{probe} a\n```\n````\n", "```{=html}\n```\n",
    "```{9}\n```\n", "`{probe}`\n",
  ])
  func notCalls(text: String) {
    let notebook = Notebook(text)
    #expect(notebook.diagnostics.isEmpty)
    #expect(notebook.cells.count == 1)
  }

  @Test(arguments: ["note", "figure", "code-cell", "math"]) func foreignDirectivesAreProse(
    name: String
  ) {
    let notebook = Notebook("```{\(name)} x\n```\n")
    #expect(notebook.diagnostics.isEmpty)
    #expect(notebook.cells.count == 1)
  }

  @Test func passthroughNamesAreProse() {
    let text = "---\nharmonium:\n  passthrough: [mine, other:one]\n---\n\n```{mine}\n```\n"
    #expect(Notebook(text).diagnostics.isEmpty)
    #expect(Notebook(text + "\n```{others}\n```\n").diagnostics.marks == ["9:5 unknown-directive"])
  }
}
