internal import ArgumentParser
internal import Rendering

struct CleanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "clean", abstract: "Take the results out of notebooks again; runs nothing.",
    discussion: """
      What `harmonium update` wrote is taken out, and nothing else: the notebook is as it was typed, \
      byte for byte. A result that somebody edited by hand is left alone and told of.

      EXAMPLE
        harmonium clean README.md
      """)

  @Argument(help: "Notebooks, or folders with notebooks (`.md`).")
  var inputs: [String]

  @Flag(help: "Take out results that were edited by hand, too.")
  var force = false

  @OptionGroup var reports: ReportOptions

  func run() throws {
    let result = Console.batch.clean(inputs, takesEdits: force)
    try reports.finish(
      result, summary: "cleaned \(Console.counted(result.notebooks)), \(result.written) changed")
  }
}
