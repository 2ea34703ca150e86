internal import ArgumentParser

struct RenderCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "render", abstract: "Run notebooks and write them with their results.")

  @Argument(help: "Notebooks, or folders with notebooks (`.md`).")
  var inputs: [String]

  @ArgumentParser.Option(name: [.short, .long], help: "The folder that the results go to.")
  var output: String

  @OptionGroup var jobs: JobsOption
  @OptionGroup var store: StoreOption

  func run() throws {
    let result = jobs.run(store: store.opened) { $0.render(inputs, into: output) }
    let rendered = "\(result.notebooks) \(result.notebooks == 1 ? "notebook" : "notebooks")"
    try Console.finish(
      result, summary: "rendered \(rendered) into \(output), \(result.written) changed")
  }
}
