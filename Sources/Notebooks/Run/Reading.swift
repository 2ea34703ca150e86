/// A directive's call as its type read it.
struct Reading {
  /// The call as it stands in the notebook.
  var typed: Call
  var directive: any Directive
  /// The parameters that the call's text reads.
  var parameters: Set<String>
  var arguments: Arguments
  var manual: Manual
  var showsSource: Bool?
  var save: Text?

  /// All names that are read, or would be if a cell above defined them.
  var mentioned: Set<String> {
    Set((arguments.reads + arguments.possibleReads).map(\.string))
  }
}

extension Reading {
  init(
    _ typed: Call, by type: any Directive.Type, _ parameters: Parameters, _ library: Library
  ) {
    let (call, names, mistakes) = typed.substituting(parameters, library.registry.functions)
    var arguments = Arguments(call, parameters: parameters, library: library)
    self.typed = typed
    self.parameters = names
    directive = type.init(&arguments)
    manual = type.manual
    if let name = arguments.value(of: CommonOptions.name) {
      if let first = arguments.definitions.first {
        arguments.report(
          Diagnostic(
            "duplicate-name", at: name.place,
            "this cell already has the name \(first.string.quoted)",
            hint: "leave `:name:` out"))
      } else {
        arguments.define(name)
      }
    }
    showsSource = arguments.value(of: CommonOptions.echo)
    if manual.options.contains(where: { $0.name == CommonOptions.save.name }) {
      save = arguments.value(of: CommonOptions.save)
    }
    arguments.blame(mistakes)
    self.arguments = arguments
  }
}
