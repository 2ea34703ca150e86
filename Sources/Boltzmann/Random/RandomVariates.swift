extension RandomStream {
  /// Uniform on [0, 1): k / 2⁵³ with k from the upper 53 bits of a 64-bit draw.
  public func uniform(_ purpose: Purpose, step: Int, chain: Int, unit: Int) -> Double {
    Double(doubleWord(purpose, step: step, chain: chain, unit: unit) >> 11) * 0x1p-53
  }

  /// True with probability p, by comparing a 32-bit word with ⌊p · 2³² + ½⌋.
  ///
  /// Exact for p = 0 and p = 1; otherwise the probability is within 2⁻³³ of p.
  public func bernoulli(
    _ probability: Double, _ purpose: Purpose, step: Int, chain: Int, unit: Int
  ) -> Bool {
    Self.isOn(word(purpose, step: step, chain: chain, unit: unit), probability: probability)
  }

  /// Whether a 32-bit word means "on" for a unit that is on with this probability.
  @inline(__always)
  public static func isOn(_ word: UInt32, probability: Double) -> Bool {
    precondition(probability >= 0 && probability <= 1, "A probability lies between 0 and 1.")
    return UInt64(word) < UInt64(probability * 0x1p32 + 0.5)
  }

  /// Standard normal: the inverse distribution function at (k + ½) / 2⁵³, so |x| < 8.3.
  public func normal(_ purpose: Purpose, step: Int, chain: Int, unit: Int) -> Double {
    let k = doubleWord(purpose, step: step, chain: chain, unit: unit) >> 11
    return inverseNormalDistribution(atFraction: k)
  }

  /// Uniform on 0 ..< count: the upper half of a 64-bit draw times count.
  ///
  /// Each index has a probability within 2⁻⁶⁴ of 1 / count.
  public func index(
    below count: Int, _ purpose: Purpose, step: Int, chain: Int, unit: Int
  ) -> Int {
    precondition(count > 0, "An index can be drawn only from at least one.")
    let draw = doubleWord(purpose, step: step, chain: chain, unit: unit)
    return Int(draw.multipliedFullWidth(by: UInt64(count)).high)
  }

  /// A uniform order of 0 ..< count (Fisher–Yates, from the end; draw i decides position i).
  public func permutation(
    of count: Int, _ purpose: Purpose = .order, step: Int, chain: Int
  ) -> [Int] {
    precondition(count >= 0, "A permutation has no negative length.")
    var order = Array(0..<count)
    for last in stride(from: count - 1, to: 0, by: -1) {
      order.swapAt(last, index(below: last + 1, purpose, step: step, chain: chain, unit: last))
    }
    return order
  }
}
