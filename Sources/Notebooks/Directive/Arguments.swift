/// What a call gives to its directive; it remembers what was asked for and what was wrong.
package struct Arguments {
  package let call: Call
  /// Mistakes found so far.
  package private(set) var diagnostics: [Diagnostic] = []
  /// The names of earlier cells that the directive reads.
  package private(set) var reads: [Text] = []
  /// Files that other notebooks may save.
  package private(set) var loads: [Text] = []
  /// Names that the directive reads where they are those of earlier cells.
  private(set) var possibleReads: [Text] = []
  /// The names that the cell gives to its results.
  private(set) var definitions: [Text] = []
  /// Whether the cell draws random numbers, so that it must have an identity of its own.
  package private(set) var isRandom = false

  /// The parameters of which the directive sees more than the values.
  private(set) var declarations: Set<String> = []
  /// The notebooks that definitions are taken from, as they were read.
  private(set) var libraryFiles: [FileState] = []

  private let parameters: Parameters
  let library: Library

  init(_ call: Call, parameters: Parameters, library: Library) {
    (self.call, self.parameters, self.library) = (call, parameters, library)
  }

  /// Takes note of a mistake and goes on, so that all mistakes are reported together.
  package mutating func report(_ diagnostic: Diagnostic) { diagnostics.append(diagnostic) }

  /// Reports mistakes of text that came before the directive, in place of what these made the
  /// directive say of the same lines.
  mutating func blame(_ earlier: [Diagnostic]) {
    let lines = Set(earlier.map(\.place.line))
    diagnostics = earlier + diagnostics.filter { !lines.contains($0.place.line) }
  }

  /// Runs `body`, taking note of the mistake that it throws.
  package mutating func attempt<T>(_ body: () throws(Diagnostic) -> T) -> T? {
    do { return try body() } catch {
      report(error)
      return nil
    }
  }

  /// The value of an option; its default if it is not given or wrong.
  package mutating func value<Value>(of option: Option<Value>) -> Value {
    let lines = call.options.filter { $0.name.string == option.name }.map(\.value)
    guard !lines.isEmpty else { return option.fallback }
    do { return try option.parse(lines) } catch {
      report(error)
      return option.fallback
    }
  }

  /// The value of an option that has to be given.
  package mutating func required<Value>(_ option: Option<Value?>) -> Value? {
    if !call.options.contains(where: { $0.name.string == option.name }) {
      report(
        Diagnostic(
          "missing-option", at: call.place,
          "\(call.name.string.quoted) needs the option \(":\(option.name):".quoted)",
          hint: "put `:\(option.name): …` right below the fence; it takes \(option.form)"))
      return nil
    }
    return value(of: option)
  }

  /// Whether the option stands in the call.
  package func gives(_ option: some AnyOption) -> Bool {
    call.options.contains { $0.name.string == option.name }
  }

  /// The argument as the name of something defined above.
  package mutating func reference(_ what: String) -> Text {
    guard !call.argument.isEmpty else {
      report(
        Diagnostic(
          "missing-argument", at: call.place,
          "\(call.name.string.quoted) needs the name of \(what)",
          hint: "write it after the braces: ```{\(call.name.string)} NAME"))
      return call.argument
    }
    reads.append(call.argument)
    return call.argument
  }

  /// The argument's words, each the name of something defined above; at least one.
  package mutating func someReferences(_ what: String) -> [Text] {
    if call.argument.isEmpty { return [reference(what)] }
    return references(call.argument.words)
  }

  /// Words of an option, each the name of something defined above.
  package mutating func references(_ names: [Text]) -> [Text] {
    reads += names
    return names
  }

  /// Says that the cell reads a file that another notebook may save: that one then runs first.
  package mutating func load(_ file: Text) { loads.append(file) }
  /// Names in a formula, each that of an earlier cell or of something that only the run will know,
  /// such as a table's column.
  package mutating func possibleReferences(_ names: [Text]) { possibleReads += names }

  /// All parameters of the notebook with their values.
  package mutating func allParameters() -> Parameters {
    declarations.formUnion(parameters.declared.map(\.name))
    return parameters
  }

  /// The parameter of that name; throws with what was probably meant.
  package mutating func parameter(_ name: Text) throws(Diagnostic) -> Parameter {
    let found = try parameters.parameter(name)
    declarations.insert(found.name)
    return found
  }

  /// Says that the directive depends on these files, which were read before it runs.
  mutating func depend(on files: [FileState]) { libraryFiles += files }

  /// The argument as the name that this cell defines.
  package mutating func definedName() -> String {
    guard !call.argument.isEmpty else {
      report(
        Diagnostic(
          "missing-argument", at: call.place, "\(call.name.string.quoted) needs a name",
          hint: "write it after the braces: ```{\(call.name.string)} NAME"))
      return ""
    }
    define(call.argument)
    return call.argument.string
  }

  /// Says that no argument is expected.
  package mutating func noArgument() {
    guard !call.argument.isEmpty else { return }
    report(
      Diagnostic(
        "unexpected-argument", at: call.argument.place,
        "\(call.name.string.quoted) takes no argument, but has \(call.argument.string.quoted)"))
  }

  /// The body's lines; a missing body is a mistake.
  package mutating func body(_ what: String) -> [Text] {
    if call.body.isEmpty {
      report(
        Diagnostic(
          "missing-body", at: call.place, "\(call.name.string.quoted) needs a body: \(what)"))
    }
    return call.body
  }

  /// Says that no body is expected.
  package mutating func noBody() {
    guard let first = call.body.first else { return }
    report(
      Diagnostic(
        "unexpected-body", at: first.trimmed.place, "\(call.name.string.quoted) takes no body",
        hint: "options are lines `:name: value` right below the fence, before any empty line"))
  }

  /// Says that the cell draws random numbers.
  package mutating func drawsRandomNumbers() { isRandom = true }

  /// Gives the name to a result.
  package mutating func define(_ name: Text) {
    guard name.string.isName else {
      report(
        Diagnostic(
          "bad-name", at: name.place, "\(name.string.quoted) cannot be a name",
          hint: "a name begins with a letter and goes on with letters, digits, `-` and `_`"))
      return
    }
    definitions.append(name)
  }
}
