internal import ArgumentParser
internal import Rendering

struct NewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "new", abstract: "Write a small notebook to start from; never over a file.",
    discussion: """
      EXAMPLE
        harmonium new slides.md
        harmonium render slides.md -o out
      """)

  @Argument(help: "The notebook's file, which must not be there yet.")
  var file: String

  func run() throws {
    let result = Batch.Result(files: [], others: NewNotebook.write(to: file))
    try Console.finish(result, summary: result.others.isEmpty ? "wrote \(file)" : "wrote nothing")
  }
}
