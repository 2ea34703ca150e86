internal import ArgumentParser
internal import Directives
internal import Foundation
internal import Notebooks
internal import Rendering

struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Say why a cell would run, or that its result is stored.",
    discussion: """
      Compares what the cell's result depends on with what it was when the notebook was run last: \
      options, body, seed, the cells and files that it reads. Runs nothing.

      EXAMPLES
        harmonium explain notebooks/05-annealing.md glass
        harmonium explain notebooks/01-energies-and-probabilities.md "energy-table slide35"
      """)

  @Argument(help: "The notebook.")
  var notebook: String

  @Argument(help: "The cell's name, or its directive and argument.")
  var name: String

  @OptionGroup var parameters: ParameterOption
  @OptionGroup var store: StoreOption

  func run() throws {
    guard let store = store.opened() else {
      throw ValidationError("without a store every cell runs; leave `--no-store` out")
    }
    do {
      guard let data = FileManager.default.contents(atPath: notebook) else {
        throw Diagnostic(
          "missing-file", at: Place(file: notebook), "the notebook cannot be read")
      }
      let registry = Registry.harmonium
      let plan = Plan(
        Notebook(Array(data), file: notebook, directives: registry.names), registry: registry,
        settings: parameters.settings)
      let lines = try Explanation(name, of: plan, store: store).lines
      try Console.print(lines.joined(separator: "\n"))
    } catch let diagnostic as Diagnostic {
      try Console.finish(Batch.Result(others: [diagnostic]), summary: nil)
    }
  }
}
