import Directives
import Notebooks
import Rendering

/// A notebook that was run and rendered, for asking what it shows.
struct Page {
  let report: Report

  init(_ text: String, file: String = "n.md", settings: [ParameterSetting] = []) {
    let registry = Registry.harmonium
    let notebook = Notebook(Array(text.utf8), file: file, directives: registry.names)
    report = Run(threads: 2).report(on: Plan(notebook, registry: registry, settings: settings))
  }

  var diagnostics: [Diagnostic] { report.diagnostics }

  /// `line:column id` of each diagnostic.
  var marks: [String] { diagnostics.map { "\($0.place.line):\($0.place.column) \($0.id)" } }

  /// The document; nil if the report has errors.
  var text: String? {
    report.isComplete
      ? String(decoding: MarkdownRenderer().render(report).bytes, as: UTF8.self) : nil
  }

  /// What stands in place of the roles.
  var inline: [String] {
    report.results.compactMap { result in
      if case .inline(let text, _) = result { text } else { nil }
    }
  }

  /// All outputs of all cells.
  var outputs: [Output] {
    report.results.flatMap { result -> [Output] in
      if case .outputs(let outputs, _, _) = result { outputs } else { [] }
    }
  }

  var tables: [Table] {
    outputs.compactMap { if case .table(let table) = $0 { table } else { nil } }
  }

  var sentences: [String] {
    outputs.compactMap { if case .sentence(let text) = $0 { text } else { nil } }
  }

  /// The four units of the articles, called `slide35`.
  static let slide35 = """
    ```{machine} slide35
    :visible: v1 v2
    :hidden: h1 h2

    v1 -- h1: 2
    v2 -- h2: 1
    h1 -- h2: -1
    ```


    """

  /// The values of formulas, written in a format such as `.10f`, below `cells`.
  static func values(_ formulas: [String], _ format: String, after cells: String = slide35)
    -> [String]
  {
    Page(cells + formulas.map { "{eval}`\($0):\(format)`" }.joined(separator: "\n\n")).inline
  }
}

extension Table {
  /// A row as it is printed.
  func row(_ number: Int) -> [String] {
    columns.indices.map { text(row: number, column: $0) }
  }
}
