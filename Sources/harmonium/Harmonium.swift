internal import ArgumentParser

/// The command `harmonium`: one file per subcommand, no logic here.
@main
struct Harmonium: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "harmonium",
    abstract: "Renders Markdown notebooks about Boltzmann machines and checks what they say.",
    discussion: """
      EXAMPLES
        harmonium render notebooks -o output        write every notebook with its results
        harmonium check notebooks --against output  red if output, claims or numbers are wrong
        harmonium directives                        what a notebook can contain
        harmonium directives energy-table           the manual of one directive

      EXIT CODES
        0 clean, 1 a claim or published number fails, 2 a notebook is wrong or cannot be read or
        written, 3 only stale output, 64 wrong usage.
      """,
    subcommands: [RenderCommand.self, CheckCommand.self, DirectivesCommand.self])
}
