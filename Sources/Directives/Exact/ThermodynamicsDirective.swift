internal import Boltzmann
package import Notebooks

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
