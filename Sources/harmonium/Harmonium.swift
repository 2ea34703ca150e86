internal import ArgumentParser
internal import Rendering

/// The command `harmonium`: one file per subcommand, no logic here.
@main
struct Harmonium: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "harmonium",
    abstract: "Renders Markdown notebooks about Boltzmann machines and checks what they say.",
    discussion: """
      EXAMPLES
        harmonium new slides.md                     a notebook to start from
        harmonium render notebooks -o output        write every notebook with its results
        harmonium render slides.md -o out --watch   again at every save
        harmonium check notebooks --against output  red if output, claims or numbers are wrong
        harmonium update README.md                  write results into the file itself
        harmonium check README.md                   red if they are not what `update` would write
        harmonium list slides.md                    the cells of a notebook
        harmonium explain slides.md states          why a cell would run again
        harmonium directives energy-table           the manual of one directive

      EXIT CODES
        0 clean, 1 a claim or published number fails or a result was edited by hand, 2 a notebook \
        is wrong or cannot be read or written, 3 only stale output, 64 wrong usage.
      """,
    subcommands: [
      RenderCommand.self, CheckCommand.self, UpdateCommand.self, CleanCommand.self,
      ListCommand.self, ExplainCommand.self, NewCommand.self, DirectivesCommand.self,
    ])

  static func main() {
    StandardStream.occupy()
    main(nil)
  }
}
