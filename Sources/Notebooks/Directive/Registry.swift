/// The directives and functions that notebooks can use.
package struct Registry: Sendable {
  /// In the order in which the reference lists them.
  package let directives: [any Directive.Type]
  /// What formulas can call.
  package let functions: Functions
  /// The types of values that the store keeps; a value of another type is computed again when a cell
  /// that reads it runs.
  let values: [any StorableValue.Type]

  package init(
    directives: [any Directive.Type], functions: Functions,
    values: [any StorableValue.Type] = []
  ) {
    self.directives = directives
    self.functions = functions
    self.values = values + [TableResult.self, QuantityValue.self]
  }

  package var names: [String] { directives.map { $0.manual.name } }

  /// The directive of that name.
  package subscript(name: String) -> (any Directive.Type)? {
    directives.first { $0.manual.name == name }
  }
}
