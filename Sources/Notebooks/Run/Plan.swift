/// The steps of a notebook in document order, and every mistake that reading it can find.
package struct Plan: Sendable {
  package let notebook: Notebook
  package let diagnostics: [Diagnostic]
  /// The files that cells save, and those that cells read and other notebooks may save.
  package let saves: [Text]
  package let loads: [Text]
  /// The notebooks that it takes definitions from, directly or not, as they were read.
  let libraryFiles: [FileState]
  /// One per cell; nil for prose and for cells that could not be read.
  private(set) var steps: [Step?]
  private(set) var parameters: Parameters
  let library: Library

  var registry: Registry { library.registry }

  /// Reads the cells, with `settings` in place of the defaults of some parameters.
  package init(
    _ notebook: Notebook, registry: Registry, settings: [ParameterSetting] = []
  ) {
    self.init(
      notebook, library: Library(for: notebook.file, registry: registry), settings: settings)
  }

  init(_ notebook: Notebook, library: Library, settings: [ParameterSetting]) {
    self.notebook = notebook
    self.library = library.detached
    var diagnostics = notebook.diagnostics
    parameters = Parameters(
      notebook.frontMatter.parameters, settings, in: notebook.file, diagnostics: &diagnostics)
    var planner = Planner(notebook: notebook, library: library, parameters: parameters)
    steps = planner.steps()
    (saves, loads) = (planner.saves, planner.loads)
    libraryFiles = planner.libraryFiles
    self.diagnostics = (diagnostics + planner.diagnostics).sortedForReport
  }
}

extension Plan {
  /// For each cell, what it reads and the cell above that defines it.
  var definers: [[String: Int]] {
    var defined: [String: Int] = [:]
    return steps.enumerated().map { index, step in
      let names = step?.reads.map(\.string) ?? []
      let definers = names.compactMap { name in defined[name].map { (name, $0) } }
      if case .directive(_, let step)? = step {
        for name in step.definitions { defined[name.string] = index }
      }
      return Dictionary(definers) { first, _ in first }
    }
  }

  /// The parameters among `names` with their values.
  func parameters(among names: [Text]) -> [String: Quantity] {
    var found: [String: Quantity] = [:]
    for name in names { found[name.string] = parameters.values[name.string] }
    return found
  }

  /// The same with other values of parameters and these steps in place of some.
  func replacing(_ changed: [String: Quantity], _ new: [Int: Step]) -> Plan {
    var result = self
    result.parameters = parameters.setting(changed)
    for (index, step) in new { result.steps[index] = step }
    return result
  }
}
