/// Exact sums over the states of a machine, unit by unit instead of state by state: chains, trees,
/// lattices and other sparse graphs of any size, as long as no unit has more than 22 neighbours
/// when its turn comes.
///
/// A rows × columns lattice needs tables of 2^min(rows, columns) entries, a torus of about
/// 2^(2 min(rows, columns)); two layers 2^(smaller layer); a dense machine of n units 2^(n − 1).
/// Cost: the order's `entryCount` exponentials and logarithms per temperature. Memory: three times
/// the largest table.
/// Source: Dechter, "Bucket elimination: a unifying framework for reasoning", Artificial
/// Intelligence 113 (1999) 41–85.
public struct Elimination: Sendable {
  /// The machine.
  public let machine: BoltzmannMachine
  /// The units held.
  public let clamp: Clamp
  /// The order of the free units.
  public let order: EliminationOrder
  let base: BitVector
  let steps: [EliminationStep]

  /// Looks for a good order; everything but the order is left for the temperature to come.
  public init(
    _ machine: BoltzmannMachine, clamp: Clamp = Clamp()
  ) throws(EliminationLimit) {
    let order = try EliminationOrder(
      machine.couplings, freeUnits: clamp.freeUnits(of: machine.unitCount))
    var base = BitVector(zeros: machine.unitCount)
    clamp.apply(to: &base)
    var place = [Int](repeating: 0, count: machine.unitCount)
    for (step, unit) in order.units.enumerated() { place[unit] = step }
    var sources = [[Int]](repeating: [], count: order.units.count)
    for (step, neighbours) in order.neighbours.enumerated() {
      // The neighbour eliminated next takes the table up.
      if let next = neighbours.last { sources[place[next]].append(step) }
    }
    steps = order.units.enumerated().map { step, unit in
      let neighbours = order.neighbours[step]
      return EliminationStep(
        field: machine.energyGap(of: unit, in: base),
        weights: neighbours.map { machine.couplings[unit, $0] }, sources: sources[step],
        sourceBits: sources[step].map { source in
          order.neighbours[source].dropLast().compactMap { neighbours.firstIndex(of: $0) }
        })
    }
    (self.machine, self.clamp, self.order, self.base) = (machine, clamp, order, base)
  }

  /// ln Z = ln Σ exp(−E/T) over the states that agree with the clamp.
  ///
  /// Relative error about 10⁻¹⁵. The result does not depend on the number of threads.
  public func logPartitionFunction(temperature: Double = 1, threads: Int = 1) -> Double {
    let total: FreeEnergy = sum(temperature: temperature, threads: threads)
    return 0 - total.value / temperature
  }

  /// F, U, S and C, each carried through the elimination as itself; four times the memory of ln Z.
  public func thermodynamics(temperature: Double, threads: Int = 1) -> Thermodynamics {
    let total: EnergyCumulants = sum(temperature: temperature, threads: threads)
    return Thermodynamics(
      temperature: temperature, freeEnergy: total.freeEnergy, meanEnergy: total.mean,
      entropy: total.entropy, heatCapacity: total.variance / temperature / temperature)
  }

  /// A state of lowest energy among those that agree with the clamp. Eight bytes for every entry
  /// of every table.
  public func groundState(threads: Int = 1) -> BitVector {
    var state = base
    var gaps: [[Double]] = []
    let _: LowestEnergy = sum(temperature: 1, threads: threads) { gaps.append($0) }
    for step in order.units.indices.reversed() {
      let entry = state.index(of: order.neighbours[step])
      state[order.units[step]] = gaps[step][entry] > 0
    }
    return state
  }

  /// The term of all states. With `keeping`, the gaps of each unit given its neighbours, in the
  /// order of elimination: p(on) = σ(gap/T).
  func sum<Term: EliminationTerm>(
    temperature: Double, threads: Int, keeping: (([Double]) -> Void)? = nil
  ) -> Term {
    precondition(temperature > 0 && temperature.isFinite, "A temperature is positive and finite.")
    var tables = [[Term]](repeating: [], count: steps.count)
    var total = Term(energy: 0)
    var energy = CompensatedSum()
    energy.add(machine.energy(of: base))
    for (number, step) in steps.enumerated() {
      var (terms, gaps) = step.table(
        from: tables, temperature: temperature, keepingGaps: keeping != nil, threads: threads)
      keeping?(gaps)
      for source in step.sources { tables[source] = [] }
      // The lowest level is set aside, so that tables hold small numbers only.
      let lowest = terms.reduce(terms[0].level) { min($0, $1.level) }
      energy.add(lowest)
      for entry in terms.indices { terms[entry] = terms[entry].raised(by: 0 - lowest) }
      if step.weights.isEmpty { total = total + terms[0] } else { tables[number] = terms }
    }
    return total.raised(by: energy.value)
  }
}
