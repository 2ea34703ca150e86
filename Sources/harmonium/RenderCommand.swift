internal import ArgumentParser
internal import Foundation
internal import Rendering

struct RenderCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "render", abstract: "Run notebooks and write them with their results.",
    discussion: """
      Each notebook becomes a file of the same name in the output folder; folders keep their shape. \
      A notebook with a mistake leaves its old output as it was. In folders, hidden files and symbolic \
      links are left out; those that are named are taken.

      EXAMPLES
        harmonium render notebooks -o output
        harmonium render notebooks/01.md -o /tmp/page --watch
      """)

  @Argument(help: "Notebooks, or folders with notebooks (`.md`).")
  var inputs: [String]

  @ArgumentParser.Option(name: [.short, .long], help: "The folder that the results go to.")
  var output: String

  @Flag(help: "Render all again whenever a notebook is saved, until Ctrl-C.")
  var watch = false

  @OptionGroup var options: RunOptions

  func validate() throws {
    if output.isEmpty { throw ValidationError("`--output` takes a folder") }
  }

  func run() throws {
    if watch { try keepRendering() }
    let result = options.result { $0.render(inputs, into: output) }
    try options.finish(result, summary: summary(of: result))
  }

  /// Never returns but with an error, if names are wrong from the beginning: Ctrl-C ends the process,
  /// and no file is ever half written. Files that are away for a moment are being saved.
  private func keepRendering() throws {
    let (_, found) = NotebookSearch.files(inputs, into: output)
    if !found.isEmpty { try options.finish(Batch.Result(others: found), summary: nil) }
    var watch = Watch(inputs, into: output)
    while true {
      if watch.hasChanged() {
        let result = options.result { $0.render(inputs, into: output) }
        Console.clear()
        options.reports.say(result, summary: summary(of: result))
      }
      Thread.sleep(forTimeInterval: 0.25)
    }
  }

  private func summary(of result: Batch.Result) -> String {
    "rendered \(Console.counted(result.notebooks)) into \(output), \(result.written) changed"
  }
}
