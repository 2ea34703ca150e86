import Testing

@testable import Boltzmann

struct LogisticDecisionTests {
  let decision = LogisticDecision()

  /// Where the word at which "on" ends lies, by bisection of all words.
  private func threshold(_ isOn: (UInt32) -> Bool) -> UInt64 {
    var (low, high) = (0 as UInt64, 1 << 32 as UInt64)
    while low < high {
      let middle = (low + high) / 2
      if isOn(UInt32(middle)) { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// The same threshold as the probability itself gives, in the middle and at both edges of
  /// every cell and beyond the reach of the cells.
  @Test func decidesAsTheProbabilityDoes() {
    let edges = (-260...260).map { Double($0) / 8 }
    let places = edges.flatMap { [$0.nextDown, $0, $0.nextUp, $0 + 0.07] }
    for x in places + [-1e300, -.infinity, 1e300, .infinity, 0, -0.0] {
      let direct = threshold { RandomStream.isOn($0, probability: logistic(x)) }
      #expect(threshold { decision.isOn($0, at: x) } == direct)
    }
  }

  /// Bisection alone would miss a wrong bound away from the threshold.
  @Test func decidesAlikeOnRandomWords() {
    let stream = RandomStream(seed: 6, name: "decision")
    for step in 0..<20_000 {
      let x = 8 * stream.normal(.data, step: step, chain: 0, unit: 0)
      let word = stream.word(.update, step: step, chain: 0, unit: 0)
      #expect(
        decision.isOn(word, at: x) == RandomStream.isOn(word, probability: logistic(x)))
    }
  }
}
