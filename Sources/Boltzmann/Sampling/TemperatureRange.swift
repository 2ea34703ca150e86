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
  /// Smaller changes, as a share of the largest, are taken for rounding errors of zero.
  static let smallestShare = 0x1p-30

  /// The range of a machine with some units held. Cost: a few sweeps.
  ///
  /// Descent starts in four fixed pseudo-random states, the smallest temperature counts. Where no
  /// free unit has a gap at all, both temperatures are 1.
  public init(_ machine: BoltzmannMachine, clamp: Clamp = Clamp()) {
    let free = clamp.freeUnits(of: machine.unitCount)
    let largest = free.map { Self.largestChange(of: $0, machine, clamp) }.max() ?? 0
    guard largest > 0 else {
      (hottest, coldest) = (1, 1)
      return
    }
    hottest = largest / 2
    let stream = RandomStream(seed: 0, name: "descent")
    let freezing = (0..<Self.descents).map { chain in
      var state = InitialState.random.state(
        chain: chain, unitCount: machine.unitCount, stream: stream)
      clamp.apply(to: &state)
      return Self.freezingTemperature(
        of: Self.descend(machine, free, from: state, least: largest * Self.smallestShare),
        below: largest / 2)
    }
    coldest = freezing.min() ?? largest / 2
  }

  /// max |ΔE_i| over all states of the other free units.
  private static func largestChange(
    of unit: Int, _ machine: BoltzmannMachine, _ clamp: Clamp
  ) -> Double {
    let couplings = machine.couplings
    var (low, high) = (machine.biases[unit], machine.biases[unit])
    for entry in couplings.starts[unit]..<couplings.starts[unit + 1] {
      let weight = couplings.weights[entry]
      switch clamp[Int(couplings.neighbours[entry])] {
      case true: (low, high) = (low + weight, high + weight)
      case false: break
      case nil: (low, high) = (low + min(weight, 0), high + max(weight, 0))
      }
    }
    return max(abs(low), abs(high))
  }

  /// The rises of energy, larger than `least`, by which the free units of a local minimum could
  /// leave it: units turn over in ascending order as long as one can lower the energy.
  private static func descend(
    _ machine: BoltzmannMachine, _ free: [Int], from start: BitVector, least: Double
  ) -> [Double] {
    var state = start
    var hasMoved = true
    while hasMoved {
      hasMoved = false
      for unit in free {
        let gap = machine.energyGap(of: unit, in: state)
        if state[unit] ? gap < -least : gap > least {
          state[unit].toggle()
          hasMoved = true
        }
      }
    }
    return free.map { unit in
      let gap = machine.energyGap(of: unit, in: state)
      return state[unit] ? gap : -gap
    }.filter { $0 > least }
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
