internal import ArgumentParser
internal import Directives
internal import Notebooks

struct DirectivesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "directives", abstract: "List the directives, or print the manual of one.")

  @Argument(help: "A directive's name.")
  var name: String?

  func run() throws {
    let registry = Registry.harmonium
    guard let name else {
      print(Reference.list(registry))
      return
    }
    guard let directive = registry[name] else {
      let hint = Suggestion.hint(for: name, among: registry.names, called: "directives")
      throw ValidationError(
        "there is no directive \(name.quoted)\(hint.map { "; \($0)" } ?? "")")
    }
    print(Reference.page(directive.manual))
  }
}
