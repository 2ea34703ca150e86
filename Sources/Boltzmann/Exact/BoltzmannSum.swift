internal import CKernels

/// Σ exp(−E/T) as (lowest energy, Σ exp(−(E − lowest)/T)), which cannot overflow.
struct BoltzmannSum: Sendable {
  var lowestEnergy: Double
  var sum: Double

  /// The sum over a slice of energies, in its order.
  init(_ energies: ArraySlice<Double>, temperature: Double) {
    var lowest = Double.infinity
    for energy in energies { lowest = min(lowest, energy) }
    var sum = 0.0
    for energy in energies { sum += hm_exp((lowest - energy) / temperature) }
    (lowestEnergy, self.sum) = (lowest, sum)
  }

  /// Both sums together, relative to the lower of the two lowest energies.
  init(_ first: BoltzmannSum, _ second: BoltzmannSum, temperature: Double) {
    let lowest = min(first.lowestEnergy, second.lowestEnergy)
    lowestEnergy = lowest
    sum =
      first.sum * hm_exp((lowest - first.lowestEnergy) / temperature)
      + second.sum * hm_exp((lowest - second.lowestEnergy) / temperature)
  }

  /// ln Σ exp(−E/T).
  func logarithm(temperature: Double) -> Double {
    hm_log(sum) - lowestEnergy / temperature
  }

  /// The sums of 2ᵏ parts, merged in pairs, pairs of pairs, and so on.
  static func merged(
    count: Int, temperature: Double, part: (Int) -> BoltzmannSum
  ) -> BoltzmannSum {
    if count == 1 { return part(0) }
    let half = count / 2
    return BoltzmannSum(
      merged(count: half, temperature: temperature, part: part),
      merged(count: count - half, temperature: temperature) { part(half + $0) },
      temperature: temperature)
  }
}
