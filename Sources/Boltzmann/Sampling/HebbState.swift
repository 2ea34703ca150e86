/// A state of a network of Hebb's rule in whole numbers, without its N² couplings.
///
/// N h_i = Σ_μ ξ_i^μ M_μ − P σ_i with M_μ = Σ_i ξ_i^μ σ_i, so that no sum is rounded and a tie is a
/// tie. M_μ = 2 c_μ − N, where c_μ counts the units that agree with pattern μ; bit b of 64 of these
/// counts is one word, so that a field costs P log₂ N / 64 steps, and so does a flip, which raises
/// or lowers each count by one.
struct HebbState: DescentState {
  private let rows: PatternRows
  private(set) var bits: BitVector
  /// Bit b of the counts of patterns 64w ..< 64w + 64 is word w · planeCount + b.
  private var planes: [UInt64]
  private let planeCount: Int
  /// Σ_μ c_μ.
  private var countSum: Int

  /// The state `bits` of a network with these patterns, whose rows are given too.
  init(_ patterns: [BitVector], _ rows: PatternRows, _ bits: BitVector) {
    let unitCount = bits.count
    (self.rows, self.bits) = (rows, bits)
    planeCount = Int.bitWidth - unitCount.leadingZeroBitCount
    planes = Array(repeating: 0, count: rows.wordCount * planeCount)
    countSum = 0
    for (pattern, state) in patterns.enumerated() {
      let count = unitCount - state.distance(to: bits)
      countSum += count
      for plane in 0..<planeCount where count >> plane & 1 == 1 {
        planes[pattern / 64 * planeCount + plane] |= 1 &<< UInt64(pattern % 64)
      }
    }
  }

  /// N h_i, by which unit i is pulled to +1 where it is positive.
  func field(of unit: Int) -> Int {
    var (countSumWhereOn, onCount) = (0, 0)
    for word in 0..<rows.wordCount {
      let row = rows[unit, word]
      onCount += row.nonzeroBitCount
      for plane in 0..<planeCount {
        countSumWhereOn += (planes[word * planeCount + plane] & row).nonzeroBitCount << plane
      }
    }
    let whereOn = 2 * countSumWhereOn - bits.count * onCount
    let everywhere = 2 * countSum - bits.count * rows.patternCount
    return 2 * whereOn - everywhere - (bits[unit] ? rows.patternCount : -rows.patternCount)
  }

  func preference(of unit: Int) -> Bool? {
    let field = field(of: unit)
    return field == 0 ? nil : field > 0
  }

  mutating func flip(_ unit: Int) {
    bits[unit].toggle()
    for word in 0..<rows.wordCount {
      let row = bits[unit] ? rows[unit, word] : ~rows[unit, word]
      let isLast = word == rows.wordCount - 1 && rows.patternCount % 64 != 0
      let all = isLast ? (1 &<< UInt64(rows.patternCount % 64)) - 1 : UInt64.max
      var (raised, lowered) = (row & all, ~row & all)
      countSum += raised.nonzeroBitCount - lowered.nonzeroBitCount
      for plane in word * planeCount..<(word + 1) * planeCount {
        let old = planes[plane]
        planes[plane] = old ^ raised ^ lowered
        // What carries over, and what has to be borrowed.
        raised &= old
        lowered &= ~old
      }
    }
  }

  /// M_μ for each pattern.
  var overlaps: [Int] {
    (0..<rows.patternCount).map { pattern in
      let first = pattern / 64 * planeCount
      let count = (0..<planeCount).reduce(0) {
        $0 | Int(planes[first + $1] >> UInt64(pattern % 64) & 1) << $1
      }
      return 2 * count - bits.count
    }
  }

  /// E = −(Σ_μ M_μ² − N P) / 2N.
  var energy: Double {
    let squares = overlaps.reduce(0) { $0 + $1 * $1 }
    return Double(bits.count * rows.patternCount - squares) / Double(2 * bits.count)
  }
}
