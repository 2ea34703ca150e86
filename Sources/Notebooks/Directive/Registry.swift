/// The directives and functions that notebooks can use.
package struct Registry: Sendable {
  /// In the order in which the reference lists them.
  package let directives: [any Directive.Type]
  /// Functions of numbers that expressions can call.
  package let functions: [NumberFunction]
  /// The types of values that the store keeps; a value of another type is computed again when a cell
  /// that reads it runs.
  let values: [any StorableValue.Type]

  package init(
    directives: [any Directive.Type], functions: [NumberFunction],
    values: [any StorableValue.Type] = []
  ) {
    self.directives = directives
    self.functions = functions
    self.values = values + [TableResult.self]
  }

  package var names: [String] { directives.map { $0.manual.name } }

  /// The directive of that name.
  package subscript(name: String) -> (any Directive.Type)? {
    directives.first { $0.manual.name == name }
  }
}

/// A function of one number, by the name that expressions use.
package struct NumberFunction: Sendable {
  package let name: String
  package let apply: @Sendable (Double) -> Double

  package init(_ name: String, _ apply: @escaping @Sendable (Double) -> Double) {
    self.name = name
    self.apply = apply
  }
}
