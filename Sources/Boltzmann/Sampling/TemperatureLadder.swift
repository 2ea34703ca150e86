internal import CKernels

/// The temperatures of parallel tempering, coldest first.
public struct TemperatureLadder: Sendable, Hashable {
  /// T of each rung, strictly ascending.
  public let temperatures: [Double]

  /// A ladder of positive, finite, strictly ascending temperatures, at least two.
  public init(_ temperatures: [Double]) {
    precondition(temperatures.count >= 2, "A ladder has at least two rungs.")
    precondition(
      temperatures.allSatisfy { $0 > 0 && $0.isFinite }, "A temperature is positive and finite.")
    precondition(
      zip(temperatures, temperatures.dropFirst()).allSatisfy { $0 < $1 },
      "The temperatures of a ladder ascend.")
    self.temperatures = temperatures
  }

  /// T_k = coldest · (hottest/coldest)^(k / (rungs − 1)).
  public static func geometric(
    from coldest: Double, to hottest: Double, rungs: Int
  ) -> TemperatureLadder {
    precondition(rungs >= 2, "A ladder has at least two rungs.")
    let logRatio = hm_log(hottest / coldest)
    let inner = (1..<rungs - 1).map { coldest * hm_exp(logRatio * Double($0) / Double(rungs - 1)) }
    return TemperatureLadder([coldest] + inner + [hottest])
  }

  /// The number of temperatures.
  public var count: Int { temperatures.count }

  /// A ladder between the same ends on which every pair of neighbours should be exchanged equally
  /// often, from the share of exchanges accepted on this one, a pair at a time.
  ///
  /// Rejections add up along the ladder to a barrier Λ(1/T) that hardly depends on where the rungs
  /// are; the new rungs divide it, linear in 1/T between the old ones, into equal parts. Source:
  /// Syed, Bouchard-Côté, Deligiannidis, Doucet, "Non-reversible parallel tempering", Journal of
  /// the Royal Statistical Society B 84 (2022) 321–350, section 5.
  public func equalised(acceptance: [Double], rungs: Int? = nil) -> TemperatureLadder {
    precondition(acceptance.count == count - 1, "One acceptance for each pair.")
    let rungs = rungs ?? count
    precondition(rungs >= 2, "A ladder has at least two rungs.")
    // A pair that is always exchanged keeps a little of the barrier: rungs stay apart.
    let rejections = acceptance.map { max(1 - $0, Self.smallestRejection) }
    let barrier = rejections.reduce(0, +)
    var inner: [Double] = []
    var (pair, before) = (0, 0.0)
    for rung in 1..<rungs - 1 {
      let target = barrier * Double(rung) / Double(rungs - 1)
      while pair < rejections.count - 1 && before + rejections[pair] < target {
        before += rejections[pair]
        pair += 1
      }
      let share = min((target - before) / rejections[pair], 1)
      let (cold, hot) = (1 / temperatures[pair], 1 / temperatures[pair + 1])
      inner.append(1 / (cold + share * (hot - cold)))
    }
    return TemperatureLadder([temperatures[0]] + inner + [temperatures[count - 1]])
  }

  static let smallestRejection = 1e-3

  /// The rungs that let each pair be exchanged with this probability, from the shares accepted:
  /// Λ/(1 − acceptance) + 1, rounded up.
  public func rungs(forAcceptance target: Double, acceptance: [Double]) -> Int {
    precondition(target > 0 && target < 1, "An acceptance lies between 0 and 1.")
    let barrier = acceptance.reduce(0) { $0 + 1 - $1 }
    return max(2, Int((barrier / (1 - target)).rounded(.up)) + 1)
  }
}
