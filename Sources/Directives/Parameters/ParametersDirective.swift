package import Notebooks

/// `{parameters}`: the notebook's parameters with their values.
package struct ParametersDirective: Directive {
  package static let manual = Manual(
    "parameters", "The notebook's parameters with the values that they have.",
    details: """
      Parameters stand in the front matter, each with its default, and perhaps with bounds:

          harmonium:
            parameters:
              steps: 200
              rate: {default: 0.05, min: 0.001, max: 1, about: step of learning}
              algorithm: {default: cd, choices: [cd, pcd]}
              temperatures: [0.5, 1, 2]

      The type is that of the default: a whole number, a number, a list of numbers, `true` or `false`, \
      or text; `type: number` lets a parameter with the default 1 be 0.5. Bounds are those of the \
      numbers. `harmonium render` and `check` set others with `-p rate=0.1`. In formulas a parameter is \
      a name like any other; in a directive's argument, options and body `{{ formula }}` stands for the \
      formula's value: `:epochs: {{ steps }}`, `:rate: {{ rate / 2 }}`. There a formula knows parameters \
      only.
      """,
    frontMatter: """
      ---
      harmonium:
        parameters:
          steps: 200
          rate: {default: 0.05, min: 0.001, max: 1, about: step of learning}
      ---
      """,
    example: """
      ```{parameters}
      ```
      """)

  private let parameters: Parameters

  package init(_ arguments: inout Arguments) {
    arguments.noArgument()
    arguments.noBody()
    parameters = arguments.allParameters()
  }

  package func run(in context: Context) -> Outcome {
    let declared = parameters.declared
    guard !declared.isEmpty else { return Outcome([.sentence("This notebook has no parameters.")]) }
    var columns = [
      Table.Column("parameter", .text(declared.map(\.name.quoted)), isKey: true),
      Table.Column(
        "value", .text(declared.map { parameters.values[$0.name]?.literal ?? "" })),
    ]
    let others = [
      ("bounds", declared.map(\.bounds)), ("about", declared.map(\.about)),
    ]
    for (name, cells) in others where cells.contains(where: { !$0.isEmpty }) {
      columns.append(Table.Column(name, .text(cells)))
    }
    let changed = declared.filter { parameters.values[$0.name] != $0.fallback }
    if !changed.isEmpty {
      columns.append(
        Table.Column(
          "default",
          .text(declared.map { changed.contains($0) ? $0.fallback.literal : "" })))
    }
    return Outcome([.table(Table(columns))])
  }
}
