package import Notebooks

/// `{use}`: definitions of another notebook.
package struct Use: Directive {
  static let from = Option<Text?>.text(
    "from", "a notebook in this one's folder", "Where the names are defined.")
  static let renamed = Option<[Text]>.words(
    "as", "names", "What they are called here, in the same order.", shown: "the same")
  static let show = Option<Bool>.flag(
    "show", "Whether what the defining cells show is shown here too.", default: true)

  package static let manual = Manual(
    "use", "Takes machines, data or results that another notebook defines.",
    argument: "NAME …", options: [from, renamed, show],
    details: """
      The cells that define the names, and those that these depend on, are run as they are in the \
      other notebook: with its seed, its parameters' defaults and its folder. So every notebook that \
      takes a definition gets the same. Nothing else of the other notebook is run. It must lie in the \
      folder of this one or below it, and may take from others in turn, but not in a circle.
      """,
    example: """
      ```{use} pair
      :from: machine.md
      ```

      Both units are on with probability {eval}`p(pair, a=1, b=1):.3f`.
      """)

  private let names: [Text]
  private let newNames: [Text]
  private let file: Text?
  private let inclusion: Inclusion?
  private let isShown: Bool

  package init(_ arguments: inout Arguments) {
    arguments.noBody()
    let names = arguments.call.argument.words
    if names.isEmpty {
      arguments.report(
        Diagnostic(
          "missing-argument", at: arguments.call.place,
          "`use` needs the names that it takes",
          hint: "write them after the braces: ```{use} NAME"))
    }
    let renamed = arguments.value(of: Self.renamed)
    if !renamed.isEmpty, renamed.count != names.count {
      arguments.report(
        Diagnostic(
          "bad-assignment", at: renamed[0].place,
          "there are \(renamed.count) new names for \(names.count) names"))
    }
    newNames = renamed.count == names.count ? renamed : names
    newNames.forEach { arguments.define($0) }
    self.names = names
    isShown = arguments.value(of: Self.show)
    file = arguments.required(Self.from)
    inclusion = if let file { arguments.include(names, from: file) } else { nil }
  }

  package func run(in context: Context) throws(Diagnostic) -> Outcome {
    guard let inclusion, let file else { return Outcome() }
    let taken = try context.taken(inclusion)
    var outcome = Outcome()
    for (index, definition) in taken.enumerated() {
      let (name, new) = (names[index].string, newNames[index].string)
      let title = name == new ? new.quoted : "\(new.quoted), there \(name.quoted),"
      outcome.outputs.append(
        .sentence(
          "\(title) is \(definition.value.kind) of [\(file.string)](\(file.string))."))
      if isShown { outcome.outputs += definition.outputs }
      outcome.values[new] = definition.value
      outcome.failures += definition.failures
    }
    return outcome
  }
}
