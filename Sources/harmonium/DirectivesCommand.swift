internal import ArgumentParser
internal import Directives
internal import Notebooks

struct DirectivesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "directives", abstract: "Print the reference: all directives, or one.")

  @Argument(help: "A directive's name; without it, everything.")
  var name: String?

  @Flag(help: "One line for each directive.")
  var list = false

  func run() throws {
    let registry = Registry.harmonium
    guard let name else {
      try Console.print(list ? Reference.list(registry) : Reference.whole(registry))
      return
    }
    guard let directive = registry[name] else {
      let hint = Suggestion.hint(for: name, among: registry.names, called: "directives")
      throw ValidationError(
        "there is no directive \(name.quoted)\(hint.map { "; \($0)" } ?? "")")
    }
    try Console.print(Reference.page(directive.manual))
  }
}
