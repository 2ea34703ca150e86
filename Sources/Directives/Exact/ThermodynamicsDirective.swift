internal import Boltzmann
package import Notebooks
internal import Numerals
internal import Plots

/// `{thermodynamics}`: free energy, mean energy, entropy and heat capacity against temperature.
package struct ThermodynamicsDirective: Directive {
  static let perUnit = Option<Bool>.flag(
    "per-unit", "Divides by the number of units that are not held.")
  static let plot = Option<Bool>.flag("plot", "Whether the plots are drawn.", default: true)

  package static let manual = Manual(
    "thermodynamics",
    "Free energy, mean energy, entropy and heat capacity of a machine against temperature, exact.",
    argument: "MACHINE",
    options: TemperatureOptions.all + [MachineOptions.given, perUnit, plot],
    details: """
      $$
      F = -T \\ln Z, \\quad U = \\langle E \\rangle, \\quad S = -\\sum_s p(s) \\ln p(s), \\quad \
      C = \\frac{dU}{dT} = \\frac{\\langle E^2 \\rangle - \\langle E \\rangle^2}{T^2}
      $$

      in the units of the energy, with Boltzmann's constant 1 and the entropy in nats. Each is \
      computed by itself; the last column shows that $F = U - TS$. The states are summed over unit \
      by unit, which reaches every machine of up to 23 units and much larger ones where each unit \
      has few neighbours: chains of any length, lattices up to 22 units wide, tori up to 11.
      """,
    example: """
      ```{machine} pair
      :visible: a b

      a -- b: 1.5
      ```

      ```{thermodynamics} pair
      :temperatures: 0.1 0.5 1 2 10
      ```
      """)

  /// The most entries of tables over all temperatures.
  private static let entryLimit = 1 << 30

  private let machine: Text
  private let temperatures: TemperatureOptions
  private let given: [Text]
  private let isPerUnit: Bool
  private let showsPlot: Bool
  private let place: Place

  package init(_ arguments: inout Arguments) {
    machine = arguments.reference("a machine")
    temperatures = TemperatureOptions(&arguments)
    given = arguments.value(of: MachineOptions.given)
    isPerUnit = arguments.value(of: Self.perUnit)
    showsPlot = arguments.value(of: Self.plot)
    place = arguments.call.place
    arguments.noBody()
  }

  package func run(in context: Context) throws(Diagnostic) -> Outcome {
    let value = try context.value(machine, as: MachineValue.self, "a machine")
    let elimination = try value.elimination(try value.clamp(given), at: place)
    let (entries, overflow) = elimination.order.entryCount.multipliedReportingOverflow(
      by: temperatures.values.count)
    guard !overflow, entries <= Self.entryLimit else {
      throw Diagnostic(
        "limit-exceeded", at: place,
        "\(temperatures.values.count) temperatures need tables of \(entries) entries in all; the "
          + "limit is \(Self.entryLimit)", hint: "ask for fewer temperatures")
    }
    let units = isPerUnit ? Double(max(1, elimination.order.units.count)) : 1
    let curves = ThermodynamicCurves(
      temperatures.values.map {
        elimination.thermodynamics(temperature: $0, threads: context.threads)
      }, constant: value.constant, dividedBy: units)
    let table = curves.table(rows: temperatures.rows)
    var outputs: [Output] = temperatures.rows == 0 ? [] : [.table(table)]
    if showsPlot { outputs += curves.plots(perUnit: isPerUnit).map(Output.plot) }
    return Outcome(outputs, value: TableResult(table, figures: curves.figures))
  }
}

extension MachineValue {
  /// The elimination of the units that are not held.
  func elimination(_ clamp: Clamp, at place: Place) throws(Diagnostic) -> Elimination {
    do { return try Elimination(machine, clamp: clamp) } catch {
      throw Diagnostic(
        "limit-exceeded", at: place,
        "summing over the states of \(name.quoted) unit by unit needs a table of at least "
          + "\(error.entries) entries; the limit is \(error.limit)",
        hint: "hold some units with `:given:`, or sample")
    }
  }
}

/// F, U, S and C over a list of temperatures.
struct ThermodynamicCurves {
  let temperatures: [Double]
  let freeEnergies: [Double]
  let meanEnergies: [Double]
  let entropies: [Double]
  let heatCapacities: [Double]

  /// `constant` is added to every energy before all are divided.
  init(_ points: [Thermodynamics], constant: Double = 0, dividedBy units: Double = 1) {
    temperatures = points.map(\.temperature)
    freeEnergies = points.map { ($0.freeEnergy + constant) / units }
    meanEnergies = points.map { ($0.meanEnergy + constant) / units }
    entropies = points.map { $0.entropy / units }
    heatCapacities = points.map { $0.heatCapacity / units }
  }

  func table(rows: Int) -> Table {
    let check = temperatures.indices.map { meanEnergies[$0] - temperatures[$0] * entropies[$0] }
    func column(_ key: String, _ values: [Double], heading: String? = nil) -> Table.Column {
      Table.Column(key, heading: heading, .numbers(values, .fixed(4)))
    }
    return Table(
      [
        Table.Column(
          "T", .numbers(temperatures, .column(temperatures, decimals: 4)), isKey: true),
        column("F", freeEnergies), column("U", meanEnergies), column("S", entropies),
        column("C", heatCapacities), column("check", check, heading: "U - TS"),
      ], shownRows: rows)
  }

  func plots(perUnit: Bool) -> [Plot] {
    let suffix = perUnit ? " per unit" : ""
    func line(_ name: String, _ values: [Double]) -> Mark {
      .line(Series(name, x: temperatures, y: values))
    }
    return [
      Plot(
        title: "Mean energy and free energy" + suffix, x: Axis("T (energy units)"),
        y: Axis("energy units"),
        marks: [line("U, mean energy", meanEnergies), line("F = U - TS", freeEnergies)]),
      Plot(
        title: "Entropy and heat capacity" + suffix, x: Axis("T (energy units)"),
        y: Axis("nats"),
        marks: [line("S, entropy", entropies), line("C = dU/dT", heatCapacities)]),
    ]
  }

  /// The largest heat capacity listed and its temperature.
  var figures: [(name: String, value: Double)] {
    let largest = heatCapacities.max() ?? 0
    let place = heatCapacities.firstIndex(of: largest) ?? 0
    return [("peak", temperatures[place]), ("Cpeak", largest)]
  }
}
