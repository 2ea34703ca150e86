/// The sum over one unit: a table over the states of its neighbours, from the unit's own field and
/// weights and from the tables of units eliminated before that involve it.
struct EliminationStep: Sendable {
  /// Entries worked on together, so that they stay in the cache.
  static let blockUnits = 10

  /// E with the unit on less E with it off is −(field + Σ weights of the neighbours that are on).
  let field: Double
  /// One for each neighbour, in the order of the bits.
  let weights: [Double]
  /// The steps whose tables involve the unit.
  let sources: [Int]
  /// For each source, the bits that its neighbours have here, ascending; its highest bit is the
  /// unit itself and is left out.
  let sourceBits: [[Int]]

  var entryCount: Int { 1 << weights.count }

  /// The table, and where they are asked for, the levels with the unit off less those with it on.
  func table<Term: EliminationTerm>(
    from tables: [[Term]], temperature: Double, keepingGaps: Bool, threads: Int
  ) -> (terms: [Term], gaps: [Double]) {
    let lowCount = min(weights.count, Self.blockUnits)
    let size = 1 << lowCount
    let lowFields = Self.sums(weights[..<lowCount])
    let highFields = Self.sums(weights[lowCount...])
    let lowPlaces = sourceBits.map { Self.places($0, from: 0, to: lowCount) }
    let highPlaces = sourceBits.map { Self.places($0, from: lowCount, to: weights.count) }
    @Sendable func block(_ number: Int) -> (terms: [Term], gaps: [Double]) {
      var off = [Term](repeating: Term(energy: 0), count: size)
      let start = field + highFields[number]
      var on = lowFields.map { Term(energy: 0 - (start + $0)) }
      for (source, places) in lowPlaces.enumerated() {
        let table = tables[sources[source]]
        let first = highPlaces[source][number]
        let half = table.count / 2
        for entry in 0..<size {
          off[entry] = off[entry] + table[first + places[entry]]
          on[entry] = on[entry] + table[half + first + places[entry]]
        }
      }
      let gaps = keepingGaps ? zip(off, on).map { $0.level - $1.level } : []
      for entry in 0..<size {
        off[entry] = Term(off: off[entry], on: on[entry], temperature: temperature)
      }
      return (off, gaps)
    }
    if highFields.count == 1 { return block(0) }
    let blocks = mapConcurrently(highFields.count, threads: threads) { block($0) }
    return (blocks.flatMap(\.terms), blocks.flatMap(\.gaps))
  }

  /// Σ of the values whose bits are on in k, for each k.
  private static func sums(_ values: ArraySlice<Double>) -> [Double] {
    var sums = [0.0]
    for value in values { sums += sums.map { $0 + value } }
    return sums
  }

  /// For each state of the bits first ..< end here, the place in a table whose bit j is bits[j].
  static func places(_ bits: [Int], from first: Int, to end: Int) -> [Int] {
    var places = [0]
    for bit in first..<end {
      let value = bits.firstIndex(of: bit).map { 1 << $0 } ?? 0
      places += places.map { $0 | value }
    }
    return places
  }
}
