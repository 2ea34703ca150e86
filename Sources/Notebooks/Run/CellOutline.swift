/// What a cell is, without running it: for lists and reports.
package struct CellOutline: Hashable, Sendable {
  /// Its name, or directive and argument; a role's is the role itself.
  package var name: String
  /// What messages call it: `{energy-table} slide35`.
  package var label: String
  /// `energy-table`, `eval`, `claim`.
  package var kind: String
  package var place: Place
  /// The last line of the cell.
  package var lastLine: Int
  /// The names that it reads, in the order in which it names them.
  package var reads: [String]

  package init(
    name: String, label: String, kind: String, place: Place, lastLine: Int, reads: [String]
  ) {
    (self.name, self.label, self.kind) = (name, label, kind)
    (self.place, self.lastLine, self.reads) = (place, lastLine, reads)
  }
}

extension CellOutline {
  /// Whether the place is on a line of the cell; cells that share a line are told apart by columns.
  package func contains(_ place: Place) -> Bool {
    place.file == self.place.file && place >= self.place && place.line <= lastLine
  }
}

extension Plan {
  /// The cells that could be read, and those that could not.
  package var outline: [CellOutline] {
    zip(notebook.cells, steps).compactMap { cell, step in
      switch cell {
      case .prose: nil
      case .call(let call): outline(of: call, step)
      case .role(let role): outline(of: role, step)
      }
    }
  }

  private func outline(of call: Call, _ step: Step?) -> CellOutline {
    var name = "\(call.name.string) \(call.argument.string)"
    if call.argument.isEmpty { name = call.name.string }
    if let typed = call.options.first(where: { $0.name.string == "name" }) {
      name = typed.value.string
    }
    var reads: [Text] = []
    if case .directive(_, let directive) = step {
      name = directive.identity
      reads = directive.reads
    }
    return CellOutline(
      name: name, label: call.label, kind: call.name.string, place: call.place,
      lastLine: call.place.line + max(0, call.source.count - 1), reads: Self.unique(reads))
  }

  private func outline(of role: RoleCall, _ step: Step?) -> CellOutline {
    var reads: [Text] = []
    if case .role(let read) = step { reads = read.expression.reads }
    let place = role.content.place
    return CellOutline(
      name: role.label, label: role.label, kind: role.name.rawValue, place: place,
      lastLine: place.line + role.content.string.count { $0.isLineEnd }, reads: Self.unique(reads))
  }

  private static func unique(_ names: [Text]) -> [String] {
    var seen: Set<String> = []
    return names.map(\.string).filter { seen.insert($0).inserted }
  }
}

extension Call {
  /// The directive and its argument, as messages call the cell.
  package var label: String { "{\(name.string)} \(argument.string)".onOneLine }
}

extension RoleCall {
  /// The role and its formula, as messages call it.
  package var label: String { "{\(name.rawValue)} \(content.string)".onOneLine }
}

extension String {
  fileprivate var onOneLine: String {
    split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}
