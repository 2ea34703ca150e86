/// The directives' manuals as text.
package enum Reference {
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
    let argument = manual.argument.isEmpty ? "" : " \(manual.argument)"
    parts.append("    ```{\(manual.name)}\(argument)")
    if !manual.body.isEmpty { parts.append("Body: \(manual.body).") }
    if !manual.details.isEmpty { parts.append(manual.details) }
    let options = (manual.options + CommonOptions.all).map { option in
      let standard = option.standard.isEmpty ? "" : " Default: \(option.standard)."
      return "- `:\(option.name):` \(option.form). \(option.summary)\(standard)"
    }
    parts.append("## Options\n\n" + options.joined(separator: "\n"))
    parts.append("## Example\n\n" + manual.example)
    return parts.joined(separator: "\n\n")
  }
}
