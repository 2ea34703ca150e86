internal import Boltzmann
internal import Notebooks
internal import Plots

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
