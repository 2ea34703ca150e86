/// What a notebook can ask for. One type per directive, all of them in one registry.
///
/// A directive is read in full before anything runs (`init`), then run. It holds what it needs of
/// its call; it cannot see the call again, the renderer or the output folder.
package protocol Directive: Sendable {
  /// Name, summary, options and a complete example: `harmonium directives NAME` prints it.
  static var manual: Manual { get }

  /// Reads the call. Mistakes are reported to `arguments`, all of them, and never thrown.
  init(_ arguments: inout Arguments)

  /// Computes the results. Throws if the cell cannot have any.
  func run(in context: Context) throws(Diagnostic) -> Outcome
}

/// A directive's page in the reference; the option table is made from the options themselves.
package struct Manual: Sendable {
  package let name: String
  /// One sentence.
  package let summary: String
  /// What the argument is: `NAME`, `MACHINE`; empty if there is none.
  package let argument: String
  /// What the body holds; empty if there is none.
  package let body: String
  package let options: [any AnyOption]
  /// Paragraphs of Markdown: formulas, conventions, sources.
  package let details: String
  /// The front matter that the example needs; empty if none.
  package let frontMatter: String
  /// Directives, complete enough to render, that show it at work.
  package let example: String

  package init(
    _ name: String, _ summary: String, argument: String = "", body: String = "",
    options: [any AnyOption] = [], details: String = "", frontMatter: String = "",
    example: String
  ) {
    self.name = name
    self.summary = summary
    self.argument = argument
    self.body = body
    self.options = options
    self.details = details
    self.frontMatter = frontMatter
    self.example = example
  }
}

/// Options that every directive has.
package enum CommonOptions {
  package static let name = Option<Text?>.text(
    "name", "a name", "Names the result: for reference, and for its own random numbers.")
  package static let echo = Option<Bool?>(
    "echo", "true or false", "Whether this cell's source is shown above its result.", default: nil,
    shown: "the notebook's `echo`"
  ) { (lines) throws(Diagnostic) in
    try Option<Bool>.flag("echo", "").parse(lines)
  }

  package static let all: [any AnyOption] = [name, echo]

  /// For directives that give models; whoever lists it among its options need do nothing else.
  package static let save = Option<Text?>(
    "save", "a file",
    "Saves the model in this file below the notebook's folder; its name ends in "
      + "`\(Folder.savedSuffix)`.",
    default: nil, shown: "not saved"
  ) { (lines) throws(Diagnostic) in try Folder.savedName(lines[0]) }
}
