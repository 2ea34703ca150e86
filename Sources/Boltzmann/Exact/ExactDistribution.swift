internal import CKernels

/// p(s) = exp(−E(s)/T) / Z over all states of a machine that agree with a clamp.
///
/// With a clamp, Z and p are conditional on the units held. Sixteen bytes per state.
public struct ExactDistribution: Sendable {
  /// The energies.
  public let table: EnergyTable
  /// T.
  public let temperature: Double
  /// ln Z.
  public let logZ: Double
  /// p of each free state, by its number.
  public let probabilities: [Double]

  /// The distribution of a machine of at most 22 free units.
  public init(
    _ machine: BoltzmannMachine, temperature: Double = 1, clamp: Clamp = Clamp()
  ) throws(EnumerationLimit) {
    self.init(try EnergyTable(machine, clamp: clamp), temperature: temperature)
  }

  /// The distribution of a table's states; the temperature is positive and finite.
  public init(_ table: EnergyTable, temperature: Double = 1) {
    let total = table.boltzmannSum(temperature: temperature)
    probabilities = table.energies.map {
      hm_exp((total.lowestEnergy - $0) / temperature) / total.sum
    }
    logZ = total.logarithm(temperature: temperature)
    (self.table, self.temperature) = (table, temperature)
  }

  /// The machine.
  public var machine: BoltzmannMachine { table.machine }

  /// Z; infinite when ln Z exceeds 709.78.
  public var partitionFunction: Double { hm_exp(logZ) }

  /// E(s); nil for a state that does not agree with the clamp.
  public func energy(of state: BitVector) -> Double? {
    table.index(of: state).map { table.energies[$0] }
  }

  /// p(s); zero for a state that does not agree with the clamp.
  public func probability(of state: BitVector) -> Double {
    table.index(of: state).map { probabilities[$0] } ?? 0
  }

  /// p of the states of some units, at most 22, by the number in which units[k] is bit k.
  public func marginal(over units: [Int]) -> [Double] {
    precondition(
      units.count <= EnergyTable.largestFreeUnitCount, "A marginal has at most 22 units.")
    let held = table.state(at: 0).index(of: units)
    var bits: [(free: Int, cell: Int)] = []
    for (cell, unit) in units.enumerated() {
      if let free = table.freeUnits.firstIndex(of: unit) { bits.append((free, cell)) }
    }
    var sums = [CompensatedSum](repeating: CompensatedSum(), count: 1 << units.count)
    for (index, probability) in probabilities.enumerated() {
      var cell = held
      for bit in bits { cell |= (index >> bit.free & 1) << bit.cell }
      sums[cell].add(probability)
    }
    return sums.map(\.value)
  }

  /// The distribution of a statistic: its possible values, ascending, each with its probability.
  public func distribution(of statistic: Statistic) -> [(value: Int, probability: Double)] {
    var sums: [Int: CompensatedSum] = [:]
    table.forEachState { index, state in
      sums[statistic(state), default: CompensatedSum()].add(probabilities[index])
    }
    return sums.map { (value: $0.key, probability: $0.value.value) }.sorted { $0.value < $1.value }
  }

  /// Σ p(s) f(s).
  public func expectation(of function: (BitVector) -> Double) -> Double {
    var sum = CompensatedSum()
    table.forEachState { index, state in sum.add(probabilities[index] * function(state)) }
    return sum.value
  }

  /// ⟨E⟩ = Σ p(s) E(s).
  public var meanEnergy: Double {
    var sum = CompensatedSum()
    for (probability, energy) in zip(probabilities, table.energies) {
      sum.add(probability * energy)
    }
    return sum.value
  }

  /// The states of lowest energy, lowest first, those of equal energy by their number.
  public func mostProbableStates(_ count: Int) -> [BitVector] {
    precondition(count >= 0, "A list has no negative length.")
    var best: [Int] = []
    let energies = table.energies
    for index in energies.indices {
      if best.count == count {
        guard let last = best.last, energies[index] < energies[last] else { continue }
        best.removeLast()
      }
      // Only strictly higher energies move behind a newcomer: ties keep their order.
      let place = best.firstIndex { energies[$0] > energies[index] } ?? best.endIndex
      best.insert(index, at: place)
    }
    return best.map(table.state(at:))
  }
}
