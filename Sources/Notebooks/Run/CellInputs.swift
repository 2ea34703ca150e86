/// Everything that a cell's result depends on, each thing with a name: what its key is made of, and
/// what an explanation compares.
///
/// Where the cell stands, blanks, the order of its options and how it is shown are left out. The
/// versions of the format and of the directives are the program's own bytes: nobody has to remember
/// to raise a number.
struct CellInputs: Equatable, Sendable {
  struct Item: Equatable, Sendable {
    var kind: Kind
    /// Which option, parameter, cell or file; empty for the other kinds.
    var name: String
    var value: String
  }

  enum Kind: String, Sendable, Storable {
    case program, directive, seed, identity, argument, option, body, parameter, cell, file
  }

  private(set) var items: [Item]

  init(items: [Item]) { self.items = items }

  /// Without the files that the cell reads. `reads` are the names of the cells read and their keys.
  init(
    _ step: DirectiveStep, of plan: Plan, program: String,
    reads: [(name: String, key: StoreKey)]
  ) {
    let call = step.call
    let presentation = [CommonOptions.echo.name, CommonOptions.name.name]
    let options = call.options.filter { !presentation.contains($0.name.string) }
    // A repeated option keeps the order of its lines.
    let sorted = options.enumerated()
      .sorted { ($0.element.name.string, $0.offset) < ($1.element.name.string, $1.offset) }
      .map(\.element)
    items = [
      Item(kind: .program, name: "", value: program),
      Item(kind: .directive, name: "", value: call.name.string),
      Item(kind: .seed, name: "", value: "\(plan.notebook.frontMatter.seed)"),
      Item(kind: .identity, name: "", value: step.identity),
      Item(kind: .argument, name: "", value: call.argument.string),
    ]
    items += sorted.map { Item(kind: .option, name: $0.name.string, value: $0.value.string) }
    items.append(
      Item(kind: .body, name: "", value: call.body.map(\.string).joined(separator: "\n")))
    items += plan.parameterItems(of: step)
    items += reads.map { Item(kind: .cell, name: $0.name, value: $0.key.hex) }
  }

  /// The key of the cell as far as it is known before its files are.
  var key: StoreKey {
    StoreKey(of: items.flatMap { [$0.kind.rawValue, $0.name, $0.value] })
  }

  func adding(_ files: [FileState]) -> CellInputs {
    CellInputs(
      items: items + files.map { Item(kind: .file, name: $0.name, value: $0.hash) })
  }
}

extension Plan {
  /// The parameters that a cell depends on: in its text, as names in formulas, or as declared.
  fileprivate func parameterItems(of step: DirectiveStep) -> [CellInputs.Item] {
    let names = step.parameters.union(step.reads.map(\.string)).union(step.declarations)
    return parameters.declared.filter { names.contains($0.name) }.map { parameter in
      let value = parameters.values[parameter.name]?.typed ?? ""
      let isWhole = step.declarations.contains(parameter.name)
      return CellInputs.Item(
        kind: .parameter, name: parameter.name,
        value: isWhole ? "\(value), \(parameter.declaration)" : value)
    }
  }
}

extension CellInputs: Storable {
  func write(to writer: inout StoreWriter) { writer.write(items) }

  init(from reader: inout StoreReader) throws(StoreFormatError) {
    self.init(items: try reader.read())
  }
}

extension CellInputs.Item: Storable {
  func write(to writer: inout StoreWriter) {
    writer.write(kind)
    writer.write(name)
    writer.write(value)
  }

  init(from reader: inout StoreReader) throws(StoreFormatError) {
    self.init(kind: try reader.read(), name: try reader.read(), value: try reader.read())
  }
}
