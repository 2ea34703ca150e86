internal import CKernels

/// F, U, S and C of a machine at one temperature (k_B = 1).
public struct Thermodynamics: Sendable, Equatable {
  /// T.
  public let temperature: Double
  /// F = −T ln Z.
  public let freeEnergy: Double
  /// U = ⟨E⟩.
  public let meanEnergy: Double
  /// S = −Σ p ln p, in nats.
  public let entropy: Double
  /// C = dU/dT = (⟨E²⟩ − ⟨E⟩²) / T².
  public let heatCapacity: Double

  /// Two passes over the energies: S and C are computed from energies above the lowest one and
  /// above the mean, so neither is a difference of large numbers.
  public init(_ table: EnergyTable, temperature: Double) {
    let total = table.boltzmannSum(temperature: temperature)
    func weight(_ energy: Double) -> Double {
      hm_exp((total.lowestEnergy - energy) / temperature) / total.sum
    }
    var excess = CompensatedSum()
    for energy in table.energies { excess.add(weight(energy) * (energy - total.lowestEnergy)) }
    let mean = excess.value
    var variance = CompensatedSum()
    for energy in table.energies {
      let deviation = energy - total.lowestEnergy - mean
      variance.add(weight(energy) * (deviation * deviation))
    }
    self.temperature = temperature
    freeEnergy = total.lowestEnergy - temperature * hm_log(total.sum)
    meanEnergy = total.lowestEnergy + mean
    entropy = hm_log(total.sum) + mean / temperature
    heatCapacity = variance.value / temperature / temperature
  }

  init(
    temperature: Double, freeEnergy: Double, meanEnergy: Double, entropy: Double,
    heatCapacity: Double
  ) {
    (self.temperature, self.freeEnergy, self.meanEnergy) = (temperature, freeEnergy, meanEnergy)
    (self.entropy, self.heatCapacity) = (entropy, heatCapacity)
  }
}

extension BoltzmannMachine {
  /// F, U, S and C at each temperature, by elimination: dense machines of at most 23 free units,
  /// larger ones as far as they are sparse or two layers.
  public func thermodynamics(
    at temperatures: [Double], clamp: Clamp = Clamp(), threads: Int = 1
  ) throws(EliminationLimit) -> [Thermodynamics] {
    let elimination = try Elimination(self, clamp: clamp)
    return temperatures.map { elimination.thermodynamics(temperature: $0, threads: threads) }
  }
}
