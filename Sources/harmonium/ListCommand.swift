internal import ArgumentParser
internal import Rendering

struct ListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the cells of notebooks; runs nothing.",
    discussion: """
      One line for each directive and role: where it stands, its name, its directive, and the names \
      that it reads. `check --only NAME` and `update --only NAME` take these names.

      EXAMPLE
        harmonium list notebooks/01-energies-and-probabilities.md
      """)

  @Argument(help: "Notebooks, or folders with notebooks (`.md`).")
  var inputs: [String]

  @OptionGroup var reports: ReportOptions

  func run() throws {
    var result = Console.batch.list(inputs)
    if !reports.printsReport {
      result.others += StandardStream.print(result.cellLines.map { $0 + "\n" }.joined())
    }
    try reports.finish(result, summary: nil)
  }
}
