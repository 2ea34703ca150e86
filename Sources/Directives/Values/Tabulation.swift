internal import Boltzmann
internal import Notebooks

/// What of a state is counted: the states of some units, or how many of them are on.
struct Tabulation: Sendable {
  /// The columns that tell the rows apart.
  let keyColumns: [Table.Column]
  /// What each row is called in a plot.
  let labels: [String]
  let statistic: Statistic
  /// The statistic's value for each row.
  let values: [Int]
  private let units: [Int]
  private let isSum: Bool

  /// The heading of the sum of all units.
  static let titleOfAll = "sum of all"

  /// The most units whose states are tabulated.
  static let unitLimit = 12

  /// The states of `marginal`, or the sum written `a + b` or `all`; with neither, all units that are not
  /// held by `clamp`.
  init(
    marginal: [Text], sum: Text?, of machine: MachineValue, excluding clamp: Clamp,
    at place: Place
  ) throws(Diagnostic) {
    isSum = sum != nil
    if let sum {
      let names = sum.split { $0 == "+" || $0 == "," || $0 == " " }
      let isAll = names.map(\.string) == ["all"] && !machine.unitNames.contains("all")
      units =
        isAll
        ? Array(machine.unitNames.indices) : try Self.units(names, of: machine)
      let constant = machine.units == .binary ? 0 : -units.count
      let step = machine.units == .binary ? 1 : 2
      values = Array(0...units.count)
      statistic = .sum(of: units)
      let shown = values.map { constant + step * $0 }
      let title = isAll ? Self.titleOfAll : names.map(\.string).joined(separator: " + ")
      keyColumns = [
        Table.Column(
          "sum", heading: title, .numbers(shown.map(Double.init), .fixed(0)), isKey: true)
      ]
      labels = shown.map { "\($0)" }
      return
    }
    units =
      marginal.isEmpty
      ? clamp.freeUnits(of: machine.machine.unitCount) : try Self.units(marginal, of: machine)
    guard units.count <= Self.unitLimit else {
      throw Diagnostic(
        "limit-exceeded", at: marginal.first?.place ?? place,
        "\(units.count) units have 2^\(units.count) states; at most 2^\(Self.unitLimit) are "
          + "tabulated", hint: "name the units of interest with `:marginal:`")
    }
    statistic = .states(of: units)
    // Ones first, the first unit being the slowest, as in the tables of the literature.
    let bits = units.count
    values = (0..<1 << bits).reversed().map { number in
      (0..<bits).reduce(0) { $0 | ((number >> (bits - 1 - $1)) & 1) << $1 }
    }
    let rows = values
    keyColumns = units.enumerated().map { bit, unit in
      Table.Column(
        machine.unitNames[unit],
        .numbers(rows.map { Double(machine.label(($0 >> bit) & 1 == 1)) }, .fixed(0)), isKey: true)
    }
    labels = rows.map { row in
      (0..<bits).map { machine.label((row >> $0) & 1 == 1) }
        .joined(separator: machine.units == .binary ? "" : " ")
    }
  }

  /// The tabulation where one was asked for, or all free units fit a table; else nil.
  static func readable(
    marginal: [Text], sum: Text?, of machine: MachineValue, excluding clamp: Clamp,
    at place: Place
  ) throws(Diagnostic) -> Tabulation? {
    let free = machine.machine.unitCount - clamp.units.count
    guard !marginal.isEmpty || sum != nil || free <= unitLimit else { return nil }
    return try Tabulation(
      marginal: marginal, sum: sum, of: machine, excluding: clamp, at: place)
  }

  /// What a row is: `state of v1 v2` or `v1 + v2`.
  var title: String {
    keyColumns.map(\.heading).joined(separator: " ")
  }

  /// The units whose sum is tabulated, if that is what the rows are.
  var summedUnits: [Int]? { isSum ? units : nil }

  /// The exact probability of each row.
  func probabilities(_ distribution: ExactDistribution) -> [Double] {
    let all = distribution.distribution(of: statistic)
    return values.map { value in all.first { $0.value == value }?.probability ?? 0 }
  }

  private static func units(_ names: [Text], of machine: MachineValue) throws(Diagnostic) -> [Int] {
    var units: [Int] = []
    for name in names {
      let unit = try machine.unit(name)
      guard !units.contains(unit) else {
        throw Diagnostic(
          "duplicate-name", at: name.place, "\(name.string.quoted) stands twice")
      }
      units.append(unit)
    }
    return units
  }
}
