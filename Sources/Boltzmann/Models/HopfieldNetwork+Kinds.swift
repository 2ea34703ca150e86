extension HopfieldNetwork {
  /// What a state is to a network.
  public enum StateKind: Sendable, Hashable {
    /// The pattern of this number.
    case stored(Int)
    /// The pattern of this number with every unit the other way round.
    case reversed(Int)
    /// The sign of the sum of this odd number of patterns or reversed patterns, three or five.
    ///
    /// Source: Amit, Gutfreund, Sompolinsky, "Spin-glass models of neural networks", Physical
    /// Review A 32 (1985) 1007–1018.
    case mixture(of: Int)
    /// None of these.
    case other

    /// Whether it is a state that nobody stored.
    public var isSpurious: Bool {
      switch self {
      case .stored, .reversed: false
      case .mixture, .other: true
      }
    }
  }

  /// Mixtures of three are looked for among at most 64 patterns, those of five among at most 12.
  static let mixtureLimits = [(size: 3, patterns: 64), (size: 5, patterns: 12)]

  /// The kind of a state; the first that fits, in the order above.
  public func kind(of state: BitVector) -> StateKind {
    for (number, pattern) in patterns.enumerated() where pattern == state {
      return .stored(number)
    }
    for (number, pattern) in patterns.enumerated()
    where pattern.distance(to: state) == unitCount {
      return .reversed(number)
    }
    for (size, limit) in Self.mixtureLimits where patterns.count <= limit {
      if isMixture(state, of: size) { return .mixture(of: size) }
    }
    return .other
  }

  /// Whether the state is the sign of the sum of `size` different patterns, each as it is or
  /// reversed.
  ///
  /// Then ξ·σ summed over them is Σ_i |Σ ξ_i| ≥ N, since an odd sum is not zero: that rules most
  /// choices out, patterns with large overlaps being tried first.
  private func isMixture(_ state: BitVector, of size: Int) -> Bool {
    let candidates = patterns.map { pattern in
      let overlap = unitCount - 2 * pattern.distance(to: state)
      return (overlap: abs(overlap), pattern: overlap < 0 ? pattern.reversed : pattern)
    }.sorted { $0.overlap > $1.overlap }
    var chosen: [BitVector] = []
    func search(from first: Int, overlap: Int) -> Bool {
      if chosen.count == size {
        return overlap >= unitCount && Self.sign(ofSumOf: chosen) == state
      }
      for number in first..<max(first, candidates.count) {
        let candidate = candidates[number]
        if overlap + (size - chosen.count) * candidate.overlap < unitCount { return false }
        for (pattern, change) in [
          (candidate.pattern, candidate.overlap), (candidate.pattern.reversed, -candidate.overlap),
        ] {
          chosen.append(pattern)
          defer { chosen.removeLast() }
          if search(from: number + 1, overlap: overlap + change) { return true }
        }
      }
      return false
    }
    return search(from: 0, overlap: 0)
  }

  /// The value that most of an odd number of states have at each unit: the sign of their sum.
  public static func sign(ofSumOf states: [BitVector]) -> BitVector {
    precondition(!states.count.isMultiple(of: 2), "Of an even number half may disagree.")
    let words = states[0].words.indices.map { word in
      // Bit b of the number of states that are on, for 64 units at once.
      var planes = [UInt64](repeating: 0, count: Int.bitWidth - states.count.leadingZeroBitCount)
      for state in states {
        var carry = state.words[word]
        for plane in planes.indices {
          (planes[plane], carry) = (planes[plane] ^ carry, planes[plane] & carry)
        }
      }
      // Whether the count exceeds half: compared with it from the highest bit on.
      var (larger, equal) = (UInt64(0), UInt64.max)
      for plane in planes.indices.reversed() {
        let half: UInt64 = (states.count / 2) >> plane & 1 == 1 ? .max : 0
        larger |= equal & planes[plane] & ~half
        equal &= ~(planes[plane] ^ half)
      }
      return larger
    }
    return BitVector(words: words, count: states[0].count)
  }
}
