/// The directives' manuals as text. A page is a notebook itself: its example runs when it is rendered.
package enum Reference {
  /// The list and all pages, one after the other.
  package static func whole(_ registry: Registry) -> String {
    ([list(registry)] + registry.directives.map { page($0.manual) }).joined(separator: "\n\n")
  }

  /// A page that names all others.
  package static func index(_ registry: Registry) -> String {
    let lines = registry.directives.map { directive in
      let manual = directive.manual
      return "- [\(manual.name)](\(manual.name).md): \(manual.summary)"
    }
    let functions = registry.functions.names.map(\.quoted).joined(separator: ", ")
    return """
      # Reference

      What a notebook can contain: directives, in the order of the questions they answer, and formulas.

      ## Directives

      \(lines.joined(separator: "\n"))

      ## Formulas

      `{eval}` before a formula in backticks prints its value; `{claim}` before `NUMBER = FORMULA` keeps \
      the number that was typed, and fails `check` if the formula, rounded to as many digits, gives \
      another. A format goes after a colon, `{eval}` with `ln(2):.3f` for one, as in Python. The same \
      formulas stand in `let`, `tabulate`, `plot`, `check` and `sweep`, and after `:until:` in `train`.

      - Values are numbers, lists of numbers, truth values, lists of them, and text. `[1, 2, 4]` is a \
      list; `+ - * / ^`, comparisons (`<`, `<=`, `>`, `>=`, `=`, `!=`), `and`, `or` and `not` go \
      through lists entry by entry.
      - Functions: \(functions). `range(0, 1, 0.25)` gives equal steps; `count`, `all` and `any` take \
      truth values, as in `count(draws > 0)`.
      - Results: a figure is `run.energy`, a column `study.norm` (or `study.norm[all]`, where a figure \
      has that name too), its entries `study.norm[1]` and `study.norm[last]`. A row of a data set is \
      `digits[3]`. Names of `let` and parameters stand for themselves.
      - Questions to machines: `E(pair, a=1, b=0)` the energy of a state, `p(pair, a=1 | b=0, T=2)` a \
      probability, `Z(pair | b=0)` and `lnZ(pair)` the sum over states, `F(pair, a=1)` the free energy \
      -T ln of the sum over the states with a=1, `U(pair | T=2)` the mean energy, `entropy(pair)` in \
      nats. What is held goes after `|`, in tables after `\\|`; `T` is the temperature, and states may \
      be a list: `F(machine, digits[3])`, with the hidden units summed out.
      """
  }

  /// One line per directive.
  package static func list(_ registry: Registry) -> String {
    let names = registry.names
    let width = (names.map(\.count).max() ?? 0) + 2
    return registry.directives.map { directive in
      let name = directive.manual.name
      return name + String(repeating: " ", count: width - name.count) + directive.manual.summary
    }.joined(separator: "\n")
  }

  /// The page of one directive as Markdown.
  package static func page(_ manual: Manual) -> String {
    var parts = ["# \(manual.name)", manual.summary]
    if !manual.frontMatter.isEmpty { parts.insert(manual.frontMatter, at: 0) }
    parts.append(form(manual))
    if !manual.body.isEmpty { parts.append("`BODY`: \(manual.body).") }
    if !manual.details.isEmpty { parts.append(manual.details) }
    let options = (manual.options + CommonOptions.all).map { option in
      let standard = option.standard.isEmpty ? "" : " Default: \(option.standard)."
      return "- `:\(option.name):` \(option.form). \(option.summary)\(standard)"
    }
    parts.append("## Options\n\n" + options.joined(separator: "\n"))
    parts.append("## Example\n\n" + manual.example)
    return parts.joined(separator: "\n\n")
  }

  /// What a call looks like, in a fence that is longer than its own and so no call itself.
  private static func form(_ manual: Manual) -> String {
    let argument = manual.argument.isEmpty ? "" : " \(manual.argument)"
    let body = manual.body.isEmpty ? "" : "\nBODY\n"
    return """
      ````text
      ```{\(manual.name)}\(argument)
      :OPTION: VALUE
      \(body)```
      ````
      """
  }
}
