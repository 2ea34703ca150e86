internal import Boltzmann
internal import Notebooks
internal import Numerals

/// The lowest energy that a run saw, and how many of its chains did.
struct LowestEnergy {
  let sentence: String
  let figures: [(name: String, value: Double)]

  /// From the lowest energy of each chain and that of them all, without the machine's constant.
  init(
    _ energies: [Double], _ lowest: Double, of value: MachineValue, exact: EnergyTable?,
    called chains: String
  ) {
    let margin = SingleUnitKernel(value.machine).energyResolution + value.energyRounding
    let reached = energies.count { $0 <= lowest + margin }
    func text(_ energy: Double) -> String {
      let shown = value.settled(energy + value.constant)
      return NumberFormat.column([shown], decimals: 4).string(shown)
    }
    let ground = exact?.energies.min()
    let verdict =
      switch ground {
      case nil: ""
      case let ground? where ground >= lowest - value.energyRounding: "; no state has a lower one"
      case let ground?: "; the lowest of all is \(text(ground))"
      }
    sentence =
      "Lowest energy seen: \(text(lowest)), by \(reached) of \(energies.count) \(chains)\(verdict)."
    figures = [("lowest", lowest + value.constant), ("reached", Double(reached))]
  }
}
