internal import Boltzmann
package import Notebooks
internal import Numerals

/// `{machine}`: a general Boltzmann machine with named units.
package struct Machine: Directive {
  static let visible = Option<[Text]>.words(
    "visible", "names", "The visible units, in the order of the tables' columns.")
  static let hidden = Option<[Text]>.words(
    "hidden", "names", "The hidden units; the columns go on with them.")
  static let units = Option<MachineValue.Units>.choice(
    "units", "The values of a unit: `binary` is 0 and 1, `spin` is -1 and +1.", default: .binary)
  static let from = Option<Text?>.text(
    "from", "a machine", "Takes the weights of that machine instead of a body.")
  static let scale = Option<Double>.number(
    "scale", "Multiplies all weights and biases.", in: -1e6...1e6, default: 1)

  package static let manual = Manual(
    "machine",
    "A Boltzmann machine: named visible and hidden units, symmetric weights, biases.",
    argument: "NAME",
    body: "Edges `a -- b: weight` and biases `a: bias`, one a line; or the full weight matrix, "
      + "one row a line, optionally followed by biases",
    options: [visible, hidden, units, from, scale],
    details: """
      The energy of a state is

      $$
      E(s) = -\\sum_{i<j} w_{ij} s_i s_j - \\sum_i b_i s_i
      $$

      and $p(s) = \\exp(-E(s)/T)/Z$. A matrix must be symmetric with a zero diagonal. With \
      `:units: spin` weights are couplings and biases are fields of units that are -1 or +1; \
      `:from:` another machine with other units converts it exactly, and the constant by which \
      the energies differ is stated. Expressions ask a machine for `E(NAME, a=1, …)`, \
      `Z(NAME | a=1)` and `p(NAME, a=1 | b=0, T=2)`.
      """,
    example: """
      ```{machine} pair
      :visible: a b

      a -- b: 1.5
      a: -0.5
      ```
      """)

  private let name: String
  private let unitNames: [String]
  private let visibleCount: Int
  private let units: MachineValue.Units
  private let parameters: MachineParameters
  private let source: Text?
  private let scale: Double
  private let place: Place

  package init(_ arguments: inout Arguments) {
    name = arguments.definedName()
    let visible = arguments.value(of: Self.visible)
    let hidden = arguments.value(of: Self.hidden)
    units = arguments.value(of: Self.units)
    source = arguments.value(of: Self.from)
    scale = arguments.value(of: Self.scale)
    place = arguments.call.place
    visibleCount = visible.count
    unitNames = (visible + hidden).map(\.string)
    if let source {
      _ = arguments.references([source])
      arguments.noBody()
      for name in visible + hidden {
        arguments.report(
          Diagnostic(
            "unexpected-option", at: name.place, "the units come from \(source.string.quoted)",
            hint: "leave `:visible:` and `:hidden:` out"))
      }
      parameters = MachineParameters()
      return
    }
    Self.checkNames(visible + hidden, &arguments)
    let body = arguments.body("edges such as `v1 -- h1: 2`, or a weight matrix")
    parameters = MachineParameters(body, unitNames: unitNames, &arguments)
  }

  private static func checkNames(_ names: [Text], _ arguments: inout Arguments) {
    if names.isEmpty {
      arguments.report(
        Diagnostic(
          "missing-option", at: arguments.call.place, "a machine needs units",
          hint: "name them: `:visible: v1 v2` and `:hidden: h1`"))
    }
    var seen: Set<String> = []
    for name in names {
      if !name.string.isName || name.string.contains("-") || name.string == "T" {
        arguments.report(
          Diagnostic(
            "bad-name", at: name.place, "\(name.string.quoted) cannot name a unit",
            hint: "letters, digits and `_`, a letter first; `T` is the temperature"))
      }
      if !seen.insert(name.string).inserted {
        arguments.report(
          Diagnostic("duplicate-name", at: name.place, "two units are called \(name.string.quoted)")
        )
      }
    }
  }

  package func run(in context: Context) throws(Diagnostic) -> Outcome {
    let value = try machine(in: context)
    return Outcome(
      [.sentence(summary(of: value)), .table(parameterTable(of: value))], value: value)
  }

  private func machine(in context: Context) throws(Diagnostic) -> MachineValue {
    do {
      if let source {
        let other = try context.value(source, as: MachineValue.self, "a machine")
        return MachineValue(
          name: name, machine: try other.machine.scaled(by: scale), unitNames: other.unitNames,
          units: units)
      }
      let couplings = try Couplings(
        unitCount: unitNames.count,
        edges: parameters.edges.map { Couplings.Edge($0.first, $0.second, $0.weight * scale) })
      let biases = parameters.biases.map { $0 * scale }
      guard units == .spin else {
        let machine = try BoltzmannMachine(
          couplings: couplings, biases: biases, visibleCount: visibleCount)
        return MachineValue(name: name, machine: machine, unitNames: unitNames)
      }
      let ising = try IsingModel(couplings: couplings, fields: biases)
      let converted = try ising.boltzmannMachine().machine
      let machine = try BoltzmannMachine(
        couplings: converted.couplings, biases: converted.biases, visibleCount: visibleCount)
      return MachineValue(name: name, machine: machine, unitNames: unitNames, units: .spin)
    } catch let diagnostic as Diagnostic {
      throw diagnostic
    } catch {
      throw tooLarge
    }
  }

  /// All that can still be wrong with weights and biases that were read one by one.
  private var tooLarge: Diagnostic {
    Diagnostic(
      "not-finite", at: place, "the weights and biases of \(name.quoted) are too large",
      hint: "energies must be finite" + (scale == 1 ? "" : "; `:scale:` multiplies the weights"))
  }

  private func summary(of value: MachineValue) -> String {
    let machine = value.machine
    let hidden = machine.unitCount - machine.visibleCount
    let edges = machine.edges.count
    let units = value.units == .binary ? "0 or 1" : "-1 or +1"
    return "\(machine.unitCount) units (\(machine.visibleCount) visible, \(hidden) hidden), "
      + "each \(units); \(edges) \(edges == 1 ? "connection" : "connections")."
      + constant(of: value)
  }

  /// What the units add to every energy, which no probability notices.
  private func constant(of value: MachineValue) -> String {
    guard value.constant != 0 else { return "" }
    let size = NumberFormat.significant(6).string(abs(value.constant))
    return " Each energy is \(size) \(value.constant > 0 ? "higher" : "lower") than with units "
      + "that are 0 or 1."
  }

  /// The weight matrix with the biases as its last column, in the machine's own units.
  private func parameterTable(of value: MachineValue) -> Table {
    let count = value.machine.unitCount
    var weights = [[Double?]](repeating: [Double?](repeating: 0, count: count), count: count)
    var biases = value.machine.biases
    var edges = value.machine.edges
    if value.units == .spin {
      let ising = IsingModel(value.machine)
      biases = ising.fields
      edges = ising.couplings.edges
    }
    for edge in edges {
      weights[edge.first][edge.second] = edge.weight
      weights[edge.second][edge.first] = edge.weight
    }
    let format = NumberFormat.column(edges.map(\.weight) + biases, decimals: 4)
    var columns = [Table.Column("unit", .text(value.unitNames), isKey: true)]
    for (index, name) in value.unitNames.enumerated() {
      columns.append(Table.Column(name, .numbers(weights[index], format)))
    }
    let word = value.units == .binary ? "bias" : "field"
    columns.append(Table.Column(word, .numbers(biases, format)))
    return Table(columns, shownRows: 24)
  }
}
