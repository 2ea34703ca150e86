extension HopfieldNetwork {
  /// The couplings J as an Ising model without fields, from which `boltzmannMachine()` leads on to
  /// units that are 0 or 1.
  ///
  /// Cost: N²P, by words of 64 patterns at once for Hebb's rule. Memory: up to 32 bytes per pair.
  public func isingModel() throws(ModelError) -> IsingModel {
    var edges: [Couplings.Edge] = []
    let rows = PatternRows(patterns)
    for i in 0..<unitCount {
      for j in i + 1..<max(unitCount, i + 1) {
        let weight =
          switch rule {
          case .hebb: Double(rows.correlation(i, j)) / Double(unitCount)
          case .pseudoInverse: basis.reduce(0) { $0 + $1[i] * $1[j] }
          }
        if weight != 0 { edges.append(Couplings.Edge(i, j, weight)) }
      }
    }
    return try IsingModel(couplings: Couplings(unitCount: unitCount, edges: edges))
  }

  /// Gram and Schmidt, each vector twice, which leaves it orthogonal to rounding; what then remains
  /// of a pattern that others add up to is rounding, and it is left out.
  static func orthonormalBasis(of patterns: [BitVector]) -> [[Double]] {
    var basis: [[Double]] = []
    for pattern in patterns {
      var rest = (0..<pattern.count).map { pattern[$0] ? 1.0 : -1.0 }
      for _ in 0..<2 {
        for vector in basis {
          let share = dot(vector, rest)
          for unit in rest.indices { rest[unit] -= share * vector[unit] }
        }
      }
      let square = dot(rest, rest)
      guard square > Double(pattern.count) * smallestRest else { continue }
      let length = square.squareRoot()
      basis.append(rest.map { $0 / length })
    }
    return basis
  }

  /// The square of what rounding leaves of a vector of length 1 lies below 2⁻⁹⁰.
  private static let smallestRest = 0x1p-60

  private static func dot(_ one: [Double], _ other: [Double]) -> Double {
    var sum = 0.0
    for unit in one.indices { sum += one[unit] * other[unit] }
    return sum
  }
}

/// Patterns by unit: bit μ of row i is on where ξ_i^μ = +1, 64 patterns to a word.
struct PatternRows: Sendable, Hashable {
  let patternCount: Int
  let wordCount: Int
  private let words: [UInt64]

  init(_ patterns: [BitVector]) {
    let unitCount = patterns.first?.count ?? 0
    patternCount = patterns.count
    wordCount = (patterns.count + 63) / 64
    var words = [UInt64](repeating: 0, count: unitCount * wordCount)
    for (pattern, state) in patterns.enumerated() {
      let (word, bit) = (pattern / 64, UInt64(pattern % 64))
      for unit in 0..<unitCount where state[unit] {
        words[unit * wordCount + word] |= 1 &<< bit
      }
    }
    self.words = words
  }

  /// Word number `word` of the row of a unit.
  @inline(__always)
  subscript(unit: Int, word: Int) -> UInt64 { words[unit * wordCount + word] }

  /// Σ_μ ξ_i^μ ξ_j^μ.
  func correlation(_ i: Int, _ j: Int) -> Int {
    var unlike = 0
    for word in 0..<wordCount { unlike += (self[i, word] ^ self[j, word]).nonzeroBitCount }
    return patternCount - 2 * unlike
  }
}
