internal import ArgumentParser
internal import Rendering

struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Run notebooks and compare with their committed results.",
    discussion: """
      Reports every mistake, every claim or published number that does not hold, and every spot at \
      which committed results are not what the notebook gives today: cell by cell in tables, by x \
      and y in plots, number by number and word by word elsewhere. Writes nothing but the store.

      EXAMPLES
        harmonium check notebooks --against output
        harmonium check README.md                      its results stand in it, see `update`
        harmonium check notebooks --against output --only states
        harmonium check notebooks --against output --report junit=report.xml --report github
      """)

  @Argument(help: "Notebooks, or folders with notebooks (`.md`).")
  var inputs: [String]

  @ArgumentParser.Option(
    help: "The folder with the committed results; without it, the notebooks hold them themselves.")
  var against: String?

  @ArgumentParser.Option(
    help: ArgumentHelp(
      "How far stored numbers may be off: `abs=0.001`, `rel=1e-6` or both with a comma. Without "
        + "it every digit counts.", valueName: "abs=x,rel=y"),
    transform: { text in
      guard let tolerance = Tolerance(parsing: text) else {
        throw ValidationError(
          "`--tolerance` takes `abs=NUMBER`, `rel=NUMBER` or both, not `\(text)`")
      }
      return tolerance
    })
  var tolerance = Tolerance.exact

  @Flag(help: "Show the whole difference as a unified diff, too.")
  var diff = false

  @OptionGroup var cells: CellOptions
  @OptionGroup var options: RunOptions

  func validate() throws {
    if against == "" { throw ValidationError("`--against` takes a folder") }
  }

  func run() throws {
    let comparison = Batch.Comparison(tolerance: tolerance, showsDiff: diff)
    let result = options.result { batch in
      cells.choose(&batch)
      return batch.check(inputs, against: against, by: comparison)
    }
    let place = against.map { " against \($0)" } ?? ""
    try options.finish(result, summary: "checked \(Console.counted(result.notebooks))\(place)")
  }
}
