/// Sums over the free units of a belief net, one after the other, in logarithms: products of tables
/// over the units that stand together in a family.
///
/// Source: Dechter, "Bucket elimination: a unifying framework for reasoning", Artificial
/// Intelligence 113 (1999) 41–85.
struct BeliefElimination: Sendable {
  let order: EliminationOrder
  /// ln of the sum over all free units.
  let logTotal: Double
  /// p(unit on | state of its neighbours in the order), by step and entry.
  let probabilities: [[Double]]

  /// Over units that contain all of their own ancestors; those in the evidence are held.
  init(_ net: BeliefNet, units: [Int], given evidence: Clamp) throws(PosteriorLimit) {
    let order = try Self.order(net, units: units, given: evidence)
    var place = [Int](repeating: 0, count: net.unitCount)
    for (step, unit) in order.units.enumerated() { place[unit] = step }
    var waiting = [[LogFactor]](repeating: [], count: order.units.count)
    var total = CompensatedSum()
    var isImpossible = false
    func put(_ factor: LogFactor) {
      // Taken up when the first of its units is eliminated.
      if let step = factor.units.map({ place[$0] }).min() {
        waiting[step].append(factor)
      } else if factor.values[0] == -.infinity {
        isImpossible = true
      } else {
        total.add(factor.values[0])
      }
    }
    for unit in units { put(net.logFactor(of: unit, given: evidence)) }
    var probabilities: [[Double]] = []
    for (step, unit) in order.units.enumerated() {
      let (sum, on) = Self.eliminate(unit, order.neighbours[step], waiting[step])
      waiting[step] = []
      probabilities.append(on)
      put(sum)
    }
    self.order = order
    self.probabilities = probabilities
    logTotal = isImpossible ? -.infinity : total.value
  }

  /// The sum over one unit as a function of its neighbours, and p(on) given those.
  private static func eliminate(
    _ unit: Int, _ neighbours: [Int], _ factors: [LogFactor]
  ) -> (sum: LogFactor, on: [Double]) {
    var off = [Double](repeating: 0, count: 1 << neighbours.count)
    var on = off
    for factor in factors {
      let bits = factor.units.map { neighbours.firstIndex(of: $0) ?? -1 }
      let places = EliminationStep.places(bits, from: 0, to: neighbours.count)
      let own = factor.units.firstIndex(of: unit).map { 1 << $0 } ?? 0
      for (entry, place) in places.enumerated() {
        off[entry] += factor.values[place]
        on[entry] += factor.values[place | own]
      }
    }
    let probabilities = zip(off, on).map { off, on in
      on == -.infinity ? 0 : off == -.infinity ? 1 : logistic(on - off)
    }
    return (LogFactor(units: neighbours, values: zip(off, on).map(logSum)), probabilities)
  }

  /// An order over the moral graph: all members of a family that are not held are neighbours.
  private static func order(
    _ net: BeliefNet, units: [Int], given evidence: Clamp
  ) throws(PosteriorLimit) -> EliminationOrder {
    let families = units.map { unit in
      (net.units[unit].parents + [unit]).filter { evidence[$0] == nil }
    }
    let largest = families.map(\.count).max() ?? 0
    guard largest <= PosteriorLimit.largestExponent else {
      throw PosteriorLimit(exponent: largest)
    }
    let entries = families.reduce(0) { $0 + 1 << $1.count }
    let order: EliminationOrder
    do {
      order = try EliminationOrder(
        unitCount: net.unitCount, cliques: families,
        freeUnits: units.filter { evidence[$0] == nil })
    } catch {
      throw PosteriorLimit(exponent: error.neighbourCount)
    }
    let entryCount = max(1, entries + order.entryCount)
    let exponent = Int.bitWidth - (entryCount - 1).leadingZeroBitCount
    guard exponent <= PosteriorLimit.largestExponent else {
      throw PosteriorLimit(exponent: exponent)
    }
    return order
  }
}

/// The families of a belief net are too large, or too entangled, for exact sums.
public struct PosteriorLimit: Error, Sendable, Hashable {
  /// The sums would need tables of about 2 to the power of this many entries, or more.
  public let exponent: Int

  /// All tables together may have 2²² entries.
  public static let largestExponent = 22

  package init(exponent: Int) { self.exponent = exponent }
}

extension PosteriorLimit: CustomStringConvertible {
  /// The mistake in one sentence.
  public var description: String {
    "Exact sums would need tables of 2^\(exponent) entries; the limit is 2^\(Self.largestExponent)."
  }
}
