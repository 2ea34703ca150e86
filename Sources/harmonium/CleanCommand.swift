internal import ArgumentParser
internal import Rendering

struct CleanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "clean", abstract: "Take the results out of notebooks again; runs nothing.",
    discussion: """
      What `harmonium update` wrote is taken out, and nothing else: the notebook is as it was typed, \
      byte for byte.

      EXAMPLE
        harmonium clean README.md
      """)

  @Argument(help: "Notebooks, or folders with notebooks (`.md`).")
  var inputs: [String]

  @OptionGroup var reports: ReportOptions

  func run() throws {
    let result = Console.batch.clean(inputs)
    try reports.finish(
      result, summary: "cleaned \(Console.counted(result.notebooks)), \(result.written) changed")
  }
}
