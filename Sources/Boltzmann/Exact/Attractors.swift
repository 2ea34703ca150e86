/// The fixed points of descent on a machine, and from how many starts each is reached.
///
/// A fixed point is a state in which no unit would change, whatever the order of updates; the basins
/// are those of ascending order. Units whose energy gap is zero keep their value.
public struct Attractors: Sendable, Hashable {
  /// A fixed point.
  public struct Attractor: Sendable, Hashable {
    /// Its state.
    public let state: BitVector
    /// E of the machine.
    public let energy: Double
    /// The starts that end there, itself among them if every state was one.
    public let startCount: Int
  }

  /// The fixed points, by rising energy, then as they were found.
  public let attractors: [Attractor]
  /// The number of starts.
  public let startCount: Int
  /// Whether every state was a start, so that no fixed point is missing and the shares are exact.
  public let isComplete: Bool

  /// The largest number of units whose states are all tried.
  public static let largestUnitCount = 20

  /// All fixed points of a machine of at most 20 units. Cost: N table look-ups for each of 2ᴺ
  /// states. Memory: 12 bytes for each.
  public init(_ machine: BoltzmannMachine) throws(EnumerationLimit) {
    if machine.unitCount > Self.largestUnitCount {
      throw EnumerationLimit(
        freeUnitCount: machine.unitCount, largestFreeUnitCount: Self.largestUnitCount)
    }
    let table = try EnergyTable(machine)
    let ends = Self.ends(
      of: table.energies, unitCount: machine.unitCount, least: Descent(machine).smallestGap)
    var counts = [Int](repeating: 0, count: table.count)
    for end in ends { counts[Int(end)] += 1 }
    let found = counts.indices.filter { counts[$0] > 0 }.map { (table.state(at: $0), counts[$0]) }
    self.init(found, of: machine, isComplete: true)
  }

  /// The fixed points that descent finds from random starts; each draws (initialState, 0, start).
  public init(
    _ machine: BoltzmannMachine, randomStarts: Int, stream: RandomStream, threads: Int = 1
  ) {
    let descent = Descent(machine)
    let ends = mapConcurrently(randomStarts, threads: threads) { start in
      descent.run(
        from: InitialState.random.state(
          chain: start, unitCount: machine.unitCount, stream: stream), largestSweeps: .max
      ).state
    }
    var places: [BitVector: Int] = [:]
    var found: [(state: BitVector, count: Int)] = []
    for end in ends {
      if let place = places[end] {
        found[place].count += 1
      } else {
        places[end] = found.count
        found.append((end, 1))
      }
    }
    self.init(found, of: machine, isComplete: false)
  }

  private init(
    _ found: [(state: BitVector, count: Int)], of machine: BoltzmannMachine, isComplete: Bool
  ) {
    let all = found.map {
      Attractor(state: $0.state, energy: machine.energy(of: $0.state), startCount: $0.count)
    }
    // Rounding must not decide between a state and its reverse: nearly equal energies are equal.
    let grain = all.reduce(0x1p-900) { max($0, abs($1.energy)) } * 0x1p-40
    attractors = all.enumerated().sorted {
      (($0.element.energy / grain).rounded(), $0.offset)
        < (($1.element.energy / grain).rounded(), $1.offset)
    }.map(\.element)
    startCount = found.reduce(0) { $0 + $1.count }
    self.isComplete = isComplete
  }

  /// The state in which descent from each state ends.
  private static func ends(of energies: [Double], unitCount: Int, least: Double) -> [Int32] {
    func sweep(_ start: Int) -> Int {
      var state = start
      for unit in 0..<unitCount {
        let bit = 1 << unit
        let gap = energies[state & ~bit] - energies[state | bit]
        if abs(gap) > least { state = gap > 0 ? state | bit : state & ~bit }
      }
      return state
    }
    var ends = [Int32](repeating: -1, count: energies.count)
    var path: [Int] = []
    for start in energies.indices {
      var state = start
      while ends[state] < 0 {
        path.append(state)
        let next = sweep(state)
        if next == state { ends[state] = Int32(state) }
        state = next
      }
      for passed in path { ends[passed] = ends[state] }
      path.removeAll(keepingCapacity: true)
    }
    return ends
  }
}
