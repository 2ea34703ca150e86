internal import Boltzmann
internal import Notebooks

/// `NAME` or `NAME.COLUMN`, one side of a comparison.
struct ComparedName: Sendable {
  let name: Text
  let column: Text?

  init(name: Text, column: Text?) {
    (self.name, self.column) = (name, column)
  }

  init(_ text: Text) {
    let parts = text.cut(at: ".")
    self.init(name: parts?.head ?? text, column: parts?.tail)
  }
}

/// Two distributions over the same rows.
struct ComparedPair {
  let first: RowDistribution
  let second: RowDistribution

  init(
    _ first: ComparedName, _ second: ComparedName, marginal: [Text] = [], sum: Text? = nil,
    temperature: Double = 1, in context: Context, at place: Place
  ) throws(Diagnostic) {
    func exact(
      _ machine: MachineValue, _ rows: Tabulation
    ) throws(Diagnostic) -> RowDistribution {
      try RowDistribution(machine, rows, temperature: temperature, at: place)
    }
    func rows(of machine: MachineValue) throws(Diagnostic) -> Tabulation {
      try Tabulation(marginal: marginal, sum: sum, of: machine, excluding: Clamp(), at: place)
    }
    let other: RowDistribution
    switch (try Side(first, in: context), try Side(second, in: context)) {
    case (.table(let one), .table(let two)):
      (self.first, other) = (one, two)
    case (.table(let one), .machine(let two)):
      (self.first, other) = (one, try exact(two, Tabulation(like: one, of: two, at: place)))
    case (.machine(let one), .table(let two)):
      (self.first, other) = (try exact(one, Tabulation(like: two, of: one, at: place)), two)
    case (.machine(let one), .machine(let two)):
      (self.first, other) = (try exact(one, rows(of: one)), try exact(two, rows(of: two)))
    }
    self.second = try other.ordered(like: self.first, at: second.name.place)
  }

  private enum Side {
    case table(RowDistribution)
    case machine(MachineValue)

    init(_ side: ComparedName, in context: Context) throws(Diagnostic) {
      let value = try context.value(side.name, as: (any Value).self, "a table or a machine")
      if let machine = value.seen(as: MachineValue.self) {
        if let column = side.column {
          throw Diagnostic(
            "unknown-column", at: column.place,
            "\(side.name.string.quoted) is a machine and has no columns")
        }
        self = .machine(machine)
      } else if let table = value as? any TableValue {
        self = .table(try RowDistribution(table.table, called: side.name, column: side.column))
      } else {
        throw Diagnostic(
          "wrong-kind", at: side.name.place,
          "\(side.name.string.quoted) is \(value.kind), but a table or a machine is needed here")
      }
    }
  }
}

extension Tabulation {
  /// The rows of a table of states, for a machine that has its units.
  init(
    like table: RowDistribution, of machine: MachineValue, at place: Place
  ) throws(Diagnostic) {
    // Of a single unit called `sum`, the sum is the unit.
    let isSum = table.keys.map(\.key) == ["sum"]
    let headings = table.keys.map { key in
      Text(
        isSum && key.heading == Self.titleOfAll
          ? machine.unitNames.joined(separator: " + ") : key.heading, at: place)
    }
    try self.init(
      marginal: isSum ? [] : headings, sum: isSum ? headings.first : nil, of: machine,
      excluding: Clamp(), at: place)
  }
}
