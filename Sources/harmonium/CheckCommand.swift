internal import ArgumentParser

struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Run notebooks and compare with their committed results.",
    discussion: """
      Reports every mistake, every claim or published number that does not hold, and for each stale \
      output a unified diff: `-` is what is stored, `+` what the notebook gives today. Writes nothing but \
      the store.
      """)

  @Argument(help: "Notebooks, or folders with notebooks (`.md`).")
  var inputs: [String]

  @ArgumentParser.Option(help: "The folder with the committed results.")
  var against: String

  @OptionGroup var jobs: JobsOption
  @OptionGroup var store: StoreOption

  func run() throws {
    let result = jobs.run(store: store.opened) { $0.check(inputs, against: against) }
    let checked = "\(result.notebooks) \(result.notebooks == 1 ? "notebook" : "notebooks")"
    try Console.finish(result, summary: "checked \(checked) against \(against)")
  }
}
