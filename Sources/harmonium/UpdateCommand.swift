internal import ArgumentParser
internal import Rendering

struct UpdateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "update", abstract: "Run notebooks and write the results into them.",
    discussion: """
      Behind each directive, between two comments that readers of the page do not see, stands its \
      result; in place of each role stands its value. `harmonium clean` gives the notebook back as \
      it was typed, byte for byte. A result that somebody edited by hand is left alone and told of.

      EXAMPLES
        harmonium update README.md
        harmonium check README.md     red if README.md is not what `update` would write
        harmonium clean README.md
      """)

  @Argument(help: "Notebooks, or folders with notebooks (`.md`).")
  var inputs: [String]

  @Flag(help: "Write results again that were edited by hand.")
  var force = false

  @OptionGroup var cells: CellOptions
  @OptionGroup var options: RunOptions

  func run() throws {
    let result = options.result { batch in
      cells.choose(&batch)
      return batch.update(inputs, overwritesEdits: force)
    }
    try options.finish(
      result, summary: "updated \(Console.counted(result.notebooks)), \(result.written) changed")
  }
}
