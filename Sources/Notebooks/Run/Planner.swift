/// Reads the cells of a notebook from top to bottom.
struct Planner {
  let notebook: Notebook
  var diagnostics: [Diagnostic] = []
  /// Names defined so far and where.
  private var defined: [String: Place] = [:]
  private var identities: [String: Place] = [:]
  private(set) var saves: [Text] = []
  private(set) var loads: [Text] = []
  private(set) var libraryFiles: [FileState] = []
  /// One per cell; nil for everything but directives.
  private let readings: [Reading?]
  /// All names that any cell of the notebook defines, for hints about order.
  private let everywhere: [String: Place]

  init(notebook: Notebook, library: Library, parameters: Parameters) {
    self.notebook = notebook
    readings = notebook.cells.map { cell in
      guard case .call(let call) = cell else { return nil }
      return library.registry[call.name.string].map {
        Reading(call, by: $0, parameters, library)
      }
    }
    for parameter in parameters.declared { defined[parameter.name] = parameter.place }
    var all: [String: Place] = [:]
    for name in readings.flatMap({ $0?.arguments.definitions ?? [] }) where all[name.string] == nil
    {
      all[name.string] = name.place
    }
    everywhere = all
  }

  mutating func steps() -> [Step?] {
    zip(notebook.cells, readings).map { cell, reading in
      if let reading { return step(reading) }
      if case .role(let role) = cell { return step(role) }
      return nil
    }
  }

  private mutating func step(_ role: RoleCall) -> Step? {
    do {
      let step = try RoleStep(role)
      step.expression.reads.forEach { checkDefined($0) }
      return .role(step)
    } catch {
      diagnostics.append(error)
      return nil
    }
  }

  private mutating func step(_ reading: Reading) -> Step? {
    let arguments = reading.arguments
    checkOptions(arguments.call, of: reading.manual)
    arguments.reads.forEach { checkDefined($0) }
    let reads = arguments.reads + arguments.possibleReads.filter { defined[$0.string] != nil }
    let identity = self.identity(of: arguments)
    arguments.definitions.forEach { define($0) }
    libraryFiles += arguments.libraryFiles.filter { !libraryFiles.contains($0) }
    checkFiles(reading)
    diagnostics += arguments.diagnostics
    guard arguments.diagnostics.isEmpty, !loadsOwnFile(reading) else { return nil }
    let step = DirectiveStep(
      call: reading.typed, definitions: arguments.definitions, identity: identity, reads: reads,
      mentioned: reading.mentioned, parameters: reading.parameters,
      declarations: arguments.declarations, libraryFiles: arguments.libraryFiles,
      showsSource: reading.showsSource ?? notebook.frontMatter.echo, save: reading.save)
    return .directive(reading.directive, step)
  }

  private mutating func checkOptions(_ call: Call, of manual: Manual) {
    let known = manual.options + CommonOptions.all
    var seen: Set<String> = []
    for option in call.options {
      let name = option.name.string
      guard let declared = known.first(where: { $0.name == name }) else {
        diagnostics.append(
          Diagnostic(
            "unknown-option", at: option.name.place,
            "\(manual.name.quoted) has no option \(name.quoted)",
            hint: Suggestion.hint(for: name, among: known.map(\.name), called: "options")))
        continue
      }
      if !seen.insert(name).inserted, !declared.isRepeatable {
        diagnostics.append(
          Diagnostic(
            "repeated-option", at: option.name.place, "the option \(name.quoted) stands twice"))
      }
    }
  }

  /// A file is saved by one cell and read by other notebooks only: what a cell reads must not
  /// depend on whether its notebook has run before.
  private mutating func checkFiles(_ reading: Reading) {
    loads += reading.arguments.loads
    if let file = reading.save {
      if let first = saves.first(where: { $0.string == file.string }) {
        diagnostics.append(
          Diagnostic(
            "same-file", at: file.place,
            "\(file.string.quoted) is already saved by the cell on line \(first.place.line)"))
      }
      saves.append(file)
    }
    for file in reading.arguments.loads + (reading.save.map { [$0] } ?? []) {
      guard let saved = saves.first(where: { $0.string == file.string }),
        let loaded = loads.first(where: { $0.string == file.string })
      else { continue }
      diagnostics.append(
        Diagnostic(
          "same-file", at: loaded.place,
          "\(file.string.quoted) is saved by this notebook itself, on line \(saved.place.line)",
          hint: "use the name of the cell that saves it"))
    }
  }

  /// Whether a cell of this notebook saves what this one loads; it is not run then.
  private func loadsOwnFile(_ reading: Reading) -> Bool {
    reading.arguments.loads.contains { file in
      readings.contains { $0?.save?.string == file.string }
    }
  }

  private mutating func define(_ name: Text) {
    if let first = defined[name.string] {
      diagnostics.append(
        Diagnostic(
          "duplicate-name", at: name.place,
          "\(name.string.quoted) is already defined on line \(first.line)",
          hint: "every name stands for one thing"))
    } else {
      defined[name.string] = name.place
    }
  }

  private mutating func checkDefined(_ name: Text) {
    guard defined[name.string] == nil, !notebook.lostNames.contains(name.string) else { return }
    if let later = everywhere[name.string], name.place < later {
      diagnostics.append(
        Diagnostic(
          "use-before-definition", at: name.place,
          "\(name.string.quoted) is used before it is defined on line \(later.line)",
          hint: "cells run from top to bottom: move the definition up"))
    } else {
      diagnostics.append(
        Diagnostic(
          "unknown-name", at: name.place, "nothing above is called \(name.string.quoted)",
          hint: Suggestion.hint(
            for: name.string, among: defined.keys.sorted(), called: "defined above")))
    }
  }

  /// The cell's name, or directive and argument. Cells that draw random numbers must differ in it:
  /// counting them would shift the numbers of one cell when another is put in above it.
  private mutating func identity(of arguments: Arguments) -> String {
    let call = arguments.call
    if let definition = arguments.definitions.first { return definition.string }
    let identity = "\(call.name.string) \(call.argument.string)"
    guard arguments.isRandom else { return identity }
    if let first = identities.updateValue(call.place, forKey: identity) {
      diagnostics.append(
        Diagnostic(
          "missing-name", at: call.place,
          "this cell would draw the same random numbers as the one on line \(first.line)",
          hint: "give it a name of its own: `:name: …`"))
    }
    return identity
  }
}
