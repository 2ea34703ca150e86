internal import CKernels

/// Temperatures between which annealing of a machine, or a ladder of replicas, should run.
///
/// - Hottest: ½ max ΔE, half of the largest change of energy that any single unit can make. Then
///   Σ_j |J_ij| ≤ T at every unit, Dobrushin's condition: every start is forgotten in n ln n
///   updates. Source: Levin, Peres, Wilmer, "Markov chains and mixing times" (2009), theorem 15.1.
/// - Coldest: the T at which heat bath would turn over a tenth of a unit per sweep, on average, in
///   the states in which descent ends: Σ_i σ(−ΔE_i/T) = 1/10 over the units with ΔE_i > 0. The
///   dwave-samplers package asks the same of the smallest possible gap, which, where couplings are
///   drawn from a density, no state of low energy has.
public struct TemperatureRange: Sendable, Hashable {
  /// The temperature to begin at.
  public let hottest: Double
  /// The temperature to end at.
  public let coldest: Double

  /// The units that are turned over in a sweep at the coldest temperature.
  static let excitedUnits = 0.1
  static let descents = 4

  /// The range of a machine with some units held. Cost: a few sweeps.
  ///
  /// Descent starts in four fixed pseudo-random states, the smallest temperature counts. Where no
  /// free unit has a gap at all, both temperatures are 1.
  public init(_ machine: BoltzmannMachine, clamp: Clamp = Clamp()) {
    let free = clamp.freeUnits(of: machine.unitCount)
    let largest = free.map { machine.largestEnergyGap(of: $0, clamp) }.max() ?? 0
    guard largest > 0 else {
      (hottest, coldest) = (1, 1)
      return
    }
    hottest = largest / 2
    let descent = Descent(machine, clamp: clamp)
    let stream = RandomStream(seed: 0, name: "descent")
    let freezing = (0..<Self.descents).map { chain in
      let start = InitialState.random.state(
        chain: chain, unitCount: machine.unitCount, stream: stream)
      let end = descent.run(from: start, largestSweeps: .max).state
      let rises = free.map { unit in
        let gap = machine.energyGap(of: unit, in: end)
        return end[unit] ? gap : -gap
      }
      return Self.freezingTemperature(
        of: rises.filter { $0 > descent.smallestGap }, below: largest / 2)
    }
    coldest = freezing.min() ?? largest / 2
  }

  /// The T with Σ σ(−ΔE/T) = 1/10, by bisection of ln T; at most `hottest`.
  private static func freezingTemperature(of rises: [Double], below hottest: Double) -> Double {
    func excited(_ temperature: Double) -> Double {
      rises.reduce(0) { $0 + hm_logistic(-$1 / temperature) }
    }
    if excited(hottest) <= excitedUnits { return hottest }
    var high = hottest
    while excited(high / 2) > excitedUnits { high /= 2 }
    var low = high / 2
    for _ in 0..<40 {
      let middle = (low + high) / 2
      if excited(middle) > excitedUnits { high = middle } else { low = middle }
    }
    return low
  }
}
