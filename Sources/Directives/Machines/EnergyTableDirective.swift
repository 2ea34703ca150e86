internal import Boltzmann
package import Notebooks
internal import Numerals

/// `{energy-table}`: every state of a machine with its energy and probability.
package struct EnergyTableDirective: Directive {
  enum Column: String, CaseIterable, Sendable {
    case negativeEnergy = "-E"
    case energy = "E"
    case weight = "exp(-E)"
    case probability = "p"
  }

  enum Order: String, CaseIterable, Sendable {
    case onesFirst = "ones-first"
    case zerosFirst = "zeros-first"
    case energy
  }

  static let columns = Option<[Column]>.choices(
    "columns", "What is shown of each state.", default: [.negativeEnergy, .weight, .probability])
  static let order = Option<Order>.choice(
    "order", "The order of the rows; `energy` puts the most probable first.", default: .onesFirst)
  static let rows = Option<Int>.integer(
    "rows", "The most rows that are printed.", in: 1...4096, default: 64)

  package static let manual = Manual(
    "energy-table", "Every state of a machine: -E, exp(-E/T) and p, and the partition function.",
    argument: "MACHINE",
    options: [
      columns, order, rows, MachineOptions.given, MachineOptions.marginal, MachineOptions.sum,
      MachineOptions.temperature,
    ],
    details: """
      $$
      p(s) = \\frac{e^{-E(s)/T}}{Z}, \\qquad Z = \\sum_s e^{-E(s)/T}
      $$

      With `:given:` only the states that agree with it are listed, and Z and p are those of the \
      conditional distribution. `:marginal:` sums over all other units, `:sum:` gives the \
      distribution of the number of those units that are on.
      """,
    example: """
      ```{machine} pair
      :visible: a b

      a -- b: 1.5
      ```

      ```{energy-table} pair
      ```

      ```{energy-table} pair
      :marginal: a
      ```
      """)

  /// The most units whose states are listed one by one.
  private static let largestFreeUnitCount = 16

  private let machine: Text
  private let columns: [Column]
  private let order: Order
  private let rows: Int
  private let given: [Text]
  private let marginal: [Text]
  private let sum: Text?
  private let temperature: Double
  private let place: Place

  package init(_ arguments: inout Arguments) {
    machine = arguments.reference("a machine")
    columns = arguments.value(of: Self.columns)
    order = arguments.value(of: Self.order)
    rows = arguments.value(of: Self.rows)
    given = arguments.value(of: MachineOptions.given)
    marginal = arguments.value(of: MachineOptions.marginal)
    sum = arguments.value(of: MachineOptions.sum)
    temperature = arguments.value(of: MachineOptions.temperature)
    place = arguments.call.place
    arguments.noBody()
    if let sum, !marginal.isEmpty {
      arguments.report(
        Diagnostic(
          "unexpected-option", at: sum.place, "`sum` and `marginal` cannot stand together"))
    }
  }

  package func run(in context: Context) throws(Diagnostic) -> Outcome {
    let value = try context.value(machine, as: MachineValue.self, "a machine")
    let clamp = try value.clamp(given)
    let energies = try value.energies(clamp, at: place)
    let distribution = ExactDistribution(energies, temperature: temperature)
    let table: Table
    if marginal.isEmpty, sum == nil {
      try checkRows(energies, of: value)
      table = states(of: value, energies, distribution)
    } else {
      let tabulation = try Tabulation(
        marginal: marginal, sum: sum, of: value, excluding: clamp, at: place)
      let key = Table.Column(
        "p", heading: "p", .numbers(tabulation.probabilities(distribution), .fixed(4)))
      var columns = tabulation.keyColumns
      if case .numbers(let p, _) = key.cells {
        columns.append(
          Table.Column("p", .numbers(p, .column(p.compactMap(\.self), decimals: 4))))
      }
      table = Table(columns, shownRows: rows)
    }
    let logZ = distribution.logZ - value.constant / temperature
    let outputs = [Output.table(table), .sentence(partitionFunction(logZ, energies, value))]
    return Outcome(
      outputs,
      value: TableResult(table, figures: [("Z", exponential(logZ)), ("lnZ", logZ)]))
  }

  /// Refuses a table of so many states that it would fill the memory.
  private func checkRows(
    _ energies: EnergyTable, of value: MachineValue
  ) throws(Diagnostic) {
    guard energies.freeUnits.count > Self.largestFreeUnitCount else { return }
    throw Diagnostic(
      "limit-exceeded", at: place,
      "the table would have 2^\(energies.freeUnits.count) rows, one for each state of "
        + "\(value.name.quoted); the limit is 2^\(Self.largestFreeUnitCount)",
      hint: "hold some units with `:given:`, or sum others out with `:marginal:`")
  }

  private func states(
    of value: MachineValue, _ energies: EnergyTable, _ distribution: ExactDistribution
  ) -> Table {
    let states = ordered(value, energies).map { energies.state(at: $0) }
    var result = value.unitNames.enumerated().map { unit, name in
      Table.Column(
        name, .numbers(states.map { Double(value.label($0[unit])) }, .fixed(0)), isKey: true)
    }
    let total = states.map { value.energy(of: $0) }
    let suffix = temperature == 1 ? "" : "/T"
    for column in columns {
      let cells: [Double]
      let heading: String
      switch column {
      case .negativeEnergy: (cells, heading) = (total.map { 0 - $0 }, "-E")
      case .energy: (cells, heading) = (total, "E")
      case .weight:
        (cells, heading) = (total.map { exponential(0 - $0 / temperature) }, "exp(-E\(suffix))")
      case .probability:
        (cells, heading) = (states.map(distribution.probability), "p")
      }
      result.append(
        Table.Column(
          column.key, heading: heading, .numbers(cells, .column(cells, decimals: 4))))
    }
    return Table(result, shownRows: rows)
  }

  private func ordered(_ value: MachineValue, _ energies: EnergyTable) -> [Int] {
    // Numbers whose first unit is the highest digit read like the table of a truth function.
    let bits = energies.freeUnits.count
    let zerosFirst = (0..<energies.count).map { number in
      (0..<bits).reduce(0) { $0 | ((number >> (bits - 1 - $1)) & 1) << $1 }
    }
    switch order {
    case .zerosFirst: return zerosFirst
    case .onesFirst: return zerosFirst.reversed()
    case .energy:
      let ranks = ranks(of: energies.energies, resolution: value.energyRounding)
      return zerosFirst.reversed().enumerated().sorted { a, b in
        (ranks[a.element], a.offset) < (ranks[b.element], b.offset)
      }.map(\.element)
    }
  }

  /// The place of each energy among those that differ, ascending.
  private func ranks(of energies: [Double], resolution: Double) -> [Int] {
    var ranks = [Int](repeating: 0, count: energies.count)
    var (rank, last) = (0, -Double.infinity)
    for index in energies.indices.sorted(by: { energies[$0] < energies[$1] }) {
      if energies[index] - last > resolution { rank += 1 }
      (ranks[index], last) = (rank, energies[index])
    }
    return ranks
  }

  private func partitionFunction(
    _ logZ: Double, _ energies: EnergyTable, _ value: MachineValue
  ) -> String {
    let format = NumberFormat.significant(6)
    var conditions: [String] = []
    if !given.isEmpty { conditions.append("given \(value.describe(energies.clamp))") }
    if temperature != 1 { conditions.append("at T = \(format.string(temperature))") }
    let start = conditions.joined(separator: ", ")
    let states = energies.count == 1 ? "1 state" : "\(energies.count) states"
    let z = exponential(logZ)
    return (start.isEmpty ? "" : start.prefix(1).uppercased() + start.dropFirst() + ": ")
      + (z.isFinite ? "Z = \(format.string(z)), the sum over \(states); " : "")
      + "ln Z = \(format.string(logZ))."
  }
}

extension EnergyTableDirective.Column {
  fileprivate var key: String {
    switch self {
    case .negativeEnergy: "negE"
    case .energy: "E"
    case .weight: "weight"
    case .probability: "p"
    }
  }
}
