/// E(σ) = −½ Σ_{i≠j} J_ij σ_i σ_j over units that are −1 or +1, with couplings that make patterns
/// ξ^1 … ξ^P minima.
///
/// A state holds the unit +1 as a bit that is on. No unit is coupled with itself, under either rule:
/// since σ_i² = 1 a diagonal would only shift all energies by the same amount, but it would hold
/// every unit where it is, so that fewer wrong ones are put right.
public struct HopfieldNetwork: Sendable, Hashable {
  /// How patterns become couplings.
  public enum Rule: Sendable, Hashable, CaseIterable {
    /// J_ij = (1/N) Σ_μ ξ_i^μ ξ_j^μ.
    ///
    /// Source: Hopfield, "Neural networks and physical systems with emergent collective
    /// computational abilities", PNAS 79 (1982) 2554–2558, equation 2.
    case hebb
    /// J is the orthogonal projection on the span of the patterns, (1/N) Σ_μν ξ^μ (C⁻¹)_μν ξ^ν
    /// with C_μν = ξ^μ·ξ^ν/N, without its diagonal.
    ///
    /// Every pattern is a fixed point, however alike they are: h_i = (1 − P_ii) ξ_i, P being the
    /// projection. Source: Personnaz, Guyon, Dreyfus, "Information storage and retrieval in
    /// spin-glass like neural networks", J. Physique Lettres 46 (1985) 359–365; without the
    /// diagonal: Kanter, Sompolinsky, Physical Review A 35 (1987) 380–392.
    case pseudoInverse
  }

  /// The patterns, all of one length.
  public let patterns: [BitVector]
  /// How they were stored.
  public let rule: Rule
  /// For the pseudo-inverse rule, orthonormal vectors that span what the patterns span.
  let basis: [[Double]]

  /// A network that stores some patterns.
  ///
  /// Cost of the pseudo-inverse rule: P² N. Patterns that others add up to change nothing there.
  public init(patterns: [BitVector], rule: Rule = .hebb) throws(HopfieldError) {
    guard let first = patterns.first, first.count > 0 else { throw .noPatterns }
    precondition(
      patterns.allSatisfy { $0.count == first.count }, "All patterns have the same length.")
    (self.patterns, self.rule) = (patterns, rule)
    basis = rule == .pseudoInverse ? Self.orthonormalBasis(of: patterns) : []
    if basis.count == first.count { throw .everyStateStored(unitCount: first.count) }
  }

  /// A network that stores the rows of data whose values are 0 and 1, or −1 and +1.
  public init(_ data: Dataset, rule: Rule = .hebb) throws(HopfieldError) {
    let off = data.values.contains(-1) ? -1.0 : 0
    for (place, value) in data.values.enumerated() where value != 1 && value != off {
      throw .notBinary(
        row: place / data.unitCount, unit: place % data.unitCount, value: value)
    }
    try self.init(
      patterns: (0..<data.count).map { BitVector(data[$0].map { $0 == 1 }) }, rule: rule)
  }

  /// Independent patterns of units that are −1 or +1 with probability ½.
  ///
  /// Word w of pattern μ is draw (data, 0, μ, w).
  public static func randomPatterns(
    _ count: Int, unitCount: Int, stream: RandomStream
  ) -> [BitVector] {
    (0..<count).map { pattern in
      let words = (0..<(unitCount + 63) / 64).map {
        stream.doubleWord(.data, step: 0, chain: pattern, unit: $0)
      }
      return BitVector(words: words, count: unitCount)
    }
  }

  /// The number N of units.
  public var unitCount: Int { patterns[0].count }

  /// P/N.
  public var load: Double { Double(patterns.count) / Double(unitCount) }

  /// The dimension of what the patterns span; nil for Hebb's rule, which does not ask.
  public var rank: Int? { rule == .pseudoInverse ? basis.count : nil }

  /// m_μ = (1/N) Σ_i ξ_i^μ σ_i: 1 in the pattern, −1 in its reverse, near 0 in a random state.
  public func overlap(of state: BitVector, with pattern: Int) -> Double {
    1 - 2 * Double(state.distance(to: patterns[pattern])) / Double(unitCount)
  }
}
