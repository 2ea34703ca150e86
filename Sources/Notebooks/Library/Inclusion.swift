/// Definitions that a cell takes from another notebook.
package struct Inclusion: Sendable {
  fileprivate let names: [Text]
  fileprivate let plan: Plan
  /// The way to the other notebook's folder: empty, or with `/` at its end.
  fileprivate let way: String

  /// What became of one of the names.
  package struct Taken: Sendable {
    package let value: any Value
    /// What its cell shows.
    package let outputs: [Output]
    /// What its cell asserts and does not hold.
    package let failures: [Diagnostic]
  }

  fileprivate static func way(to file: String) -> String {
    file.lastIndex(of: "/").map { String(file[...$0]) } ?? ""
  }
}

extension Arguments {
  /// Takes the definitions `names` from the notebook `file`; what is wrong is reported here and at
  /// its place in that notebook.
  package mutating func include(_ names: [Text], from file: Text) -> Inclusion? {
    let (library, origin) = (library, call.place.file)
    let book = attempt { () throws(Diagnostic) in try library.book(file, from: origin) }
    guard let book else { return nil }
    let (plan, way) = (book.plan, Inclusion.way(to: file.string))
    depend(on: [FileState(name: file.string, hash: book.hash)])
    depend(on: plan.libraryFiles.map { FileState(name: way + $0.name, hash: $0.hash) })
    let mistakes = plan.diagnostics.filter { $0.kind == .error }
    guard mistakes.isEmpty else {
      report(
        Diagnostic(
          "broken-library", at: file.place, "\(file.string.quoted) has mistakes of its own"))
      mistakes.forEach { report($0) }
      return nil
    }
    let defined = plan.definitions
    for name in names where !defined.contains(name.string) {
      report(
        Diagnostic(
          "unknown-name", at: name.place,
          "\(file.string.quoted) defines no \(name.string.quoted)",
          hint: Suggestion.hint(for: name.string, among: defined, called: "it defines")))
    }
    return Inclusion(names: names, plan: plan, way: way)
  }
}

extension Plan {
  /// All names that cells define, in order.
  fileprivate var definitions: [String] {
    steps.flatMap { step -> [String] in
      if case .directive(_, let step)? = step { step.definitions.map(\.string) } else { [] }
    }
  }
}

extension Context {
  /// Runs what `inclusion` needs of the other notebook, with that notebook's seed, parameters and
  /// folder, so that whoever takes a definition gets the same.
  package func taken(_ inclusion: Inclusion) throws(Diagnostic) -> [Inclusion.Taken] {
    let (run, settled) = notebook.libraries.settled(
      Set(inclusion.names.map(\.string)), of: inclusion.plan, for: notebook)
    for state in settled.flatMap(\.settled.files) {
      folder.note([FileState(name: inclusion.way + state.name, hash: state.hash)])
    }
    if var mistake = settled.flatMap(\.settled.diagnostics).first(where: { $0.kind == .error }) {
      mistake.detail.append("  taken from there at \(place)")
      throw mistake
    }
    var taken: [Inclusion.Taken] = []
    for name in inclusion.names {
      guard let (index, value) = try run.value(called: name.string) else { continue }
      let cell = run.settled(index)
      var outputs: [Output] = []
      if case .outputs(let shown, _, _) = cell.result { outputs = shown }
      taken.append(Inclusion.Taken(value: value, outputs: outputs, failures: cell.diagnostics))
    }
    return taken
  }
}
